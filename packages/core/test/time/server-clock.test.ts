import { describe, expect, test } from '@jest/globals';
import { array, assert, asyncProperty, integer, record } from 'fast-check';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { ServerClock } from '../../src/time/server-clock.ts';
import { planSignature } from '../../src/time/signature-plan.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

/** A client beside a vendor whose clock is so much ahead, and whose dates are so old. */
function setting(skewMs: number, lagMs = 0) {
  const clock = new VirtualClock(new Date(start));
  const serverClock = new ServerClock(clock);
  const vendorNow = () => clock.now() + skewMs;
  /** One answer, after so much time on each way. */
  async function answer(outMs = 10, backMs = 10): Promise<string> {
    const sentAtMs = clock.now();
    await clock.advance(outMs);
    const date = httpDate(vendorNow() - lagMs);
    await clock.advance(backMs);
    serverClock.observe({ date, sentAtMs, receivedAtMs: clock.now() });
    return date;
  }
  /** One signed call, mended once: the ages at arrival of the tokens it took. */
  async function call(outMs: number, backMs: number): Promise<number[]> {
    const ages: number[] = [];
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const { issuedAtSeconds, waitMs } = planSignature(serverClock.window());
      await clock.advance(waitMs);
      const ageMs = vendorNow() + outMs - issuedAtSeconds * 1000;
      ages.push(ageMs);
      const date = await answer(outMs, backMs);
      if (ageMs >= 0 && ageMs < 1_000) break;
      if (!serverClock.disagrees(date, issuedAtSeconds * 1000)) break;
      serverClock.doubt();
    }
    return ages;
  }
  /** The bounds of the vendor's clock, relative to the local one. */
  function bounds(): [number, number] {
    const { earliestMs, latestMs } = serverClock.window();
    return [earliestMs - clock.now(), latestMs - clock.now()];
  }
  return { clock, serverClock, answer, call, bounds };
}

describe('the local clock is taken to be right', () => {
  test('before anything is known', () => {
    expect(setting(0).bounds()).toEqual([-50, 50]);
  });

  test('while dates agree, even if they are a second old', async () => {
    for (const lagMs of [0, 400, 1_000]) {
      const { clock, answer, bounds } = setting(0, lagMs);
      for (let index = 0; index < 30; index += 1) {
        await answer();
        await clock.advance(237);
      }
      const [low, high] = bounds();
      expect(low).toBeLessThanOrEqual(0);
      expect(high).toBeGreaterThanOrEqual(0);
      expect(high - low).toBeLessThanOrEqual(100);
    }
  });

  test('after a doubt too, unless a date contradicts it', async () => {
    const { answer, serverClock, bounds } = setting(0);
    await answer(700, 700);
    serverClock.doubt();
    expect(bounds()).toEqual([-50, 50]);
  });
});

describe('the vendor is known to differ', () => {
  test('at once, if its date lies in the future', async () => {
    const { answer, bounds } = setting(5_000);
    await answer(10, 10);
    expect(bounds()).toEqual([4_980, 6_000]);
  });

  test('by little more than is proved, if that is little', async () => {
    const { clock, answer, bounds } = setting(300);
    await clock.advance(800);
    await answer(10, 10);
    expect(bounds()).toEqual([180, 280]);
  });

  test('at once, if its date is older than a server may write', async () => {
    const { clock, answer, bounds } = setting(-5_000);
    await clock.advance(400);
    await answer();
    const [low, high] = bounds();
    expect([low <= -5_000, high >= -5_000, high - low]).toEqual([true, true, 1_020]);
  });

  test('after a doubt, if its date is older than the answer', async () => {
    const { clock, answer, bounds, serverClock } = setting(-900);
    await clock.advance(500);
    await answer();
    expect(bounds()).toEqual([-50, 50]);
    serverClock.doubt();
    const [low, high] = bounds();
    expect([low <= -900, high >= -900, high < 0]).toEqual([true, true, true]);
    serverClock.reset();
    expect(bounds()).toEqual([-50, 50]);
  });
});

