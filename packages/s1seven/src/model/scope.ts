import type { ScopeActions } from '../scope-actions.ts';
import type { Open } from './entity.ts';

/** What scopes are about. What the vendor added since can be sent with `s1.request()`. */
export type ScopeResource = keyof ScopeActions;

/** What scopes allow: an action of any of the resources. */
export type ScopeAction = ScopeActions[ScopeResource];

/**
 * What a token may do: actions by resource.
 *
 * @example
 * ```ts
 * const scopes: ApplicationScopes = { certificates: { actions: ['notarize_one'] } };
 * ```
 */
export type ApplicationScopes = {
  readonly [Resource in ScopeResource]?: {
    readonly actions: readonly ScopeActions[Resource][];
  };
};

/**
 * Which events a hook is told of. Unlike the scopes of tokens, those of hooks are a list, and `*` is an
 * action of every resource (OpenAPI 0.3.0 of 2021).
 */
export interface HookScope {
  readonly resource: ScopeResource;
  readonly actions: readonly ScopeAction[];
}

/** What a token may do, as the vendor tells it: it may have resources and actions that are newer. */
export type GrantedScopes = Readonly<
  Record<string, { actions: Open<ScopeAction>[]; [field: string]: unknown }>
>;

/** Which events a hook is told of, as the vendor tells it: some may be newer. */
export interface WatchedScope {
  resource: Open<ScopeResource>;
  actions: Open<ScopeAction>[];
  [field: string]: unknown;
}
