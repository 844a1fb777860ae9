import { clientClosed, closedError } from '../errors/closed.ts';
import { VendorError } from '../errors/vendor-error.ts';
import type { Clock } from './clock.ts';

/** The end of a call: an absolute moment, the caller's signal, or whichever comes first. */
export interface Deadline {
  /** The moment at which the call ends, on the clock's monotonic scale. */
  readonly at: number;
  /** The caller's signal. */
  readonly signal: AbortSignal | undefined;
  /** The clock that `at` is read on. */
  readonly clock: Clock;
  /** How many milliseconds are left; zero or less when the deadline has passed. */
  remainingMs(): number;
  /** Throws `ABORTED` or `DEADLINE_EXCEEDED` if the call is already over. */
  check(): void;
  /**
   * Waits, but never longer than the call may last. It rejects with `ABORTED` or `DEADLINE_EXCEEDED`
   * and leaves neither timer nor listener behind.
   */
  sleep(delayMs: number): Promise<void>;
  /** Waits for work that goes on by itself, with the same two ends as {@link Deadline.sleep}. */
  until<Result>(work: Promise<Result>): Promise<Result>;
}

const doNothing = (): void => {};

/** Starts the clock of a call. */
export function startDeadline(options: {
  clock: Clock;
  deadlineMs: number;
  signal?: AbortSignal | undefined;
}): Deadline {
  const { clock, deadlineMs, signal } = options;
  const at = clock.monotonicNow() + deadlineMs;
  const remainingMs = () => at - clock.monotonicNow();

  function check(): void {
    if (signal?.aborted === true) throw aborted(signal);
    if (remainingMs() <= 0) throw deadlineExceeded(deadlineMs);
  }

  /** Ends after so much time, at the caller's signal, or when `end` is called. */
  function startPause(lengthMs: number): { ended: Promise<void>; end: () => void } {
    let end = doNothing;
    const ended = new Promise<void>((resolve) => {
      end = () => {
        timer.cancel();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = clock.schedule(Math.min(lengthMs, Math.max(0, remainingMs())), () => end());
      signal?.addEventListener('abort', end);
    });
    return { ended, end };
  }

  async function sleep(delayMs: number): Promise<void> {
    check();
    await startPause(delayMs).ended;
    check();
  }

  async function until<Result>(work: Promise<Result>): Promise<Result> {
    let isSettled = false;
    let end = doNothing;
    const settle = () => {
      isSettled = true;
      end();
    };
    // First of all: work that nobody waits for any more must not end as an unhandled rejection.
    work.then(settle, settle);
    check();
    const pause = startPause(remainingMs());
    ({ end } = pause);
    await pause.ended;
    if (isSettled) return work;
    check();
    throw deadlineExceeded(deadlineMs);
  }

  return { at, signal, clock, remainingMs, check, sleep, until };
}

/**
 * The error of a call that its caller ended. The caller's reason is kept as `cause`; a client that is
 * closed ends its calls with `CLOSED`, each with an error of its own.
 */
export function aborted(signal: AbortSignal): VendorError {
  if (signal.reason === clientClosed) return closedError();
  return new VendorError('The call was aborted by its signal.', {
    code: 'ABORTED',
    cause: signal.reason,
  });
}

/** The error of a call that took longer than it may. */
export function deadlineExceeded(deadlineMs: number): VendorError {
  return new VendorError(`The call did not end within its deadline of ${deadlineMs} ms.`, {
    code: 'DEADLINE_EXCEEDED',
    retryable: true,
  });
}
