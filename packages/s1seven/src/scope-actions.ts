/**
 * What scopes are about, and what they allow: the lists of S1SEVEN's API information of 2025
 * ("Requests"; "Events", since a topic needs the scope of the same name), and what
 * `CompanyTokenScopesDto` has beside them (OpenAPI 0.3.0 of 2021), `*` among it.
 *
 * The list has `wallets`, the example of scopes and the document of 2021 `wallet`; topics have
 * `mail_hooks`, all else `mailhooks`. Both spellings are taken.
 */
export const scopeActions = {
  auth: ['read_one', 'create_one'],
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
    '*',
  ],
  applications: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  applications_secrets: ['rotate'],
  tokens: ['create_one'],
  cointypes: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  nodes: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  wallet: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  wallets: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  identities: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one', '*'],
  transactions: ['read_one', 'read_many', 'create_one', 'partial_sign', 'sign', 'send'],
  certificates: [
    'read_one',
    'read_many',
    'create_one',
    'create_many',
    'update_one',
    'validate_one',
    'validate_many',
    'render_one',
    'render_many',
    'sign',
    'send',
    'notarize_one',
    'notarize_many',
    'receive_one',
  ],
  hooks: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one'],
  events: ['read_one', 'read_many', 'update_one', 'retry_one', 'send'],
  mailhooks: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one', 'validate_one'],
  mail_hooks: ['read_one', 'read_many', 'create_one', 'update_one', 'delete_one', 'validate_one'],
  mails: ['read_one', 'read_many', 'update_one', 'retry_one', 'send'],
} as const;

/** The same as types: the actions of each resource. */
export type ScopeActions = {
  [Resource in keyof typeof scopeActions]: (typeof scopeActions)[Resource][number];
};
