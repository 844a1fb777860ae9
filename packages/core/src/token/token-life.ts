import { VendorError } from '../errors/vendor-error.ts';
import { isPlainObject } from '../plain-object.ts';
import type { StoredToken } from './token-store.ts';

/** How much of a token's life is kept back. */
export interface TokenMargins {
  /** A token with less than this left is replaced while it is still being used. */
  readonly refreshAheadMs: number;
  /** A token with less than this left is not used any more. */
  readonly minLifetimeMs: number;
}

/** Short-lived tokens would never be good enough for margins that suit long-lived ones. */
const largestShare = { refreshAhead: 1 / 4, minLifetime: 1 / 10 };

/** Whether a token may still be sent. One that is not known to end may. */
export function isUsable(token: StoredToken, nowMs: number, margins: TokenMargins): boolean {
  return leftMs(token, nowMs) > margin(token, margins.minLifetimeMs, largestShare.minLifetime);
}

/** Whether it is time to replace a token, though it may still be sent. */
export function isAgeing(token: StoredToken, nowMs: number, margins: TokenMargins): boolean {
  return leftMs(token, nowMs) <= margin(token, margins.refreshAheadMs, largestShare.refreshAhead);
}

function leftMs(token: StoredToken, nowMs: number): number {
  return (token.expiresAtMs ?? Infinity) - nowMs;
}

function margin(token: StoredToken, wantedMs: number, share: number): number {
  const lifetimeMs = leftMs(token, token.obtainedAtMs);
  return Math.min(wantedMs, Math.max(0, lifetimeMs * share));
}

/**
 * The token that an endpoint gave.
 *
 * @throws VendorError `INVALID_RESPONSE` if it is none, or has already ended.
 */
export function receivedToken(
  fetched: Omit<StoredToken, 'obtainedAtMs'> & { readonly obtainedAtMs?: number | undefined },
  nowMs: number,
): StoredToken {
  const token = readStoredToken({ ...fetched, obtainedAtMs: fetched.obtainedAtMs ?? nowMs });
  if (token === undefined) throw unusable('The token endpoint answered without a token.');
  if (leftMs(token, nowMs) <= 0) throw unusable('The token had ended when it came.');
  return token;
}

/** The token that a store gave, which may come from anywhere. Anything that is none is ignored. */
export function readStoredToken(stored: unknown): StoredToken | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { token, obtainedAtMs, expiresAtMs, attributes } = stored as Record<string, unknown>;
  if (typeof token !== 'string' || token === '' || !Number.isFinite(obtainedAtMs)) return undefined;
  if (expiresAtMs !== undefined && !Number.isFinite(expiresAtMs)) return undefined;
  return {
    token,
    obtainedAtMs: Number(obtainedAtMs),
    ...(expiresAtMs !== undefined && { expiresAtMs: Number(expiresAtMs) }),
    ...(isRecordOfTexts(attributes) && { attributes: { ...attributes } }),
  };
}

function isRecordOfTexts(value: unknown): value is Record<string, string> {
  return isPlainObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function unusable(message: string): VendorError {
  return new VendorError(message, { code: 'INVALID_RESPONSE', outcome: 'answered' });
}
