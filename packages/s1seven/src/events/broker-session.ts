/** Which session of the broker a connection has, and whether one was lost. */
export class BrokerSession {
  #number = 0;
  #isNew = false;
  #wasGranted = false;
  #lostSinceMs: number | undefined;

  /** Counts the sessions. */
  get number(): number {
    return this.#number;
  }

  /**
   * Notes what the broker said at a login.
   *
   * @param heardAtMs - When it was last heard before, in milliseconds since the Unix epoch.
   */
  accepted(isPresent: boolean, heardAtMs: number): void {
    if (isPresent) return;
    this.#number += 1;
    this.#isNew = true;
    // A session whose topics were never granted had nothing to lose.
    if (this.#wasGranted) this.#lostSinceMs ??= heardAtMs;
  }

  /**
   * Notes that the topics were granted.
   *
   * @returns Whether the session is an earlier one whose topics had been granted, and since when events
   * may be missing if one was lost, in milliseconds since the Unix epoch.
   */
  granted(): { readonly resumed: boolean; readonly lostSinceMs: number | undefined } {
    const told = { resumed: !this.#isNew, lostSinceMs: this.#lostSinceMs };
    this.#isNew = false;
    this.#wasGranted = true;
    this.#lostSinceMs = undefined;
    return told;
  }
}
