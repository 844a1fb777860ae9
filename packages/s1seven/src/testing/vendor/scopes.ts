import type { EmulatedScopes, WatchedScope } from './records.ts';

/**
 * The vendor's texts have two spellings for two resources: `wallet` and `wallets`, `mailhooks` and
 * `mail_hooks`. Each is taken for the other (assumed).
 */
const otherSpellings: Readonly<Record<string, string>> = {
  wallet: 'wallets',
  mail_hooks: 'mailhooks',
};

function spelt(resource: string): string {
  return otherSpellings[resource] ?? resource;
}

/** Whether scopes allow an action on a resource. */
export function allows(scopes: EmulatedScopes, resource: string, action: string): boolean {
  return Object.entries(scopes).some(
    ([name, { actions }]) => spelt(name) === spelt(resource) && includes(actions, action),
  );
}

/** Whether a hook watches an action on a resource. */
export function watches(
  scopes: readonly WatchedScope[],
  resource: string,
  action: string,
): boolean {
  return scopes.some(
    (scope) => spelt(scope.resource) === spelt(resource) && includes(scope.actions, action),
  );
}

function includes(actions: readonly string[], action: string): boolean {
  return actions.includes(action) || actions.includes('*');
}

/**
 * The resources and actions of the REST services (S1SEVEN API information, "Requests"), and those that
 * exist as events only.
 */
export const serviceActions: Readonly<Record<string, readonly string[]>> = {
  users: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one', 'confirm', 'reset'],
  user_onboarding: ['read_one'],
  companies: [
    'read_one',
    'read_many',
    'validate_one',
    'create_one',
    'update_one',
    'delete_one',
    'confirm',
  ],
  applications: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  applications_secrets: ['rotate'],
  tokens: ['create_one'],
  cointypes: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  nodes: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  wallets: ['read_one', 'create_one', 'update_one', 'delete_one'],
  identities: ['read_one', 'read_many', 'create_one', 'update_one'],
  transactions: ['read_one', 'read_many', 'create_one', 'partial_sign', 'sign', 'send'],
  certificates: [
    'read_one',
    'create_one',
    'validate_one',
    'render_one',
    'notarize_one',
    'receive_one',
  ],
  hooks: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  events: ['read_one', 'read_many', 'update_one', 'retry_one'],
  mailhooks: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  mails: ['read_one', 'read_many', 'update_one', 'retry_one'],
};

/**
 * Everything that the text lists, and what it leaves out: `create_one` on transactions, and the actions
 * that exist as events only.
 */
export const allScopes: EmulatedScopes = Object.fromEntries(
  Object.entries(serviceActions).map(([resource, actions]) => [resource, { actions }]),
);

/** The resources and actions that produce events (S1SEVEN API information, "Events"). */
export const eventActions: Readonly<Record<string, readonly string[]>> = {
  companies: ['update_one', 'delete_one'],
  applications: ['create_one', 'update_one', 'delete_one'],
  wallets: ['create_one', 'update_one', 'delete_one'],
  identities: ['create_one', 'update_one'],
  transactions: ['sign', 'send'],
  certificates: ['notarize_one', 'receive_one'],
  hooks: ['create_one', 'update_one', 'delete_one'],
  mail_hooks: ['create_one', 'update_one', 'delete_one'],
};
