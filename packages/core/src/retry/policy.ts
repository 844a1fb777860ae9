import type { VendorError, VendorErrorCode } from '../errors/vendor-error.ts';

/** How a client repeats what failed. */
export interface RetryOptions {
  /**
   * How often a request is sent at most, the first time included; 1 turns retries off.
   *
   * @defaultValue 3
   */
  readonly attempts: number;
  /**
   * The longest wait before the second attempt, in milliseconds. It doubles with each further one, and
   * every wait is chosen at random below its bound.
   *
   * @defaultValue 500
   */
  readonly baseDelayMs: number;
  /**
   * The longest wait before any attempt, in milliseconds, unless the vendor asks for more.
   *
   * @defaultValue 20000
   */
  readonly maxDelayMs: number;
}

/**
 * When a request may be sent again: `always`, because repeating it does no harm; `when-refused`, if it
 * was certainly not carried out: not sent, or refused for the quota; `when-not-sent`, and never after
 * a byte has left.
 */
export type Repeatable = 'always' | 'when-refused' | 'when-not-sent';

/** What the decision rests on. */
export interface RetryQuestion {
  /** Why the attempt failed. */
  readonly error: VendorError;
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  /** How often and how patiently the client repeats. */
  readonly options: RetryOptions;
  /** When this request may be sent again. */
  readonly repeatable: Repeatable;
  /** How long the vendor asked to wait, in milliseconds, if it did. */
  readonly retryAfterMs?: number | undefined;
  /** What is left of the call's deadline, in milliseconds. */
  readonly remainingMs: number;
  /** Whether the client can afford a retry. */
  readonly budget: 'available' | 'spent';
  /**
   * Whether a quota rule holds the next attempt back after the vendor refused one.
   *
   * @defaultValue true
   */
  readonly isPaced?: boolean | undefined;
  /** A number from 0 to just under 1. */
  readonly random: () => number;
}

/** Whether to send again, and after how many milliseconds; or why not. */
export type RetryDecision =
  | { readonly retry: true; readonly delayMs: number }
  | {
      readonly retry: false;
      readonly reason: 'not-retryable' | 'not-safe' | 'attempts' | 'budget' | 'deadline';
    };

/**
 * Decides whether a failed attempt is repeated. Pure: it waits for nothing and counts nothing.
 *
 * | failure | repeated |
 * |---|---|
 * | nothing was sent: refused, unknown host, no free socket in time | every request |
 * | 429 and 509 | every request but one that is repeated `when-not-sent` |
 * | connection cut before the answer or within it; no answer or a dripping one, in time | `always` |
 * | answer cut within its compression, or not HTTP (`INVALID_RESPONSE`, outcome unknown) | `always` |
 * | 5xx, but for 501 and 505, which time does not mend; a SOAP fault that says the same | `always` |
 * | complete answer that makes no sense, redirect, 4xx, certificate, abort, deadline, a plain "no" | none |
 */
export function decideRetry(question: RetryQuestion): RetryDecision {
  const { error, attempt, options, repeatable, retryAfterMs = 0, remainingMs, budget } = question;
  if (!isWorthwhile(error)) return { retry: false, reason: 'not-retryable' };
  if (!isSafe(error, repeatable)) return { retry: false, reason: 'not-safe' };
  if (attempt >= options.attempts) return { retry: false, reason: 'attempts' };
  const isThrottled = error.code === 'RATE_LIMITED';
  if (budget === 'spent' && !isThrottled) return { retry: false, reason: 'budget' };
  // Of a throttled call the quota knows best when to go on: it pauses once for all who wait.
  const isHeldBack = isThrottled && question.isPaced !== false;
  const delayMs = isHeldBack ? 0 : Math.max(retryAfterMs, backoffMs(attempt, question));
  if (Math.max(retryAfterMs, delayMs) >= remainingMs) return { retry: false, reason: 'deadline' };
  return { retry: true, delayMs };
}

const passingCodes: ReadonlySet<VendorErrorCode> = new Set([
  'CONNECTION',
  'TIMEOUT',
  'RATE_LIMITED',
]);

/** Whether time may mend it. An answer cut on its way is worth another try, a wrong one is not. */
function isWorthwhile({ code, status, outcome, retryable }: VendorError): boolean {
  if (code === 'SERVER_ERROR') return status !== 501 && status !== 505;
  // Only who reads the fault knows whose fault it is (SOAP 1.1, 4.4.1).
  if (code === 'SOAP_FAULT') return retryable;
  if (code === 'INVALID_RESPONSE') return outcome === 'unknown';
  return passingCodes.has(code);
}

function isSafe({ code, outcome }: VendorError, repeatable: Repeatable): boolean {
  if (repeatable === 'always' || outcome === 'not-sent') return true;
  // Assumed: whoever refuses a call for the quota has not begun it.
  return repeatable === 'when-refused' && code === 'RATE_LIMITED';
}

/** Full jitter: any wait up to a bound that doubles, so that clients do not return together. */
function backoffMs(attempt: number, { options, random }: RetryQuestion): number {
  const bound = Math.min(options.maxDelayMs, options.baseDelayMs * 2 ** (attempt - 1));
  return random() * bound;
}
