import { describe, expect, test } from '@jest/globals';
import { assert, double, integer, property } from 'fast-check';
import { planSignature } from '../../src/time/signature-plan.ts';

test.each([
  // earliest, latest, iat, wait
  [10_000, 10_000, 10, 0],
  [10_750, 10_750, 10, 0],
  [10_751, 10_751, 11, 249],
  [10_999.5, 10_999.5, 11, 1],
  [10_400, 10_700, 10, 0],
  [10_500, 10_801, 11, 500],
  [10_990, 11_010, 11, 10],
  // Too little is known: the beginning of a second is the best there is.
  [10_010, 11_010, 10, 0],
  [10_100, 11_100, 11, 900],
])(
  'a vendor clock between %d and %d is signed with iat %d after %d ms',
  (earliestMs, latestMs, issuedAtSeconds, waitMs) => {
    expect(planSignature({ earliestMs, latestMs })).toEqual({ issuedAtSeconds, waitMs });
  },
);

test('a smaller margin leaves more of the second', () => {
  expect(planSignature({ earliestMs: 10_900, latestMs: 10_900, marginMs: 50 }).waitMs).toBe(0);
});

describe('whatever the clock reads', () => {
  const moment = double({ min: 0, max: 4e12, noNaN: true });
  const width = double({ min: 0, max: 3_000, noNaN: true });
  const margin = integer({ min: 0, max: 900 });

  test('a token never lies in the future, and the wait is shorter than a second', () => {
    const check = property(moment, width, margin, (earliestMs, widthMs, marginMs) => {
      const plan = planSignature({ earliestMs, latestMs: earliestMs + widthMs, marginMs });
      const isPast = plan.issuedAtSeconds * 1000 <= earliestMs + plan.waitMs;
      return isPast && plan.waitMs >= 0 && plan.waitMs <= 1_000;
    });
    expect(() => assert(check, { numRuns: 5_000 })).not.toThrow();
  });

  test('a token leaves with the margin to spare, where enough is known', () => {
    const check = property(moment, width, margin, (earliestMs, widthMs, marginMs) => {
      const knownMs = Math.min(widthMs, 1_000 - marginMs - 25);
      const plan = planSignature({ earliestMs, latestMs: earliestMs + knownMs, marginMs });
      const oldestMs = earliestMs + knownMs + plan.waitMs - plan.issuedAtSeconds * 1000;
      return oldestMs <= 1_000 - marginMs + 0.01;
    });
    expect(() => assert(check, { numRuns: 5_000 })).not.toThrow();
  });

  test('a plan made again after its wait says: now', () => {
    const check = property(moment, width, (earliestMs, widthMs) => {
      const { issuedAtSeconds, waitMs } = planSignature({
        earliestMs,
        latestMs: earliestMs + widthMs,
      });
      const later = { earliestMs: earliestMs + waitMs, latestMs: earliestMs + waitMs + widthMs };
      const again = planSignature(later);
      return again.waitMs === 0 && again.issuedAtSeconds === issuedAtSeconds;
    });
    expect(() => assert(check, { numRuns: 5_000 })).not.toThrow();
  });
});
