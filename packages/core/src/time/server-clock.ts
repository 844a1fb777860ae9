import type { Clock } from './clock.ts';

/** What an answer tells of the vendor's clock. */
export interface DateSample {
  /** The `Date` header. */
  readonly date: string | undefined;
  /** The `Age` header: a cache's answer tells nothing of the vendor's clock now. */
  readonly age?: string | undefined;
  /** When the first byte of the request was written, on the local wall clock, in milliseconds. */
  readonly sentAtMs: number;
  /** When the answer's headers were read, on the local wall clock, in milliseconds. */
  readonly receivedAtMs: number;
}

/** What the vendor's clock may read now, in milliseconds since the Unix epoch. */
export interface ClockWindow {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The vendor's clock minus the local one, in milliseconds: at least `low`, at most `high`. */
interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** `Date` carries whole seconds. */
const resolutionMs = 1_000;

/** A server may write a `Date` that it made up to this long before. */
const lagMs = 1_000;

/** How well a computer's clock that is kept by NTP agrees with another's. */
const agreementMs = 50;

/** How fast two clocks drift apart: 100 parts in a million. */
const driftRate = 1e-4;

const local: Bounds = { low: -agreementMs, high: agreementMs };

/**
 * The vendor's clock, as far as its answers tell. Each `Date` header bounds the difference to the
 * local clock; the bounds of several answers are intersected, and widened again with time.
 *
 * The local clock is taken to be right until an answer proves it wrong. A `Date` in its future proves
 * that at once. One in its past does only after {@link ServerClock.doubt}, since a server may write a
 * `Date` that is up to a second old.
 */
export class ServerClock {
  readonly #clock: Clock;
  #bounds: Bounds | undefined;
  #boundedAtMs = 0;
  #isDoubted = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Learns from an answer. Answers of caches and unreadable dates are passed over. */
  observe({ date, age, sentAtMs, receivedAtMs }: DateSample): void {
    const dateMs = readHttpDate(date);
    if (dateMs === undefined || receivedAtMs < sentAtMs) return;
    if (age !== undefined && age.trim() !== '0') return;
    const sample = { low: dateMs - receivedAtMs, high: dateMs + resolutionMs - sentAtMs };
    const known = this.#known();
    this.#bounds = (known && intersection(known, sample)) ?? sample;
    this.#boundedAtMs = this.#clock.monotonicNow();
  }

  /**
   * Whether an answer's `Date` says that a token's time was not the vendor's: that the vendor's clock
   * had not reached it, or had left it a second behind.
   */
  disagrees(date: string | undefined, issuedAtMs: number): boolean {
    const dateMs = readHttpDate(date);
    return dateMs !== undefined && Math.abs(dateMs - issuedAtMs) >= resolutionMs;
  }

  /** From now on the vendor's dates are believed to the full: none of them is taken to be old. */
  doubt(): void {
    this.#isDoubted = true;
  }

  /** Forgets everything learned. */
  reset(): void {
    this.#bounds = undefined;
    this.#isDoubted = false;
  }

  /** What the vendor's clock may read now. */
  window(): ClockWindow {
    const now = this.#clock.now();
    const { low, high } = this.#offset();
    return { earliestMs: now + low, latestMs: now + high };
  }

  #offset(): Bounds {
    const known = this.#known();
    if (known === undefined) return local;
    const { low } = known;
    const high = this.#isDoubted ? known.high : known.high + lagMs;
    if (low < 0 && high > 0) return intersection(local, { low, high }) ?? known;
    // A clock that is a little behind is more likely to be just as much behind as is proved.
    const isLittleAhead = low >= 0 && low < lagMs && !this.#isDoubted;
    if (isLittleAhead) return { low, high: Math.min(known.high, low + 2 * agreementMs) };
    return known;
  }

  /** The bounds, widened by the drift since they were found. */
  #known(): Bounds | undefined {
    if (this.#bounds === undefined) return undefined;
    const { low, high } = this.#bounds;
    const driftMs = (this.#clock.monotonicNow() - this.#boundedAtMs) * driftRate;
    return { low: low - driftMs, high: high + driftMs };
  }
}

/** Nothing if the bounds contradict each other: then one of the clocks was set. */
function intersection(one: Bounds, other: Bounds): Bounds | undefined {
  const low = Math.max(one.low, other.low);
  const high = Math.min(one.high, other.high);
  return low <= high ? { low, high } : undefined;
}

/** The one form of date that RFC 9110, 5.6.7 lets a server write. */
const httpDate =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function readHttpDate(text: string | undefined): number | undefined {
  if (text === undefined || !httpDate.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
