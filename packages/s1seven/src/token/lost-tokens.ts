import type { VendorError } from '@vendorkit/core';

/** How long the vendor is left alone after it may have issued a token that did not come, in seconds. */
const pausesSeconds = [5, 20, 80, 320] as const;

/** After any more of them, in seconds. */
const longestPauseSeconds = 15 * 60;

/** How long that is at most, in milliseconds. */
export const longestPauseMs = longestPauseSeconds * 1_000;

/**
 * Counts the requests that may each have cost a token, since there is one a day. The more of them there
 * were since the last success, the later there is to be another.
 */
export class LostTokens {
  #count = 0;

  /** One more: its error says when there may be another request. A longer wait of the vendor's holds. */
  add(error: VendorError, nowMs: number): VendorError {
    const pauseMs = (pausesSeconds[this.#count] ?? longestPauseSeconds) * 1_000;
    this.#count += 1;
    const retryAtMs = Math.max(nowMs + pauseMs, error.retryAt?.getTime() ?? 0);
    return Object.assign(error, { retryAt: new Date(retryAtMs) });
  }

  /** A token came. */
  reset(): void {
    this.#count = 0;
  }
}
