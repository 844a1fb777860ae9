import type { FetchReason, StoredToken } from '@vendorkit/core';
import { dayMs, isAheadOfTime, isAlive } from './token-life.ts';

/**
 * What to do about a token: ask the vendor for another one; keep it for now, because the vendor would
 * give no other; or wait, because it is only ageing, and another one cannot be had yet.
 */
export type Renewal = 'ask' | 'keep' | 'wait';

/** Decides, so that no more than one token is asked for by force in a day. */
export function decideRenewal({ previous, isRefused }: FetchReason, nowMs: number): Renewal {
  if (previous === undefined || !isAlive(previous, nowMs)) return 'ask';
  if (isRefused) return mayForceAtMs(previous) <= nowMs ? 'ask' : 'keep';
  if (renewableAtMs(previous) <= nowMs) return 'ask';
  return isAheadOfTime(previous, nowMs) ? 'wait' : 'keep';
}

/** When a token that the vendor refuses may be renewed, in milliseconds since the Unix epoch. */
export function mayForceAtMs(token: StoredToken): number {
  const forcedAtMs = readMoment(token, 'renewedByForceAtMs');
  return Math.max(forcedAtMs + dayMs, renewableAtMs(token));
}

/**
 * Notes that the vendor gave no other token. It is part of what the store keeps, so that it counts for
 * other processes and after a restart.
 */
export function notRenewableBefore(token: StoredToken, momentMs: number): StoredToken {
  const attributes = { ...token.attributes, renewableAtMs: String(momentMs) };
  return { ...token, attributes };
}

/** Of the token before, what still counts for the next one: when one was got by force. */
export function historyOf(
  { previous, isRefused }: FetchReason,
  nowMs: number,
): Readonly<Record<string, string>> {
  if (previous === undefined) return {};
  const isForced = isRefused && isAlive(previous, nowMs);
  const forcedAtMs = isForced ? nowMs : readMoment(previous, 'renewedByForceAtMs');
  return forcedAtMs + dayMs > nowMs ? { renewedByForceAtMs: String(forcedAtMs) } : {};
}

/** When the vendor gives another token, in milliseconds since the Unix epoch; long ago if it would. */
export function renewableAtMs(token: StoredToken): number {
  return readMoment(token, 'renewableAtMs');
}

/** A moment that is not known, or that no program of ours wrote, is long ago. */
function readMoment({ attributes = {} }: StoredToken, name: string): number {
  const text = attributes[name] ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : -Infinity;
}
