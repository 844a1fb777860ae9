import { describe, expect, jest, test } from '@jest/globals';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { isSystemClock, systemClock } from '../../src/time/clock.ts';
import type * as clockModule from '../../src/time/clock.ts';
import { delay } from '../acme.ts';

const fired = async (delayMs: number) =>
  new Promise<number>((resolve) => {
    const startedAt = performance.now();
    systemClock.schedule(delayMs, () => resolve(performance.now() - startedAt));
  });

describe('the system clock', () => {
  test('reads the wall clock and one that never jumps', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(50);
    const first = systemClock.monotonicNow();
    expect(systemClock.monotonicNow()).toBeGreaterThanOrEqual(first);
  });

  test.each([0, 0.4, 1, 7.3, 20])('fires no earlier than after %f ms', async (delayMs) => {
    const elapsedMs = await fired(delayMs);
    expect(elapsedMs).toBeGreaterThanOrEqual(delayMs);
    expect(elapsedMs).toBeLessThan(delayMs + 200);
  });

  test('takes a time in the past for now', async () => {
    expect(await fired(-100)).toBeLessThan(200);
  });

  test.each([2 ** 31, 2 ** 40, Infinity])('does not fire at once after %i ms', async (delayMs) => {
    let hasFired = false;
    const timer = systemClock.schedule(delayMs, () => {
      hasFired = true;
    });
    await delay(30);
    timer.cancel();
    expect(hasFired).toBe(false);
  });

  test('waits longer than Node can at a time', () => {
    jest.useFakeTimers();
    try {
      const days = (count: number) => count * 86_400_000;
      let hasFired = false;
      systemClock.schedule(days(40), () => {
        hasFired = true;
      });
      jest.advanceTimersByTime(days(40) - 1);
      expect(hasFired).toBe(false);
      jest.advanceTimersByTime(2);
      expect([hasFired, jest.getTimerCount()]).toEqual([true, 0]);
    } finally {
      jest.useRealTimers();
    }
  });

  test('can be called off, again and too late', async () => {
    let count = 0;
    const timer = systemClock.schedule(5, () => (count += 1));
    timer.cancel();
    timer.cancel();
    await delay(30);
    expect(count).toBe(0);
    const late = systemClock.schedule(0, () => (count += 1));
    await delay(30);
    late.cancel();
    expect(count).toBe(1);
  });

  test('is recognised across copies of the package, and no other clock is', () => {
    let copy: typeof clockModule | undefined;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof clockModule>('../../src/time/clock.ts');
    });
    expect(copy?.systemClock).not.toBe(systemClock);
    expect(copy?.isSystemClock(systemClock)).toBe(true);
    expect(copy && isSystemClock(copy.systemClock)).toBe(true);
    expect(isSystemClock(new VirtualClock())).toBe(false);
  });
});
