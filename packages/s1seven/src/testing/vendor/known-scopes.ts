import { serviceActions } from './scopes.ts';

/** What `CompanyTokenScopesDto` has beside the list of 2025 (OpenAPI 0.3.0 of 2021). */
const older: Readonly<Record<string, readonly string[]>> = {
  auth: ['read_one', 'create_one'],
  companies: ['*'],
  wallets: ['read_many'],
  identities: ['delete_one', '*'],
  certificates: [
    'read_many',
    'create_many',
    'update_one',
    'validate_many',
    'render_many',
    'sign',
    'send',
    'notarize_many',
  ],
  events: ['send'],
  mailhooks: ['validate_one'],
  mails: ['send'],
};

const listed: readonly (readonly [string, readonly string[]])[] = [
  ...new Set([...Object.keys(serviceActions), ...Object.keys(older)]),
].map((resource) => [resource, [...(serviceActions[resource] ?? []), ...(older[resource] ?? [])]]);

const otherSpellings: Readonly<Record<string, string>> = {
  wallets: 'wallet',
  mailhooks: 'mail_hooks',
};

/** The scopes that an application can have, two resources in both their spellings. */
export const applicationScopes: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
  ...listed,
  ...listed.flatMap(([resource, actions]) => {
    const spelling = otherSpellings[resource];
    return spelling === undefined ? [] : [[spelling, actions] as const];
  }),
]);

/** What a hook can watch. The document of 2021 leaves resources and actions free to be combined. */
export const watchedResources: readonly string[] = Object.keys(applicationScopes);

export const watchedActions: readonly string[] = [
  ...new Set(Object.values(applicationScopes).flat()),
];
