import type { EmulatorRequest } from '@vendorkit/core/testing';
import type { Mode } from '../../operation-caller.ts';
import type { Caller } from './call.ts';
import { VendorProblem } from './problem.ts';
import type { CompanyRecord } from './records.ts';
import type { Access } from './route.ts';
import { allows } from './scopes.ts';
import type { World } from './world.ts';

/** Whom a request was admitted as. */
export interface Admitted {
  readonly caller: Caller | undefined;
  readonly company: CompanyRecord | undefined;
  readonly mode: Mode | undefined;
}

/**
 * Checks who calls and what for: token, scopes, company, mode, in this order.
 *
 * @throws VendorProblem 401, 403 or 400.
 */
export function admit(request: EmulatorRequest, access: Access, world: World): Admitted {
  const caller = callerOf(request, world);
  if (caller === undefined && access.isOpen !== true) throw new VendorProblem(401, 'Unauthorized');
  checkScopes(caller, access);
  const company = companyOf(request, access, caller, world);
  const mode = modeOf(request, access, caller);
  if (access.isGuardedWhenLive === true && mode === 'live') checkLive(company, world.hasMfa);
  return { caller, company, mode };
}

/** The token of a request, which has the form `Bearer <token>`. */
export function bearerOf(request: EmulatorRequest): string | undefined {
  return /^Bearer (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}

/**
 * Who a token was given to.
 *
 * @returns `undefined` if it is not valid, or if who it was given to is gone.
 */
export function holderOf(token: string, { tokens, records }: World): Caller | undefined {
  const holder = tokens.holderOf(token);
  if (holder?.kind === 'user') {
    const user = records.users.find(holder.id);
    return user === undefined ? undefined : { kind: 'user', user };
  }
  const application = records.applications.find(holder?.id ?? '');
  const company = records.companies.find(application?.owner ?? '');
  if (application === undefined || company === undefined) return undefined;
  return { kind: 'application', application, company, scopes: application.scopes };
}

/**
 * Closes live mode to companies that are not verified, and to users without MFA (S1SEVEN API
 * information, "Authorization").
 *
 * @throws VendorProblem 403
 */
export function checkLive(company: CompanyRecord | undefined, hasMfa: boolean): void {
  if (company?.verified !== true) {
    throw new VendorProblem(403, 'The company is not verified.');
  }
  if (!hasMfa)
    throw new VendorProblem(403, 'The user has not enabled multi-factor authentication.');
}

function callerOf(request: EmulatorRequest, world: World): Caller | undefined {
  if (request.headers['authorization'] === undefined) return undefined;
  const caller = holderOf(bearerOf(request) ?? '', world);
  if (caller === undefined) throw new VendorProblem(401, 'Unauthorized');
  return caller;
}

/** A user's token may do everything; an application's, what its scopes say. */
function checkScopes(caller: Caller | undefined, { scopes, isOpen }: Access): void {
  if (caller?.kind !== 'application' || scopes === undefined || isOpen === true) return;
  const isAllowed = scopes.some((scope) => {
    const [resource = '', action = ''] = scope.split(':');
    return allows(caller.scopes, resource, action);
  });
  if (isAllowed) return;
  throw new VendorProblem(403, 'Forbidden resource', {
    details: [`The token needs the scope ${scopes.join(' or ')}.`],
  });
}

function companyOf(
  request: EmulatorRequest,
  { needsCompany }: Access,
  caller: Caller | undefined,
  { records }: World,
): CompanyRecord | undefined {
  const { company: id } = request.headers;
  const own = caller?.kind === 'application' ? caller.company : undefined;
  if (id === undefined) {
    if (needsCompany === true) throw new VendorProblem(400, 'The header `company` is missing.');
    return own;
  }
  if (caller === undefined) return undefined;
  const company = records.companies.find(id);
  const isOwn =
    own === undefined ? company !== undefined && isMember(caller, company) : own.id === id;
  if (isOwn) return company;
  throw new VendorProblem(403, 'The token is not for this company.');
}

/** Whether a user owns a company or is a member of it. */
function isMember(caller: Caller, company: CompanyRecord): boolean {
  if (caller.kind !== 'user') return false;
  return [company.owner, ...company.members].includes(caller.user.id);
}

/** The token's mode takes precedence over the query's, which must be right all the same. */
function modeOf(
  request: EmulatorRequest,
  { needsMode }: Access,
  caller: Caller | undefined,
): Mode | undefined {
  const given = request.query.get('mode');
  const isMissing = given === null && needsMode === true;
  if (isMissing || (given !== null && given !== 'live' && given !== 'test')) {
    throw new VendorProblem(400, 'Bad Request', {
      details: ['mode must be one of the following values: live, test'],
    });
  }
  return caller?.kind === 'application' ? caller.application.mode : (given ?? undefined);
}
