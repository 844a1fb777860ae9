import { VendorError, type Deadline } from '@vendorkit/core';

/**
 * Asks again for a token that could not be asked for yet, if there is time. A call that would end before
 * fails at once, with the `retryAt` of its error.
 */
export async function patiently<Token>(
  deadline: Deadline,
  ask: () => Promise<Token>,
): Promise<Token> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const waitMs = waitOf(error, deadline.clock.now());
      if (waitMs === undefined || waitMs >= deadline.remainingMs()) throw error;
      await deadline.sleep(waitMs);
    }
  }
}

/** How long to wait, in milliseconds, if it is no more than the quota of the minute. */
function waitOf(error: unknown, nowMs: number): number | undefined {
  if (!VendorError.is(error) || error.retryAt === undefined) return undefined;
  if (error.code !== 'RATE_LIMITED' && error.code !== 'QUOTA_WAIT_EXCEEDED') return undefined;
  return Math.max(1, error.retryAt.getTime() - nowMs);
}
