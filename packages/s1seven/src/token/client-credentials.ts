import { createHash } from 'node:crypto';
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
  const shared = { ...context, warnOfStore: warnOnce(context), store: storeOf(context) };
  let tokens = tokensOf(credentials, shared);
  return {
    get: async (deadline) => tokens.get(deadline),
    getRenewed: async (deadline) => tokens.getRenewed(deadline),
    held: () => tokens.held(),
    refuse: (token) => tokens.refuse(token),
    refusal: (token) => tokens.refusal(token),
    async forget(clientSecret) {
      const former = tokens;
      if (clientSecret !== undefined) {
        context.addSecret(clientSecret);
        tokens = tokensOf({ ...credentials, clientSecret }, shared);
      }
      await former.forget();
    },
    close: async () => tokens.close(),
  };
}

/** The tokens that one secret gets. A new secret begins anew. */
function tokensOf(
  credentials: ClientCredentials,
  context: TokenContext & { readonly store: TokenStore; readonly warnOfStore: () => void },
): AccessTokens {
  const { clock, store, addSecret } = context;
  const renewer = new TokenRenewer(credentials, context);
  const cache = new TokenCache({
    clock,
    key: `${context.key}/${digestOf(credentials)}`,
    store,
    ...margins,
    // Each of them counts.
    finishesAbandoned: true,
    longestPauseMs,
    fetch: async (deadline, reason) => renewer.renew(deadline, reason),
    onStoreFailure: context.warnOfStore,
  });
  const whyNoOther = (token: StoredToken) => {
    const nowMs = clock.now();
    const retryAtMs = mayForceAtMs(token);
    return isAlive(token, nowMs) && retryAtMs > nowMs ? allowanceError(retryAtMs) : undefined;
  };
  return heldTokens({ cache, clock, addSecret, whyNoOther, isNewWhenItComes: true });
}

/**
 * Tells one secret's tokens from another's: what was used up with an old secret need not count for a new
 * one (inferred). It is a part of a hash, and no more.
 */
function digestOf({ clientId, clientSecret }: ClientCredentials): string {
  const digest = createHash('sha256').update(`${clientId}:${clientSecret}`).digest('base64url');
  return digest.slice(0, 16);
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
