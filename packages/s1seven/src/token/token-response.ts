import { invalidResponse, isPlainObject } from '@vendorkit/core';
import { isSendable } from './check-token.ts';
import { readClaims, readCompanyId, readMode, type TokenFacts } from './claims.ts';

/** What `POST /tokens` gave. */
export interface TokenResponse extends TokenFacts {
  readonly token: string;
}

/**
 * Reads the answer of `POST /tokens`: `{ accessToken, application: { mode, owner: { id } } }`, as the
 * vendor's own Node-RED client does (version 1.3.0 of 2023). An `owner` that is an id itself,
 * `access_token` and a lifetime in seconds (`expires_in`, RFC 6749 section 5.1, or `expiresIn`) are
 * understood as well. What the answer does not tell, the token's own claims may.
 *
 * @throws VendorError `INVALID_RESPONSE` if there is no token in it that could be sent.
 */
export function readTokenResponse(answer: unknown, nowMs: number): TokenResponse {
  const fields = isPlainObject(answer) ? answer : {};
  const token = fields['accessToken'] ?? fields['access_token'];
  if (!isSendable(token)) {
    throw invalidResponse('S1SEVEN answered without an access token.', { vendor: 's1seven' });
  }
  const claims = readClaims(token);
  const { mode, owner } = isPlainObject(fields['application']) ? fields['application'] : {};
  const ownerId = isPlainObject(owner) ? owner['id'] : owner;
  return {
    token,
    expiresAtMs: claims.expiresAtMs ?? readLifetime(fields, nowMs),
    companyId: readCompanyId(ownerId) ?? claims.companyId,
    mode: readMode(mode) ?? claims.mode,
  };
}

/** A year, in seconds: more is no lifetime. */
const longestLifetime = 366 * 24 * 60 * 60;

function readLifetime(
  fields: Readonly<Record<string, unknown>>,
  nowMs: number,
): number | undefined {
  const seconds = fields['expires_in'] ?? fields['expiresIn'];
  const isLifetime = typeof seconds === 'number' && seconds > 0 && seconds <= longestLifetime;
  return isLifetime ? nowMs + seconds * 1_000 : undefined;
}
