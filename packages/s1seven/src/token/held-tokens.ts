import {
  addContext,
  asVendorError,
  type StoredToken,
  type TokenCache,
  type VendorError,
} from '@vendorkit/core';
import type { AccessToken, AccessTokens } from '../token.ts';
import { readCompanyId, readMode } from './claims.ts';

/** What the tokens of a cache depend on. */
export interface TokenHolding {
  readonly cache: TokenCache;
  /** Why no other token can be had in place of this one, which the vendor refused. */
  readonly whyNoOther: (token: StoredToken) => VendorError | undefined;
  /** Tells what must appear nowhere. */
  readonly addSecret: (token: string) => void;
}

/** The tokens of a cache, as the rest of the client knows them. */
export function heldTokens({ cache, whyNoOther, addSecret }: TokenHolding): AccessTokens {
  let told: string | undefined;

  async function reveal(obtaining: Promise<StoredToken>): Promise<AccessToken> {
    const stored = await named(obtaining);
    if (stored.token !== told) addSecret(stored.token);
    told = stored.token;
    return accessTokenOf(stored);
  }

  function refusal(token: string): VendorError | undefined {
    const { current } = cache;
    return current?.token === token ? whyNoOther(current) : undefined;
  }

  return {
    get: async (deadline) => reveal(cache.obtain(deadline)),
    getRenewed: async (deadline) => reveal(cache.obtainRenewed(deadline)),
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
