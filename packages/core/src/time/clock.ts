/** A timer that can be called off. */
export interface Timer {
  /** Calls the timer off. It may be called again, and after the timer has fired. */
  cancel(): void;
}

/**
 * Where the engine takes its time from. Everything that waits asks a clock, so that a test can make
 * hours pass in milliseconds.
 */
export interface Clock {
  /** The wall clock, in milliseconds since the Unix epoch. */
  now(): number;
  /** A clock that never jumps, in milliseconds since some moment. Durations are measured with it. */
  monotonicNow(): number;
  /** Runs a task once, after at least so many milliseconds. Any length is allowed. */
  schedule(delayMs: number, task: () => void): Timer;
}

/** Node's timers fire at once when asked for more than this. */
const longestTimeoutMs = 2_147_483_647;

const systemMark: unique symbol = Symbol.for('vendorkit.systemClock');

/** Recognises the computer's own clock, also that of another copy of this package. */
export function isSystemClock(clock: Clock): boolean {
  return systemMark in clock;
}

const mark = { [systemMark]: true };

/** The computer's own clock. */
export const systemClock: Clock = {
  ...mark,
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  schedule(delayMs, task) {
    const firesAt = performance.now() + delayMs;
    let timeout: NodeJS.Timeout;
    const arm = () => {
      const leftMs = firesAt - performance.now();
      // Node may fire up to a millisecond early, and its longest timer is 25 days.
      if (leftMs > 0) timeout = setTimeout(arm, Math.min(Math.ceil(leftMs), longestTimeoutMs));
      else task();
    };
    timeout = setTimeout(arm, Math.min(Math.max(0, Math.ceil(delayMs)), longestTimeoutMs));
    return { cancel: () => clearTimeout(timeout) };
  },
};
