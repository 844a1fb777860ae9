import { VendorError, type StoredToken } from '@vendorkit/core';
import { dayMs } from './token-life.ts';

/** A vendor that asks for more patience than this speaks of the day's token, not of the minute's calls. */
const longestPauseMs = 2 * 60_000;

/** What 4xx say that has nothing to do with the allowance: wrong input, wrong secret, wrong path. */
const otherReasons: ReadonlySet<number> = new Set([400, 401, 404]);

/**
 * The error of a client that can have no other token for now: "one token can be regenerated / day /
 * application" (S1SEVEN API information, "M2M access token").
 *
 * @param retryAtMs - When there may be another one, if that is known, in milliseconds since the Unix
 *   epoch.
 */
export function allowanceError(retryAtMs: number | undefined, reason?: VendorError): VendorError {
  const { outcome = 'answered', status, vendorCode, details } = reason ?? {};
  return new VendorError(
    'S1SEVEN gives an application one new access token a day, and gives none now.',
    {
      code: 'TOKEN_ALLOWANCE_EXCEEDED',
      vendor: 's1seven',
      retryable: false,
      retryAt: retryAtMs === undefined ? undefined : new Date(retryAtMs),
      outcome,
      status,
      vendorCode,
      details,
      hint: 'Let all processes of the application share one `tokenStore`. If this token is refused, its scopes may not suffice, or its secret may have been rotated.',
    },
  );
}

/**
 * Whether `POST /tokens` was refused because there was a token already. How the vendor says so is not
 * public; inferred from what it may be:
 *
 * - a 429 that asks for a long wait;
 * - a 429 that does not say for how long, as a throttler always does: until a day after the last token
 *   came or, if that is not known, for a day from now;
 * - any other 4xx but those with reasons of their own, less than a day after the last token came.
 *
 * @returns When there may be another one, in milliseconds since the Unix epoch; `undefined` if it was
 * refused for something else.
 */
export function allowanceEndOf(
  { status = 0, retryAt }: VendorError,
  previous: StoredToken | undefined,
  nowMs: number,
): number | undefined {
  if (status < 400 || status > 499 || otherReasons.has(status)) return undefined;
  const saidMs = retryAt?.getTime();
  const isLong = saidMs !== undefined && saidMs - nowMs > longestPauseMs;
  if (isLong && status === 429) return saidMs;
  const dayEndsMs = (previous?.obtainedAtMs ?? -Infinity) + dayMs;
  const isSameDay = dayEndsMs > nowMs;
  if (status === 429) {
    if (saidMs !== undefined) return undefined;
    return isSameDay ? dayEndsMs : nowMs + dayMs;
  }
  if (!isSameDay) return undefined;
  return isLong ? saidMs : dayEndsMs;
}

/**
 * Whether the vendor may have issued a token although none came: anything but a request that was not
 * sent, and a refusal with a reason of its own.
 */
export function mayHaveCostOne({ status = 0, outcome }: VendorError): boolean {
  return outcome !== 'not-sent' && status !== 429 && !otherReasons.has(status);
}
