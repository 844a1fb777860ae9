import { addContext, type CallRequest, type Clock } from '@vendorkit/core';

/** A longer wait for a daily token makes no sense, in seconds: two days. */
const longestWait = 2 * 24 * 60 * 60;

/**
 * Keeps what the vendor says about when to ask for a token again. For other calls a `Retry-After` of
 * hours is taken for milliseconds that were written for seconds, as some throttlers do; for a token,
 * of which there is one a day, hours are what is to be expected.
 */
export function believingRetryAfter<Result>(
  request: CallRequest<Result>,
  clock: Clock,
): CallRequest<Result> {
  return {
    ...request,
    read: async (answer, context) => {
      const reading = await request.read(answer, context);
      const seconds = Number(/^\d+$/.exec(answer.headers['retry-after'] ?? '')?.[0] ?? Infinity);
      if (reading.state === 'failed' && answer.status === 429 && seconds <= longestWait) {
        addContext(reading.error, { retryAt: new Date(clock.now() + seconds * 1_000) });
      }
      return reading;
    },
  };
}
