import type { Evidence, OperationDefinition } from './operation.ts';
import type { Mode } from './operation-caller.ts';
import { scopeKeyOf } from './scopes.ts';

/** Where the client's tokens come from, if it has any. */
export type CredentialsKind = 'application' | 'given' | 'none';

/** What is known of a request that failed. */
export interface FailedRequest {
  /** What was asked for; `undefined` if it is none of the operations that this package knows. */
  readonly definition: OperationDefinition | undefined;
  /** Where its path is known from. */
  readonly evidence: Evidence | 'option' | undefined;
  /** The mode it was meant for, as far as it is known. */
  readonly mode: Mode | undefined;
  readonly credentials: CredentialsKind;
}

/** What the caller can do about an HTTP status. */
export function hintOf(status: number, request: FailedRequest): string | undefined {
  switch (status) {
    case 401:
      return hintAtCredentials(request);
    case 403:
      return hintAtRights(request);
    case 404:
      return hintAtPath(request);
    case 406:
      return 'A value does not suit: in 2021 these were the mode, the password and the coin type (OpenAPI 0.3.0).';
    case 409:
      return 'It exists already: in 2021 this was said of users, identities and wallets (OpenAPI 0.3.0).';
    default:
      return undefined;
  }
}

function hintAtCredentials({ definition, credentials }: FailedRequest): string {
  if (definition?.withoutToken === true) return 'Check `clientId` and `clientSecret`.';
  if (credentials === 'none') {
    return 'Give the client `clientId` and `clientSecret`, or an `accessToken`.';
  }
  if (credentials === 'given') {
    return 'An access token is valid for one day (S1SEVEN API information, "Authentication"): give another.';
  }
  return (
    'Check that the application still exists. Rotating its secret ends its token ' +
    '(S1SEVEN API information, "Rotate credentials").'
  );
}

/** S1SEVEN API information, "Authorization": what is closed in live mode before that. */
const liveResources: ReadonlySet<string> = new Set([
  'applications',
  'applications_secrets',
  'wallets',
  'identities',
  'transactions',
]);

function hintAtRights({ definition, mode }: FailedRequest): string {
  const scope = definition?.scope;
  const needsScope =
    scope === undefined
      ? 'The token may lack a scope.'
      : `The token needs the scope \`${scopeKeyOf(scope.resource)}: ${scope.action}\`.`;
  if (scope === undefined || mode === 'test') return needsScope;
  if (!liveResources.has(scope.resource) && scope.action !== 'notarize_one') return needsScope;
  return (
    `${needsScope} In live mode, S1SEVEN must have verified the company, and the user must then have ` +
    'enabled at least one MFA method (S1SEVEN API information, "Authorization").'
  );
}

const sources: Readonly<Record<Evidence | 'option', string>> = {
  documented: '',
  'vendor-client':
    " The operation's path is known from the vendor's own client of 2023 or 2024: the option `paths` corrects it.",
  'openapi-2021':
    " The operation's path is known from the vendor's OpenAPI document of 2021: the option `paths` corrects it.",
  convention:
    " The operation's path is not public. It is assumed from the form of the others: the option `paths` corrects it.",
  option: " The operation's path was given in the option `paths`.",
};

function hintAtPath({ evidence }: FailedRequest): string {
  return (
    `Check the id, and that \`baseUrl\` ends in \`/api\`.${evidence === undefined ? '' : sources[evidence]} ` +
    'S1SEVEN answers 404 for a version of its API that was removed, too: six months after a newer one ' +
    'came (S1SEVEN API information, "Deprecation Policy").'
  );
}
