import type { Hooks } from '@vendorkit/secutix-rest';

/** What the demo counts while it runs, from the events that every client publishes. */
export interface Tally {
  calls: number;
  attempts: number;
  refusals: number;
  /** How long all attempts together took, in milliseconds. */
  attemptsMs: number;
  readonly hooks: Hooks;
}

/** Starts counting. */
export function startTally(): Tally {
  const tally: Tally = {
    calls: 0,
    attempts: 0,
    refusals: 0,
    attemptsMs: 0,
    hooks: {
      callEnd: () => {
        tally.calls += 1;
      },
      attemptEnd: ({ code, durationMs }) => {
        tally.attempts += 1;
        tally.attemptsMs += durationMs;
        if (code === 'RATE_LIMITED') tally.refusals += 1;
      },
    },
  };
  return tally;
}
