import type { Clock } from '@vendorkit/core';

/**
 * The versions of `@nestjs/throttler`, whose headers the vendor's text describes. Which one runs at the
 * vendor is not public; they count and refuse in different ways (measured with the default storage).
 *
 * - `3`: a sliding window; refused calls do not count. `Retry-After` is exact. Also version 2.
 * - `5`: calls of the last window, refused ones too. `Retry-After` may be too short. Also version 4.
 * - `6`: the call that is one too many blocks the route for a window. `Retry-After` is exact.
 */
export type ThrottlerVersion = '3' | '5' | '6';

/** What the throttler says to a call. */
export interface ThrottlerVerdict {
  readonly accepted: boolean;
  /** `X-RateLimit-*` of an accepted call; `Retry-After`, and nothing else, of a refused one. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Settings {
  readonly limit: number;
  readonly windowMs: number;
  readonly clock: Clock;
}

interface Counter {
  admit(): ThrottlerVerdict;
}

/** Counts the calls of each credential and route. */
export class Throttler {
  readonly #version: ThrottlerVersion;
  readonly #settings: Settings;
  readonly #counters = new Map<string, Counter>();
  #refusals = 0;

  constructor(version: ThrottlerVersion, settings: Settings) {
    this.#version = version;
    this.#settings = settings;
  }

  /** How many calls were refused so far. */
  get refusals(): number {
    return this.#refusals;
  }

  /** Counts a call that arrives now. */
  admit(key: string): ThrottlerVerdict {
    const counter = this.#counters.get(key) ?? new counters[this.#version](this.#settings);
    this.#counters.set(key, counter);
    const verdict = counter.admit();
    if (!verdict.accepted) this.#refusals += 1;
    return verdict;
  }
}

/** The calls of the last window. */
class Hits {
  readonly #settings: Settings;
  #moments: number[] = [];

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get count(): number {
    return this.#living.length;
  }

  /** When the oldest leaves the window, in milliseconds from now; 0 if there is none. */
  get oldestLeavesInMs(): number {
    const { clock, windowMs } = this.#settings;
    const [oldest] = this.#living;
    return oldest === undefined ? 0 : oldest + windowMs - clock.now();
  }

  get #living(): number[] {
    const { clock, windowMs } = this.#settings;
    this.#moments = this.#moments.filter((moment) => moment + windowMs > clock.now());
    return this.#moments;
  }

  add(): void {
    this.#moments.push(this.#settings.clock.now());
  }

  clear(): void {
    this.#moments = [];
  }
}

/** Version 3: the first answer's `X-RateLimit-Reset` is 0, since nothing was counted before it. */
class Version3 implements Counter {
  readonly #settings: Settings;
  readonly #hits: Hits;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#hits = new Hits(settings);
  }

  admit(): ThrottlerVerdict {
    const { limit } = this.#settings;
    const nearestExpiry = Math.ceil(this.#hits.oldestLeavesInMs / 1_000);
    if (this.#hits.count >= limit) return refused(nearestExpiry);
    this.#hits.add();
    return accepted(limit, this.#hits.count, nearestExpiry);
  }
}

/** Version 5: `Retry-After` tells the end of a clock's window, which has little to do with the count. */
class Version5 implements Counter {
  readonly #settings: Settings;
  readonly #hits: Hits;
  readonly #window: WindowClock;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#hits = new Hits(settings);
    this.#window = new WindowClock(settings, Math.floor);
  }

  admit(): ThrottlerVerdict {
    const { limit } = this.#settings;
    const windowEnds = this.#window.endsInSeconds();
    this.#hits.add();
    if (this.#hits.count > limit) return refused(windowEnds);
    return accepted(limit, this.#hits.count, windowEnds);
  }
}

/** Version 6: whoever goes over the limit is blocked for a window, and starts anew after it. */
class Version6 implements Counter {
  readonly #settings: Settings;
  readonly #hits: Hits;
  readonly #window: WindowClock;
  #blockedUntil = Number.NEGATIVE_INFINITY;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#hits = new Hits(settings);
    this.#window = new WindowClock(settings, Math.ceil);
  }

  admit(): ThrottlerVerdict {
    const { limit, windowMs, clock } = this.#settings;
    const windowEnds = this.#window.endsInSeconds();
    if (this.#isBlocked) return refused(this.#blockEndsInSeconds);
    this.#hits.add();
    if (this.#hits.count <= limit) return accepted(limit, this.#hits.count, windowEnds);
    this.#blockedUntil = clock.now() + windowMs;
    // What was counted before the block does not count after it.
    this.#hits.clear();
    return refused(this.#blockEndsInSeconds);
  }

  get #isBlocked(): boolean {
    return this.#settings.clock.now() < this.#blockedUntil;
  }

  get #blockEndsInSeconds(): number {
    return Math.ceil((this.#blockedUntil - this.#settings.clock.now()) / 1_000);
  }
}

/** A window that starts anew with the first call after its end. */
class WindowClock {
  readonly #settings: Settings;
  readonly #round: (seconds: number) => number;
  #endsAt = Number.NEGATIVE_INFINITY;

  constructor(settings: Settings, round: (seconds: number) => number) {
    this.#settings = settings;
    this.#round = round;
  }

  endsInSeconds(): number {
    if (this.#leftSeconds() <= 0) {
      this.#endsAt = this.#settings.clock.now() + this.#settings.windowMs;
    }
    return this.#leftSeconds();
  }

  #leftSeconds(): number {
    return this.#round((this.#endsAt - this.#settings.clock.now()) / 1_000);
  }
}

const counters = { '3': Version3, '5': Version5, '6': Version6 } as const;

function accepted(limit: number, used: number, resetSeconds: number): ThrottlerVerdict {
  return {
    accepted: true,
    headers: {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - used)),
      'x-ratelimit-reset': String(resetSeconds),
    },
  };
}

function refused(retryAfterSeconds: number): ThrottlerVerdict {
  return { accepted: false, headers: { 'retry-after': String(retryAfterSeconds) } };
}
