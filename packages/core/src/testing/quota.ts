import type { Clock } from '../time/clock.ts';

/**
 * How a vendor counts calls.
 *
 * - `fixed`: whole windows since the epoch, each with its own count.
 * - `sliding`: the accepted calls of the last window.
 * - `sliding-counting-refusals`: every call of the last window, the refused ones too.
 * - `token-bucket`: full at first, filled up again evenly.
 */
export type QuotaKind = 'fixed' | 'sliding' | 'sliding-counting-refusals' | 'token-bucket';

/** What a vendor allows. */
export interface QuotaMeterOptions {
  /** How calls are counted. */
  kind: QuotaKind;
  /** How many calls are allowed in a window. */
  limit: number;
  /** The length of the window, in milliseconds. */
  windowMs: number;
  /** The vendor's clock. */
  clock: Clock;
}

/** Whether a call is accepted. */
export interface QuotaVerdict {
  readonly accepted: boolean;
  /** How many more calls would be accepted now. */
  readonly remaining: number;
  /** When the vendor gives back at least one call, in milliseconds from now; 0 if it owes none. */
  readonly resetMs: number;
}

interface Counter {
  admit(now: number): QuotaVerdict;
}

/** Counts calls as a vendor does, each key on its own. */
export class QuotaMeter {
  readonly #options: QuotaMeterOptions;
  readonly #counters = new Map<string, Counter>();

  constructor(options: QuotaMeterOptions) {
    this.#options = options;
  }

  /** Counts a call that arrives now. */
  admit(key: string): QuotaVerdict {
    const { kind, limit, windowMs, clock } = this.#options;
    const counter = this.#counters.get(key) ?? counters[kind](limit, windowMs);
    this.#counters.set(key, counter);
    return counter.admit(clock.now());
  }
}

const counters: Record<QuotaKind, (limit: number, windowMs: number) => Counter> = {
  fixed: (limit, windowMs) => new FixedWindow(limit, windowMs),
  sliding: (limit, windowMs) => new SlidingWindow(limit, windowMs, false),
  'sliding-counting-refusals': (limit, windowMs) => new SlidingWindow(limit, windowMs, true),
  'token-bucket': (limit, windowMs) => new TokenBucket(limit, windowMs),
};

class FixedWindow implements Counter {
  readonly #limit: number;
  readonly #windowMs: number;
  #window = Number.NaN;
  #count = 0;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  admit(now: number): QuotaVerdict {
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) this.#count = 0;
    this.#window = window;
    const accepted = this.#count < this.#limit;
    if (accepted) this.#count += 1;
    const resetMs = (window + 1) * this.#windowMs - now;
    return { accepted, remaining: this.#limit - this.#count, resetMs };
  }
}

class SlidingWindow implements Counter {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #countsRefusals: boolean;
  #moments: number[] = [];

  constructor(limit: number, windowMs: number, countsRefusals: boolean) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#countsRefusals = countsRefusals;
  }

  admit(now: number): QuotaVerdict {
    this.#moments = this.#moments.filter((moment) => moment > now - this.#windowMs);
    const accepted = this.#moments.length < this.#limit;
    if (accepted || this.#countsRefusals) this.#moments.push(now);
    const [oldest = now - this.#windowMs] = this.#moments;
    return {
      accepted,
      remaining: Math.max(0, this.#limit - this.#moments.length),
      resetMs: oldest + this.#windowMs - now,
    };
  }
}

class TokenBucket implements Counter {
  readonly #limit: number;
  readonly #refillMs: number;
  #tokens: number;
  #filledAt = Number.NaN;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#refillMs = windowMs / limit;
    this.#tokens = limit;
  }

  admit(now: number): QuotaVerdict {
    const elapsedMs = Number.isNaN(this.#filledAt) ? 0 : now - this.#filledAt;
    this.#tokens = Math.min(this.#limit, this.#tokens + elapsedMs / this.#refillMs);
    this.#filledAt = now;
    // A thousandth forgives the rounding of the division.
    const accepted = this.#tokens >= 0.999;
    if (accepted) this.#tokens = Math.max(0, this.#tokens - 1);
    const missing = Math.ceil(this.#tokens + 0.001) - this.#tokens;
    const full = this.#tokens >= this.#limit;
    return {
      accepted,
      remaining: Math.floor(this.#tokens + 0.001),
      resetMs: full ? 0 : missing * this.#refillMs,
    };
  }
}
