import type { StoredToken } from '@vendorkit/core';
import type { TokenFacts } from './claims.ts';

/** How long a token lives: "The access token is valid for 1 day" (S1SEVEN API information). */
export const dayMs = 24 * 60 * 60 * 1_000;

/** A token in its last five minutes is renewed in the background, and not used in its last seconds. */
export const margins = { refreshAheadMs: 5 * 60_000, minLifetimeMs: 10_000 };

/**
 * When a token ends that was just received, in milliseconds since the Unix epoch. One that does not
 * tell lives for a day. So does one that had ended before it came: it was just given, so that this
 * computer's clock must be wrong.
 */
export function endOf({ expiresAtMs }: TokenFacts, nowMs: number): number {
  return expiresAtMs !== undefined && expiresAtMs > nowMs ? expiresAtMs : nowMs + dayMs;
}

/** What is known of a token, as a store keeps it. */
export function attributesOf({ companyId, mode }: TokenFacts): Readonly<Record<string, string>> {
  return { ...(companyId !== undefined && { companyId }), ...(mode !== undefined && { mode }) };
}

/** Whether a token has not ended. */
export function isAlive({ expiresAtMs = Infinity }: StoredToken, nowMs: number): boolean {
  return expiresAtMs > nowMs;
}

/** Whether a token can be used a while longer, so that another one is asked for ahead of time. */
export function isAheadOfTime({ expiresAtMs = Infinity }: StoredToken, nowMs: number): boolean {
  return expiresAtMs - nowMs > margins.minLifetimeMs;
}
