import { refusedInput, type CallRequest, type Redactor, type VendorError } from '@vendorkit/core';
import type { CredentialsKind } from './hints.ts';
import type { OperationDefinition } from './operation.ts';
import type { Mode } from './operation-caller.ts';
import type { Paths } from './paths.ts';
import type { AccessToken, AccessTokens } from './token.ts';

/** What all requests of a client have in common. */
export interface RequestContext {
  readonly redactor: Redactor;
  /** Absent if the client has no credentials. */
  readonly tokens: AccessTokens | undefined;
  readonly credentials: CredentialsKind;
  /** Whose quota is used: a hash. */
  readonly account: string;
  readonly paths: Paths;
  readonly mode: Mode | undefined;
  readonly companyId: string | undefined;
  readonly apiVersion: string;
}

/** What a request needs in order to be let in. */
export type Needs = Pick<OperationDefinition, 'mode' | 'company' | 'anonymous' | 'withoutToken'>;

/** On whose behalf one request is made. */
export interface Authorisation extends Required<
  Pick<CallRequest<unknown>, 'authorise' | 'recover'>
> {
  /** The mode, as far as it is known by now. */
  readonly mode: () => Mode | undefined;
  /** Why no other token can be had in place of the one that was sent. */
  readonly refusal: () => VendorError | undefined;
}

/**
 * Finds a request's token, company and mode. What the call says comes first, then what the client was
 * given, then what belongs to the token's application.
 *
 * @throws VendorError `CONFIGURATION` naming `accessToken` if the request needs a token and the client
 *   has no credentials; `INVALID_REQUEST` naming `mode` or `company` if it needs one that nobody has
 *   told, here if no token can tell it either.
 */
export function authorisationOf(
  context: RequestContext,
  needs: Needs,
  said: { readonly mode: Mode | undefined; readonly company: string | undefined },
): Authorisation {
  const tokens = needs.withoutToken === true ? undefined : context.tokens;
  const isAnonymous = needs.anonymous === true;
  let used: AccessToken | undefined;
  /** A call that works without a token is made so if the vendor refused the one in hand. */
  let isBare = false;
  const mode = () => said.mode ?? context.mode ?? used?.mode;
  const company = () => said.company ?? context.companyId ?? used?.companyId;
  const missing = () => missingOf(needs, { mode: mode(), company: company() });

  if (tokens === undefined) {
    checkAnonymous(needs);
    checkKnown(missing());
  }
  return {
    mode,
    authorise: async (deadline) => {
      used ??= isAnonymous ? tokens?.held() : undefined;
      if (!isAnonymous || missing() !== undefined) used = await tokens?.get(deadline);
      checkKnown(missing());
      const companyId = company();
      return {
        ...(companyId !== undefined && { company: companyId }),
        ...(used !== undefined && !isBare && { authorization: `Bearer ${used.token}` }),
      };
    },
    recover: () => {
      if (used === undefined || isBare) return false;
      isBare = isAnonymous;
      return isBare || tokens?.refuse(used.token) === true;
    },
    refusal: () => (used && !isAnonymous ? tokens?.refusal(used.token) : undefined),
  };
}

function checkAnonymous({ anonymous, withoutToken }: Needs): void {
  if (anonymous === true || withoutToken === true) return;
  const problem =
    'This call needs a token: give `clientId` and `clientSecret`, or an `accessToken`';
  throw refusedInput('CONFIGURATION', 'accessToken', problem);
}

type Missing = 'mode' | 'company' | undefined;

function missingOf(
  needs: Needs,
  known: { readonly mode: Mode | undefined; readonly company: string | undefined },
): Missing {
  if (needs.mode === 'required' && known.mode === undefined) return 'mode';
  return needs.company === 'required' && known.company === undefined ? 'company' : undefined;
}

function checkKnown(missing: Missing): void {
  if (missing === 'mode') {
    const problem = 'Say `live` or `test`: neither the client nor its token tells';
    throw refusedInput('INVALID_REQUEST', 'mode', problem);
  }
  if (missing === 'company') {
    const problem = "Give `company`, or the client's `companyId`: the token does not tell";
    throw refusedInput('INVALID_REQUEST', 'company', problem);
  }
}
