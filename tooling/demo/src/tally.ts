import type { Hooks } from '@vendorkit/secutix-rest';

/** What the demo counts while it runs, from the events that every client publishes. */
export interface Tally {
  calls: number;
  attempts: number;
  refusals: number;
  longestAttemptMs: number;
  readonly hooks: Hooks;
}

/** Starts counting. */
export function startTally(): Tally {
  const tally: Tally = {
    calls: 0,
    attempts: 0,
    refusals: 0,
    longestAttemptMs: 0,
    hooks: {
      callEnd: () => {
        tally.calls += 1;
      },
      attemptEnd: ({ code, durationMs }) => {
        tally.attempts += 1;
        tally.longestAttemptMs = Math.max(tally.longestAttemptMs, durationMs);
        if (code === 'RATE_LIMITED') tally.refusals += 1;
      },
    },
  };
  return tally;
}
