import { addContext, type CallRequest, type Clock, type VendorError } from '@vendorkit/core';
import { allowanceError } from './allowance.ts';

/** A longer wait for a daily token makes no sense, in seconds: two days. */
const longestWait = 2 * 24 * 60 * 60;

/** NestJS throttlers from version 5 on append their names. */
const saysWhen = /^retry-after(?:-|$)/i;

/**
 * Keeps what the vendor says about when to ask for a token again. For other calls a `Retry-After` of
 * hours is taken for milliseconds that were written for seconds, as some throttlers do; for a token,
 * of which there is one a day, hours are what is to be expected.
 *
 * A 429 without a `Retry-After` comes from no throttler, and so is about the day's token (inferred):
 * `TOKEN_ALLOWANCE_EXCEEDED`, without a `retryAt` of the engine's own.
 */
export function believingRetryAfter<Result>(
  request: CallRequest<Result>,
  clock: Clock,
): CallRequest<Result> {
  return {
    ...request,
    read: async (answer, context) => {
      const reading = await request.read(answer, context);
      if (reading.state !== 'failed' || answer.status !== 429) return reading;
      return { ...reading, error: refusalOf(answer.headers, reading.error, clock.now()) };
    },
  };
}

function refusalOf(
  headers: Readonly<Record<string, string>>,
  error: VendorError,
  nowMs: number,
): VendorError {
  if (!Object.keys(headers).some((name) => saysWhen.test(name))) {
    return allowanceError(undefined, error);
  }
  const seconds = Number(/^\d+$/.exec(headers['retry-after'] ?? '')?.[0] ?? Infinity);
  if (seconds > longestWait) return error;
  return addContext(error, { retryAt: new Date(nowMs + seconds * 1_000) });
}
