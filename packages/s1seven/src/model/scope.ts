import type { Open } from './entity.ts';

/**
 * What scopes are about (S1SEVEN API information of 2025, "Requests"). The list there has `wallets`, the
 * example of scopes `wallet`.
 */
export type ScopeResource = Open<
  | 'users'
  | 'user_onboarding'
  | 'companies'
  | 'applications'
  | 'applications_secrets'
  | 'tokens'
  | 'cointypes'
  | 'nodes'
  | 'wallet'
  | 'wallets'
  | 'identities'
  | 'transactions'
  | 'certificates'
  | 'hooks'
  | 'events'
  | 'mailhooks'
  | 'mails'
>;

/** What scopes allow (S1SEVEN API information of 2025, "Requests" and "Events"). */
export type ScopeAction = Open<
  | 'read_one'
  | 'read_many'
  | 'create_one'
  | 'update_one'
  | 'delete_one'
  | 'validate_one'
  | 'render_one'
  | 'notarize_one'
  | 'receive_one'
  | 'retry_one'
  | 'confirm'
  | 'reset'
  | 'rotate'
  | 'partial_sign'
  | 'sign'
  | 'send'
>;

/**
 * What a token may do: actions by resource.
 *
 * @example
 * ```ts
 * const scopes: ApplicationScopes = { certificates: { actions: ['notarize_one'] } };
 * ```
 */
export type ApplicationScopes = Readonly<
  Partial<Record<ScopeResource, { readonly actions: readonly ScopeAction[] }>>
>;

/** Which events a hook is told of. Unlike the scopes of tokens, those of hooks are a list. */
export interface HookScope {
  readonly resource: ScopeResource;
  readonly actions: readonly ScopeAction[];
}
