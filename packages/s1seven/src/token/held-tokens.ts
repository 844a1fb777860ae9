import {
  addContext,
  asVendorError,
  type Clock,
  type StoredToken,
  type TokenCache,
  type VendorError,
} from '@vendorkit/core';
import type { AccessToken, AccessTokens } from '../token.ts';
import { readCompanyId, readMode } from './claims.ts';
import { patiently } from './patience.ts';
import { isAheadOfTime } from './token-life.ts';

/** What the tokens of a cache depend on. */
export interface TokenHolding {
  readonly cache: TokenCache;
  readonly clock: Clock;
  /** Why no other token can be had in place of this one, which the vendor refused. */
  readonly whyNoOther: (token: StoredToken) => VendorError | undefined;
  /** Tells what must appear nowhere. */
  readonly addSecret: (token: string) => void;
  /** Whether a token is new when it comes: one from the vendor is, one of the caller's need not be. */
  readonly isNewWhenItComes: boolean;
}

/** The tokens of a cache, as the rest of the client knows them. */
export function heldTokens(holding: TokenHolding): AccessTokens {
  const { cache, clock, whyNoOther, addSecret, isNewWhenItComes } = holding;
  let told: string | undefined;

  function reveal(stored: StoredToken): AccessToken {
    if (stored.token !== told) addSecret(stored.token);
    told = stored.token;
    const { obtainedAtMs } = stored;
    return { ...(isNewWhenItComes && { obtainedAtMs }), ...accessTokenOf(stored) };
  }

  function refusal(token: string): VendorError | undefined {
    const { current } = cache;
    return current?.token === token ? whyNoOther(current) : undefined;
  }

  return {
    get: async (deadline) => reveal(await named(patiently(deadline, () => cache.obtain(deadline)))),
    getRenewed: async (deadline) =>
      reveal(await named(patiently(deadline, () => cache.obtainRenewed(deadline)))),
    held() {
      const { current } = cache;
      return current && isAheadOfTime(current, clock.now()) ? reveal(current) : undefined;
    },
    refuse(token) {
      if (refusal(token) !== undefined) return false;
      cache.invalidate(token);
      return true;
    },
    refusal,
    forget: async () => named(cache.forget()),
    close: async () => cache.close(),
  };
}

/** A store may hold what no program of ours wrote. */
function accessTokenOf({ token, expiresAtMs, attributes = {} }: StoredToken): AccessToken {
  const companyId = readCompanyId(attributes['companyId']);
  return { token, expiresAtMs, companyId, mode: readMode(attributes['mode']) };
}

/** Whatever goes wrong with a token, the error says whose it was. */
async function named<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw addContext(asVendorError(error, 'UNAUTHENTICATED'), { vendor: 's1seven' });
  }
}
