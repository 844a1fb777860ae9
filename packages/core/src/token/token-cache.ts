import { clientClosed, closedError } from '../errors/closed.ts';
import { VendorError } from '../errors/vendor-error.ts';
import { startDeadline, type Deadline } from '../time/deadline.ts';
import { isAgeing, isUsable } from './token-life.ts';
import { TokenSource, type TokenSourceOptions } from './token-source.ts';
import type { StoredToken } from './token-store.ts';

/** What a {@link TokenCache} needs. */
export interface TokenCacheOptions extends TokenSourceOptions {
  /**
   * The longest duration of one fetch, the wait for the store's lock included, in milliseconds.
   * @defaultValue 120_000
   */
  fetchTimeoutMs?: number | undefined;
  /**
   * Whether a fetch goes on though nobody waits for it any more, because the vendor gives few tokens.
   * @defaultValue false
   */
  finishesAbandoned?: boolean | undefined;
  /**
   * For how long the endpoint is left alone at most because a failure's `retryAt` says so, in
   * milliseconds.
   * @defaultValue 60_000
   */
  longestPauseMs?: number | undefined;
}

type Outcome = { readonly token: StoredToken } | { readonly error: unknown };

/** One fetch, and how many wait for it. */
interface Flight {
  readonly controller: AbortController;
  readonly deadline: Deadline;
  /** A refresh ahead of time, which nobody needs to wait for. */
  readonly isAhead: boolean;
  /** It never rejects, since there may be nobody to hear of it. */
  readonly outcome: Promise<Outcome>;
  waiting: number;
}

/** What the last fetch failed with, and until when the endpoint is left alone. */
interface RecentFailure {
  readonly error: unknown;
  readonly count: number;
  readonly untilMs: number;
  /** It was a refresh ahead of time: whoever has no token left may ask at once. */
  readonly isAhead: boolean;
}

/** After a failure without a `retryAt` the endpoint is left alone for a while that doubles each time. */
const backOff = { firstMs: 1_000, longestMs: 60_000 };

/**
 * Holds one access token, and gets a new one when it is needed: one fetch at a time however many
 * wait, across all processes that share the store.
 *
 * The token is in `#private` fields: neither `util.inspect` nor JSON shows it.
 */
