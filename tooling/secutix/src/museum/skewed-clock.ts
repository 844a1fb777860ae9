import type { Clock } from '@vendorkit/core';

/** A clock that goes wrong by an amount that can be changed at any time. */
export class SkewedClock implements Clock {
  /** How far it is ahead of the true clock, in milliseconds; negative if behind. */
  skewMs: number;
  readonly #clock: Clock & { sleep?: (delayMs: number) => Promise<void> };

  constructor(clock: Clock, skewMs: number) {
    this.#clock = clock;
    this.skewMs = skewMs;
  }

  now(): number {
    return this.#clock.now() + this.skewMs;
  }

  monotonicNow(): number {
    return this.#clock.monotonicNow();
  }

  schedule(delayMs: number, task: () => void): ReturnType<Clock['schedule']> {
    return this.#clock.schedule(delayMs, task);
  }

  /** Waits; a virtual clock is told, so that it may move on meanwhile. */
  async sleep(delayMs: number): Promise<void> {
    if (this.#clock.sleep !== undefined) return this.#clock.sleep(delayMs);
    await new Promise<void>((resolve) => this.#clock.schedule(delayMs, resolve));
  }
}
