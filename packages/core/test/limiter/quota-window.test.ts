import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activate, QuotaWindow } from '../../src/limiter/quota-window.ts';

const windowMs = 1000;
const busyMs = 1001;

interface Situation {
  limit: number;
  ended: { endedAt: number; transitMs: number }[];
  inFlight: number;
  heldMs: number;
  foreign: number;
}

const situation: fc.Arbitrary<Situation> = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  ended: fc.array(
    fc.record({
      endedAt: fc.integer({ min: 0, max: 900 }),
      transitMs: fc.constantFrom(0, 0, 500, 3000),
    }),
    { maxLength: 6 },
  ),
  inFlight: fc.integer({ min: 0, max: 3 }),
  heldMs: fc.integer({ min: 1000, max: 2500 }),
  foreign: fc.integer({ min: 0, max: 6 }),
});

const now = 900;

/** Brings a window there, and tells when each of its slots becomes free at the earliest. */
function arrange({ limit, ended, inFlight, heldMs, foreign }: Situation) {
  const window = new QuotaWindow(activate({ key: 'key', limit, windowMs }), 'value');
  const calls = ended.slice(0, limit).toSorted((one, other) => one.endedAt - other.endedAt);
  const underWay = Math.min(inFlight, limit - calls.length);
  for (const { endedAt, transitMs } of calls) {
    const call = { dispatchedAt: 0 };
    window.take(call);
    window.settle(call, endedAt, transitMs);
  }
  for (let call = 0; call < underWay; call += 1) window.take({ dispatchedAt: 0 });
  const held = Math.min(foreign, limit - calls.length - underWay);
  const free = limit - calls.length - underWay - held;
  // A vendor that has none left closes the window, which is another matter.
  const isTold = held > 0 && free > 0;
  if (isTold) window.learn({ dispatchedAt: now }, { remaining: free, resetMs: heldMs }, now);
  const logged = calls.map(({ endedAt, transitMs }) => endedAt + transitMs + busyMs);
  return {
    window,
    free: isTold ? free : free + held,
    known: [...logged, ...Array.from({ length: isTold ? held : 0 }, () => now + heldMs)],
    underWay,
  };
}

const ascending = (one: number, other: number) => one - other;

describe('whatever is in use, by us and by others', () => {
  test('the earliest start is when the slot is free that is left by those ahead', () => {
    const property = fc.property(situation, fc.nat({ max: 30 }), (plan, ahead) => {
      const { window, free, known, underWay } = arrange(plan);
      let slots = [
        ...Array.from({ length: free }, () => now),
        ...known,
        ...Array.from({ length: underWay }, () => now + busyMs),
      ];
      const isEven =
        Math.max(...slots) - Math.min(...slots) <= busyMs && Math.max(...slots) <= now + busyMs;
      for (let call = 0; call < ahead; call += 1) {
        const [first = now, ...others] = slots.toSorted(ascending);
        slots = [...others, first + busyMs];
      }
      const earliest = window.earliestStart(now, ahead);
      const exact = Math.min(...slots);
      // After long transits the shortcut may be too early, but it is never too late.
      expect(earliest).toBeLessThanOrEqual(exact);
      expect(isEven ? earliest : exact).toBe(exact);
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('the next start is when the first busy slot is free, if that is known', () => {
    const property = fc.property(situation, (plan) => {
      const { window, free, known } = arrange(plan);
      expect(window.room(now)).toBe(free);
      expect(window.nextStart(now)).toBe(free > 0 ? now : Math.min(...known));
    });
    fc.assert(property, { numRuns: 500 });
  });
});

test('a slot held for others comes in order with our own', () => {
  const window = new QuotaWindow(activate({ key: 'key', limit: 4, windowMs }), 'value');
  const calls = [{ dispatchedAt: 0 }, { dispatchedAt: 0 }];
  for (const call of calls) window.take(call);
  calls.forEach((call, index) => window.settle(call, index * 400, 0));
  window.learn({ dispatchedAt: now }, { remaining: 1, resetMs: 1000 }, 200);
  const moments = [0, 1, 2, 3, 4].map((ahead) => window.earliestStart(400, ahead));
  expect(moments).toEqual([400, 1001, 1200, 1401, 1401]);
});