export class TokenCache {
  readonly #options: TokenCacheOptions;
  readonly #source: TokenSource;
  #current: StoredToken | undefined;
  #rejected: string | undefined;
  #flight: Flight | undefined;
  #failure: RecentFailure | undefined;
  #isClosed = false;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
    this.#source = new TokenSource(options);
  }

  /**
   * A token that may be sent now.
   *
   * @throws VendorError `ABORTED` or `DEADLINE_EXCEEDED` when the call is over, which ends no one
   * else's wait; `CLOSED` after `close()`; otherwise what the last fetch failed with. For a while
   * after a failure it fails at once, without asking the vendor.
   */
  async get(deadline: Deadline): Promise<string> {
    const { token } = await this.obtain(deadline);
    return token;
  }

  /** The same as {@link TokenCache.get}, with what is known of the token. */
  async obtain(deadline: Deadline): Promise<StoredToken> {
    this.#check(deadline);
    const usable = this.#usable();
    if (usable === undefined) return this.#replace(deadline, { isAhead: false });
    if (this.#isAgeing(usable)) this.#refreshAhead();
    return usable;
  }

  /**
   * A token that is not about to end: one that is ageing is replaced first, not in the background.
   *
   * @throws VendorError as {@link TokenCache.get} does, also while the old token may still be used.
   */
  async obtainRenewed(deadline: Deadline): Promise<StoredToken> {
    this.#check(deadline);
    const token = this.#usable() ?? (await this.#replace(deadline, { isAhead: false }));
    return this.#isAgeing(token) ? this.#replace(deadline, { isAhead: true }) : token;
  }

  /** The token that is held, whether or not it may still be sent. */
  get current(): StoredToken | undefined {
    return this.#current;
  }

  /**
   * Says that the vendor refused this token. If it is still the current one, neither this cache nor,
   * from the store, any other gets it again.
   */
  invalidate(token: string): void {
    if (this.#current?.token !== token) return;
    this.#current = undefined;
    this.#rejected = token;
  }

  /**
   * Drops the token here and in the store, since it is worth nothing any more. A fetch that is under
   * way is awaited, and its token dropped as well.
   *
   * @throws VendorError `CONNECTION` if the store could not be told. Here it is dropped nevertheless.
   */
  async forget(): Promise<void> {
    await this.#flight?.outcome;
    this.#rejected = this.#current?.token ?? this.#rejected;
    this.#current = undefined;
    this.#failure = undefined;
    await this.#source.forget();
  }

  /** Forgets the token, and ends the fetch if there is one or, where that costs too much, awaits it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#current = undefined;
    const flight = this.#flight;
    if (this.#options.finishesAbandoned !== true) flight?.controller.abort(clientClosed);
    await flight?.outcome;
  }

  #check(deadline: Deadline): void {
    deadline.check();
    if (this.#isClosed) throw closedError('not-sent');
  }

  #usable(): StoredToken | undefined {
    const current = this.#current;
    const { clock } = this.#options;
    const isGood = current && isUsable(current, clock.now(), this.#source.margins);
    return isGood === true ? current : undefined;
  }

  #isAgeing(token: StoredToken): boolean {
    return isAgeing(token, this.#options.clock.now(), this.#source.margins);
  }

  /** Waits for a fetch that is under way, or begins one, unless that has just failed. */
  async #replace(deadline: Deadline, { isAhead }: { isAhead: boolean }): Promise<StoredToken> {
    const ahead = this.#flight?.isAhead === true && !isAhead ? this.#flight : undefined;
    if (ahead !== undefined) {
      // It was begun for another reason: if it fails, that means nothing for who has no token left.
      const outcome = await deadline.until(ahead.outcome);
      if ('token' in outcome) return outcome.token;
      this.#check(deadline);
    }
    const mustWait = this.#isBackingOff() && (isAhead || this.#failure?.isAhead === false);
    if (this.#flight === undefined && mustWait) throw this.#lastError();
    return this.#join(this.#flight ?? this.#start({ isAhead }), deadline);
  }

  #isBackingOff(): boolean {
    return this.#options.clock.monotonicNow() < (this.#failure?.untilMs ?? -Infinity);
  }

  #lastError(): unknown {
    const { clock } = this.#options;
    const { error, untilMs = 0 } = this.#failure ?? {};
    const copy = freshError(error);
    if (!VendorError.is(copy) || !(copy.retryable || copy.retryAt)) return copy;
    const pauseEndsAtMs = clock.now() + untilMs - clock.monotonicNow();
    const retryAtMs = Math.max(pauseEndsAtMs, copy.retryAt?.getTime() ?? 0);
    return Object.assign(copy, { retryAt: new Date(Math.ceil(retryAtMs)) });
  }

  #refreshAhead(): void {
    if (this.#flight === undefined && !this.#isBackingOff()) this.#start({ isAhead: true });
  }

  #start({ isAhead }: { isAhead: boolean }): Flight {
    const { clock, fetchTimeoutMs = 120_000 } = this.#options;
    const controller = new AbortController();
    const deadline = startDeadline({
      clock,
      deadlineMs: fetchTimeoutMs,
      signal: controller.signal,
    });
    const outcome = this.#fly(deadline, isAhead);
    this.#flight = { controller, deadline, isAhead, outcome, waiting: 0 };
    return this.#flight;
  }

  /** Waits for a fetch. Whoever leaves last, ends it. */
  async #join(flight: Flight, deadline: Deadline): Promise<StoredToken> {
    flight.waiting += 1;
    try {
      const outcome = await deadline.until(flight.outcome);
      if ('error' in outcome) throw freshError(outcome.error);
      return outcome.token;
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) this.#abandon(flight);
    }
  }

  #abandon(flight: Flight): void {
    const goesOn = flight.isAhead || this.#options.finishesAbandoned === true;
    if (goesOn || this.#flight !== flight) return;
    this.#flight = undefined;
    flight.controller.abort();
  }

  async #fly(deadline: Deadline, isAhead: boolean): Promise<Outcome> {
    try {
      const token = await this.#source.obtain(deadline, {
        isAhead,
        rejected: this.#rejected,
      });
      if (!this.#isClosed) this.#current = token;
      // The vendor may have given the same token again: then it is to be tried again.
      if (token.token === this.#rejected) this.#rejected = undefined;
      this.#failure = undefined;
      return { token };
    } catch (error) {
      if (deadline.signal?.aborted !== true) this.#noteFailure(error, isAhead);
      return { error };
    } finally {
      if (this.#flight?.deadline === deadline) this.#flight = undefined;
    }
  }

  #noteFailure(error: unknown, isAhead: boolean): void {
    const { clock, longestPauseMs = backOff.longestMs } = this.#options;
    const count = (this.#failure?.count ?? 0) + 1;
    const doubledMs = Math.min(backOff.firstMs * 2 ** (count - 1), backOff.longestMs);
    const retryAt = VendorError.is(error) ? error.retryAt : undefined;
    const askedMs = retryAt === undefined ? 0 : retryAt.getTime() - clock.now();
    // There is time to wait ahead of time, for as long as the vendor asks.
    const wantedMs = isAhead ? askedMs : Math.min(askedMs, longestPauseMs);
    const delayMs = Math.max(doubledMs, wantedMs);
    this.#failure = { error, count, isAhead, untilMs: clock.monotonicNow() + delayMs };
  }
}

/** Each caller gets an error of its own, since the engine adds to it what it knows of the call. */
function freshError(error: unknown): unknown {
  if (!VendorError.is(error)) return error;
  const copy = Object.setPrototypeOf(
    new Error(error.message),
    Object.getPrototypeOf(error),
  ) as Error;
  const { stack: _stack, ...own } = Object.getOwnPropertyDescriptors(error);
  Object.defineProperties(copy, own);
  if (error.stack !== undefined) copy.stack = error.stack;
  return copy;
}
