import type { VendorErrorCode } from '../errors/vendor-error.ts';

/** What a call pays in, and what a retry takes out: five calls pay for one retry. */
const depositPerCall = 1;
const costPerRetry = 5;
/** A new client can afford ten retries. */
const initialBalance = 10 * costPerRetry;
/** A long quiet time saves up twenty retries, no more. */
const highestBalance = 20 * costPerRetry;

/**
 * Keeps retries a small share of the calls of a client, so that a vendor in trouble is not loaded
 * with several times the usual traffic.
 *
 * Each call pays for a fifth of a retry. A new client starts with ten retries, and at most twenty can
 * be saved up: whatever happened before, any 200 calls make at most 60 retries, 1.3 requests a call,
 * and a new client at most 50. Repeating a call that was refused by the vendor's quota is free,
 * because the quota itself sets the pace.
 */
export class RetryBudget {
  #balance = initialBalance;

  /** Whether another retry can be afforded. */
  get state(): 'available' | 'spent' {
    return this.#balance >= costPerRetry ? 'available' : 'spent';
  }

  /** A call begins: call it once a call, before the first attempt. */
  deposit(): void {
    this.#balance = Math.min(highestBalance, this.#balance + depositPerCall);
  }

  /**
   * A retry is decided.
   *
   * @param code - Why the attempt before it failed; after `RATE_LIMITED` it costs nothing.
   */
  withdraw(code: VendorErrorCode): void {
    if (code !== 'RATE_LIMITED') this.#balance = Math.max(0, this.#balance - costPerRetry);
  }
}
