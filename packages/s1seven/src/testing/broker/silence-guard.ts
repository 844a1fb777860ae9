import type { Clock, Timer } from '@vendorkit/core';

/** Notices when a client has been silent for too long. */
export class SilenceGuard {
  readonly #clock: Clock;
  readonly #onSilence: () => void;
  #longestMs = 0;
  #heardAt = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, onSilence: () => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Allows so much silence from now on, in milliseconds; 0 allows any. */
  allow(longestMs: number): void {
    this.stop();
    this.#longestMs = longestMs;
    this.heard();
    if (longestMs > 0) this.#watch(longestMs);
  }

  heard(): void {
    this.#heardAt = this.#clock.monotonicNow();
  }

  stop(): void {
    this.#timer?.cancel();
  }

  #watch(delayMs: number): void {
    this.#timer = this.#clock.schedule(delayMs, () => {
      const leftMs = this.#heardAt + this.#longestMs - this.#clock.monotonicNow();
      if (leftMs > 0) this.#watch(leftMs);
      else this.#onSilence();
    });
  }
}
