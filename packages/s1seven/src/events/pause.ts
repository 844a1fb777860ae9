import type { Clock } from '@vendorkit/core';

/** Waits for so long, or until a signal is aborted. It never rejects, and leaves nothing behind. */
export async function pause(clock: Clock, lengthMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.schedule(lengthMs, end);
    signal.addEventListener('abort', end);
  });
}

/**
 * Waits for work, but no longer than so long.
 *
 * @returns Whether the work ended in time, well or not.
 */
export async function endsWithin(
  clock: Clock,
  lengthMs: number,
  work: Promise<unknown>,
): Promise<boolean> {
  const ended = new AbortController();
  let isDone = false;
  const end = () => {
    isDone = true;
    ended.abort();
  };
  work.then(end, end);
  await pause(clock, lengthMs, ended.signal);
  return isDone;
}
