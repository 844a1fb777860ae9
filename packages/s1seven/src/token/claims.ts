import { isPlainObject } from '@vendorkit/core';
import type { Mode } from '../operation-caller.ts';

/** What can be read of a token, or of the answer that it came in. */
export interface TokenFacts {
  /** When it ends, in milliseconds since the Unix epoch. */
  readonly expiresAtMs?: number | undefined;
  /** The company that it is for. */
  readonly companyId?: string | undefined;
  readonly mode?: Mode | undefined;
}

/** A longer token is not looked into, in characters. */
const longestToken = 64 * 1024;

/** A number of seconds since 1970 has ten digits until 2286, one of milliseconds has thirteen. */
const leastMilliseconds = 1e11;

/**
 * What a token says of itself, if it is a JSON web token (RFC 7519); of an opaque token nothing.
 *
 * Nothing is verified, since only the vendor can: the claims tell when to renew, and what to fill in
 * where the caller said nothing. `exp` is in seconds; milliseconds are understood as well. `mode` and
 * `company.id` are the claims of 2021 (OpenAPI 0.3.0, `InspectTokenDto`); that they are still there is
 * inferred.
 */
export function readClaims(token: string): TokenFacts {
  const claims = claimsOf(token);
  const { company } = claims;
  return {
    expiresAtMs: readMoment(claims['exp']),
    companyId: readCompanyId(isPlainObject(company) ? company['id'] : company),
    mode: readMode(claims['mode']),
  };
}

/** A company's id. What could not stand in a header, or would change an MQTT topic, is none. */
export function readCompanyId(value: unknown): string | undefined {
  return typeof value === 'string' && /^(?![^]*[/+#])[!-~]{1,200}$/.test(value) ? value : undefined;
}

/** A mode, if it is one. */
export function readMode(value: unknown): Mode | undefined {
  return value === 'live' || value === 'test' ? value : undefined;
}

function readMoment(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value > 0)) return undefined;
  const momentMs = value < leastMilliseconds ? value * 1_000 : value;
  // Beyond it there are no dates (ECMA-262, 21.4.1.1).
  return momentMs <= 8.64e15 ? momentMs : undefined;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const parts = token.length > longestToken ? [] : token.split('.');
  const [, payload = ''] = parts;
  if (parts.length !== 3) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isPlainObject(claims) ? claims : {};
  } catch {
    return {};
  }
}
