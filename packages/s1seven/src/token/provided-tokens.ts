import {
  asVendorError,
  TokenCache,
  VendorError,
  type Deadline,
  type FetchedToken,
  type FetchReason,
} from '@vendorkit/core';
import type { AccessTokenProvider, AccessTokens, TokenContext } from '../token.ts';
import { checkToken } from './check-token.ts';
import { readClaims } from './claims.ts';
import { heldTokens } from './held-tokens.ts';
import { attributesOf, endOf, isAheadOfTime, margins } from './token-life.ts';

/** The tokens that a function of the caller's gives. They are kept in memory, for this client alone. */
export function providedTokens(
  provider: AccessTokenProvider,
  { clock, key, addSecret }: Pick<TokenContext, 'clock' | 'key' | 'addSecret'>,
): AccessTokens {
  async function fetch(deadline: Deadline, reason: FetchReason): Promise<FetchedToken> {
    const { previous, isRefused } = reason;
    const token = checkToken(await deadline.until(ask(provider, isRefused)));
    const nowMs = clock.now();
    // A function that has nothing newer yet is asked again after a pause.
    const isOld = token === previous?.token && isAheadOfTime(previous, nowMs);
    if (isOld && !isRefused) throw nothingNewer();
    const claims = readClaims(token);
    return { token, expiresAtMs: endOf(claims, nowMs), attributes: attributesOf(claims) };
  }

  const cache = new TokenCache({ clock, key, fetch, ...margins });
  return heldTokens({
    cache,
    clock,
    addSecret,
    whyNoOther: () => undefined,
    isNewWhenItComes: false,
  });
}

/** What a function of the caller's throws may quote a secret: only where it was thrown is kept. */
async function ask(provider: AccessTokenProvider, refused: boolean): Promise<unknown> {
  try {
    return await provider({ refused });
  } catch (error) {
    if (VendorError.is(error)) throw error;
    throw new VendorError('The function `accessToken` failed.', {
      code: 'UNAUTHENTICATED',
      field: 'accessToken',
      cause: asVendorError(error, 'UNAUTHENTICATED').cause,
    });
  }
}

function nothingNewer(): VendorError {
  return new VendorError('The function `accessToken` gave the same token, which is about to end.', {
    code: 'UNAUTHENTICATED',
    field: 'accessToken',
  });
}
