import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refusalPauseMs, type RefusalQuestion } from '../../src/retry/refusal-pause.ts';

const minute = 60_000;
const hour = 60 * minute;

const pause = (question: Partial<RefusalQuestion>) =>
  refusalPauseMs({
    askedMs: undefined,
    windowMs: minute,
    isProbe: false,
    afterRefusal: { marginMs: 1000, jitterMs: 0 },
    random: () => 0.5,
    ...question,
  });

describe('the pause after a refusal', () => {
  test('is what the vendor asked for, the margin and a random part', () => {
    expect(pause({ askedMs: 5000 })).toBe(6000);
    const afterRefusal = { marginMs: 1000, jitterMs: 300 };
    expect(pause({ askedMs: 5000, afterRefusal })).toBe(6150);
    expect(pause({ askedMs: 5000, afterRefusal, random: () => 0 })).toBe(6000);
  });

  test('is a window if the vendor says nothing, and a second where no rule holds', () => {
    expect(pause({})).toBe(minute + 1000);
    expect(pause({ windowMs: 0 })).toBe(2000);
  });

  test('is a second at least', () => {
    expect(pause({ askedMs: 0 })).toBe(2000);
    expect(pause({ askedMs: 0, windowMs: 10 })).toBe(2000);
  });

  test('is a window at least if the first call after a pause is refused again', () => {
    expect(pause({ askedMs: 5000, isProbe: true })).toBe(minute + 1000);
    expect(pause({ askedMs: 90_000, isProbe: true })).toBe(91_000);
    expect(pause({ askedMs: 0, isProbe: true, windowMs: 10 })).toBe(2000);
  });
});

describe('a Retry-After far beyond the window', () => {
  test.each([
    ['of 55,000 seconds is one of 55 s', 55_000_000, minute, 55_000],
    ['of an hour is taken at its word', hour, minute, hour],
    ['of an hour and a second is one of 3.6 s', hour + 1000, minute, 3601],
    ['of less than 60 windows is taken at its word', 59 * hour, hour, 59 * hour],
    ['of more than 60 windows is a thousandth', 61 * hour, hour, 219_600],
    ['that would be too long even so is taken at its word', 1001 * hour, minute, 1001 * hour],
  ])('%s', (_, askedMs, windowMs, expected) => {
    expect(pause({ askedMs, windowMs })).toBe(expected + 1000);
  });
});

test('whatever the vendor says, the pause is finite, whole, and no shorter than the margin asks', () => {
  const property = fc.property(
    fc.option(fc.nat({ max: 366 * 24 * hour }), { nil: undefined }),
    fc.nat({ max: 31 * 24 * hour }),
    fc.boolean(),
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    (askedMs, windowMs, isProbe, part) => {
      const afterRefusal = { marginMs: 700, jitterMs: 50 };
      const pauseMs = pause({ askedMs, windowMs, isProbe, afterRefusal, random: () => part });
      expect(Number.isInteger(pauseMs)).toBe(true);
      expect(pauseMs).toBeGreaterThanOrEqual(1700 + (isProbe ? windowMs - 1000 : 0));
      expect(pauseMs).toBeLessThanOrEqual(Math.max(askedMs ?? 0, windowMs, 1000) + 751);
    },
  );
  fc.assert(property);
});