describe('what is learned', () => {
  test('bounds the truth, whatever the latencies and the moments', async () => {
    const moments = array(
      record({ pauseMs: integer({ min: 0, max: 5_000 }), outMs: latency, backMs: latency }),
      { minLength: 1, maxLength: 20 },
    );
    const check = asyncProperty(skew, moments, async (skewMs, steps) => {
      const { clock, answer, bounds, serverClock } = setting(skewMs);
      serverClock.doubt();
      for (const { pauseMs, outMs, backMs } of steps) {
        await clock.advance(pauseMs);
        await answer(outMs, backMs);
      }
      const [low, high] = bounds();
      // Where the local clock is possible still, it is taken to be right.
      if (low >= -50 && high <= 50) return Math.abs(skewMs) < 2_000;
      return low <= skewMs && skewMs <= high;
    });
    await expect(assert(check, { numRuns: 150 })).resolves.toBeUndefined();
  });

  test('is narrowed by each answer that came at another moment of the second', async () => {
    const { clock, answer, bounds, serverClock } = setting(-3_600_000);
    serverClock.doubt();
    for (let index = 0; index < 20; index += 1) {
      await answer();
      await clock.advance(137);
    }
    const [low, high] = bounds();
    expect(low).toBeLessThanOrEqual(-3_600_000);
    expect(high).toBeGreaterThanOrEqual(-3_600_000);
    expect(high - low).toBeLessThan(150);
  });

  test('is widened with time, by 100 parts in a million', async () => {
    const { clock, answer, bounds } = setting(5_000);
    await answer(10, 10);
    await clock.advance(1_000_000);
    const [low, high] = bounds();
    expect([Math.round(low), Math.round(high)]).toEqual([4_880, 6_100]);
  });

  test('is dropped when a clock was set', () => {
    const clock = new VirtualClock(new Date(start));
    const serverClock = new ServerClock(clock);
    serverClock.doubt();
    const observe = (skewMs: number) =>
      serverClock.observe({
        date: httpDate(start + skewMs),
        sentAtMs: start,
        receivedAtMs: start + 20,
      });
    observe(60_000);
    observe(90_000);
    expect(serverClock.window()).toEqual({ earliestMs: start + 89_980, latestMs: start + 91_000 });
  });
});

test.each([
  { date: undefined },
  { date: 'yesterday' },
  { date: '2026-01-01T01:00:00Z' },
  { date: 'Thu, 01 Jan 2026 01:00:00 +0100' },
  { date: 'Thu, 99 Xxx 2026 01:00:00 GMT' },
  { date: httpDate(start + 3_600_000), age: '5' },
  { date: httpDate(start + 3_600_000), age: 'nonsense' },
])('%j is passed over', (sample) => {
  const serverClock = new ServerClock(new VirtualClock(new Date(start)));
  serverClock.observe({ ...sample, sentAtMs: start, receivedAtMs: start });
  expect(serverClock.window()).toEqual({ earliestMs: start - 50, latestMs: start + 50 });
});

test('a date disagrees with a token if it shows another second', () => {
  const serverClock = new ServerClock(new VirtualClock());
  const disagrees = [-1_000, 0, 999, 1_000].map((ms) =>
    serverClock.disagrees(httpDate(start), start + ms),
  );
  expect(disagrees).toEqual([true, false, false, true]);
  expect(serverClock.disagrees(undefined, start)).toBe(false);
});

const latency = integer({ min: 0, max: 400 });
const skew = integer({ min: -7_200_000, max: 7_200_000 });

describe('tokens with whole seconds', () => {
  test('are fresh from the first call on, if the clocks agree within 200 ms', async () => {
    const steps = array(
      record({ pauseMs: integer({ min: 0, max: 3_000 }), outMs: integer({ min: 1, max: 90 }) }),
      {
        minLength: 1,
        maxLength: 25,
      },
    );
    const check = asyncProperty(integer({ min: 0, max: 200 }), steps, async (skewMs, calls) => {
      const { clock, call } = setting(skewMs);
      const refused: number[] = [];
      for (const { pauseMs, outMs } of calls) {
        await clock.advance(pauseMs);
        refused.push(...(await call(outMs, 10)).filter((ageMs) => ageMs < 0 || ageMs >= 1_000));
      }
      return refused.length === 0;
    });
    await expect(assert(check, { numRuns: 100 })).resolves.toBeUndefined();
  });

  test.each([900, -900, 5_000, -5_000, 3_600_000, -3_600_000])(
    'are fresh with a vendor %d ms ahead, once answers have come at several moments of a second',
    async (skewMs) => {
      const { clock, answer, call } = setting(skewMs);
      for (let index = 0; index < 12; index += 1) {
        await answer(10, 10);
        await clock.advance(181);
      }
      await call(10, 10);
      const ages: number[] = [];
      for (let index = 0; index < 200; index += 1) {
        await clock.advance((index * 7_919) % 2_500);
        ages.push(...(await call(1 + (index % 90), 10)));
      }
      expect(ages.length).toBe(200);
      expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...ages)).toBeLessThan(1_000);
    },
  );
});
