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
}

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

  async function sleep(delayMs: number): Promise<void> {
    check();
    await new Promise<void>((resolve) => {
      const finish = () => {
        timer.cancel();
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = clock.schedule(Math.min(delayMs, Math.max(0, remainingMs())), finish);
      signal?.addEventListener('abort', finish);
    });
    check();
  }

  return { at, signal, clock, remainingMs, check, sleep };
}

/** The error of a call that its caller ended. The caller's reason is kept as `cause`. */
export function aborted(signal: AbortSignal): VendorError {
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
