import { processTokenStore, TokenCache, type StoredToken, type TokenStore } from '@vendorkit/core';
import type { AccessTokens, TokenContext } from '../token.ts';
import { allowanceError } from './allowance.ts';
import { heldTokens } from './held-tokens.ts';
import { longestPauseMs } from './lost-tokens.ts';
import { mayForceAtMs } from './renewal.ts';
import { isAlive, margins } from './token-life.ts';
import { TokenRenewer, type ClientCredentials } from './token-renewer.ts';
import { userTokenStore } from './user-token-store.ts';

/**
 * Machine-to-machine tokens (S1SEVEN API information, "M2M access token"), which live for a day and can
 * be regenerated once a day: one request for all calls of all processes that share the store. A token
 * is renewed shortly before its end if a call needs one then, and after a 401 once a day.
 */
export function clientCredentialTokens(
  credentials: ClientCredentials,
  context: TokenContext,
): AccessTokens {
  const { clock, key, addSecret } = context;
  const renewer = new TokenRenewer(credentials, context);
  const cache = new TokenCache({
    clock,
    key,
    store: storeOf(context),
    ...margins,
    // Each of them counts.
    finishesAbandoned: true,
    longestPauseMs,
    fetch: async (deadline, reason) => renewer.renew(deadline, reason),
    onStoreFailure: warnOnce(context),
  });
  const whyNoOther = (token: StoredToken) => {
    const nowMs = clock.now();
    const retryAtMs = mayForceAtMs(token);
    return isAlive(token, nowMs) && retryAtMs > nowMs ? allowanceError(retryAtMs) : undefined;
  };
  const tokens = heldTokens({ cache, clock, addSecret, whyNoOther, isNewWhenItComes: true });
  return {
    ...tokens,
    async get(deadline) {
      renewer.checkSecret();
      return tokens.get(deadline);
    },
    async getRenewed(deadline) {
      renewer.checkSecret();
      return tokens.getRenewed(deadline);
    },
    async forget() {
      renewer.retire();
      await tokens.forget();
    },
  };
}

function storeOf({ store, clock, warn }: TokenContext): TokenStore {
  if (store === 'memory') return processTokenStore(clock);
  return store === 'file' ? userTokenStore(warn, processTokenStore(clock)) : store;
}

function warnOnce({ warn }: TokenContext): () => void {
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    warn(
      'token-not-kept',
      'The access token could not be kept in its store. Without it, other processes and the next start need a token of their own, and S1SEVEN gives one a day.',
    );
  };
}
