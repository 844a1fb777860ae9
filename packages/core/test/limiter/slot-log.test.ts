import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SlotLog } from '../../src/limiter/slot-log.ts';

test('a log is a sorted list that forgets what is over, but for the latest of it', () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 50 }), at: fc.constant(0) }),
    fc.record({ add: fc.constant(undefined), at: fc.integer({ min: 0, max: 20 }) }),
  );
  const property = fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const log = new SlotLog();
    let expected: number[] = [];
    const freed: number[] = [];
    let now = 0;
    for (const { add, at } of steps) {
      const before = now;
      now += at;
      log.expire(now);
      const fresh = expected.filter((moment) => moment <= now);
      freed.push(...fresh);
      expected = expected.filter((moment) => moment > now);
      expect(log.freedAfter(before)).toBe(fresh.length);
      const known = freed.filter((moment) => moment > before - 10).length;
      expect(log.freedAfter(before - 10)).toBeLessThanOrEqual(known);
      if (add !== undefined && add > 0) {
        log.add(now + add);
        expected = [...expected, now + add].toSorted((one, other) => one - other);
      }
      expect(log.size).toBe(expected.length);
      expect(expected.map((_, rank) => log.at(rank))).toEqual(expected);
    }
  });
  fc.assert(property);
});
