/** What a vendor tells of the quota with an answer: the `X-RateLimit-*` headers. */
export interface ObservedQuota {
  /** How many calls the vendor says it allows in a window. */
  limit?: number;
  /** How many of them it says are left. */
  remaining?: number;
  /** How long it says until they are replenished, in milliseconds. */
  resetMs?: number;
}

/** A vendor that says more has made a mistake, for instance by sending an epoch. */
const longestPauseMs = 31 * 24 * 60 * 60 * 1000;

/**
 * What a window learned from its vendor, beyond its own log: a lower limit, slots that others use, and
 * the pause after a refusal. Most windows never have one.
 */
export class Restraint {
  /** The limit that the vendor told. */
  limit = Infinity;
  /** Nothing starts before this moment. */
  closedUntil = -Infinity;
  #held = 0;
  #heldUntil = -Infinity;
  #coolingSince = -Infinity;
  /** The call that tries out whether the vendor accepts again; `due` while there is none yet. */
  #probe: object | 'due' | undefined;

  /** How many slots are in use by others. */
  held(now: number): number {
    return now < this.#heldUntil ? this.#held : 0;
  }

  /** The moment at which the slots that others use are free again. */
  get heldUntil(): number {
    return this.#heldUntil;
  }

  /** Whether everything waits for the answer to one call. */
  get isProbing(): boolean {
    return typeof this.#probe === 'object';
  }

  /** Whether a call is the one that everything waits for. */
  isProbe(call: object): boolean {
    return this.#probe === call;
  }

  /** How many of some free slots may be used now. */
  allow(free: number, now: number): number {
    if (now < this.closedUntil || this.isProbing) return 0;
    return this.#probe === 'due' ? Math.min(free, 1) : free;
  }

  /** A call takes a slot. The first one after a pause is the probe. */
  take(call: object): void {
    if (this.#probe === 'due') this.#probe = call;
  }

  /** A call was answered, or ended in some other way. If it was the probe, the others may follow. */
  settle(call: object): void {
    if (this.#probe === call) this.#probe = undefined;
  }

  /** A call was never sent. If it was the probe, another has to be. */
  release(call: object): void {
    if (this.#probe === call) this.#probe = 'due';
  }

  /**
   * The vendor refused a call. The refusals of calls that were under way when the pause began are news
   * of the same event, and change nothing.
   */
  cool(call: object, dispatchedAt: number, now: number, pauseMs: number): void {
    if (call !== this.#probe && dispatchedAt <= this.#coolingSince) return;
    this.#coolingSince = now;
    this.#probe = 'due';
    // A pause of at least a millisecond keeps the calls before it and after it apart.
    this.close(now, Math.max(1, pauseMs));
  }

  /** Lets nothing start for some time. */
  close(now: number, pauseMs: number): void {
    this.closedUntil = Math.max(this.closedUntil, now + Math.min(pauseMs, longestPauseMs));
  }

  /** Keeps slots free that others use. Answers overtake each other, so that the worst news holds. */
  hold(count: number, now: number, resetMs: number): void {
    if (count <= this.held(now)) return;
    this.#held = count;
    this.#heldUntil = now + Math.min(resetMs, longestPauseMs);
  }

  /** Whether all of this is over, and the window may be forgotten. */
  isOver(now: number, windowMs: number): boolean {
    if (this.limit !== Infinity || now < this.#heldUntil) return false;
    // A pause is remembered for one more window, so that a first call after it is still a probe.
    return now >= this.closedUntil + (this.#probe === undefined ? 0 : windowMs);
  }
}
