import { describe, expect, test } from '@jest/globals';
import { QuotaMeter } from '../../src/testing/quota.ts';
import type { QuotaKind } from '../../src/testing/quota.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';

function meter(kind: QuotaKind, limit = 2) {
  const clock = new VirtualClock(new Date('2026-01-01T00:00:00Z'));
  const quota = new QuotaMeter({ kind, limit, windowMs: 1_000, clock });
  /** The verdicts of calls at these moments of the clock. */
  async function at(...momentsMs: number[]): Promise<boolean[]> {
    const verdicts: boolean[] = [];
    for (const moment of momentsMs) {
      await clock.advance(moment - clock.monotonicNow());
      verdicts.push(quota.admit('museum').accepted);
    }
    return verdicts;
  }
  return { clock, quota, at };
}

describe('which calls are accepted', () => {
  test('fixed: twice the limit around the edge of a window', async () => {
    const { at } = meter('fixed');
    expect(await at(900, 999, 999, 1_000, 1_001, 1_002)).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  test('sliding: never more than the limit in any window', async () => {
    const { at } = meter('sliding');
    expect(await at(900, 950, 1_899, 1_900, 1_901, 1_950)).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });

  test('sliding, counting refusals: a refused call delays the next', async () => {
    const { at } = meter('sliding-counting-refusals');
    expect(await at(0, 100, 900, 1_050, 1_901, 1_950, 2_902)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  test('token bucket: a burst of the limit, then evenly', async () => {
    const { at } = meter('token-bucket');
    expect(await at(0, 0, 0, 499, 500, 501, 1_000)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });
});

test.each<[QuotaKind, number]>([
  ['fixed', 900],
  ['sliding', 1_000],
  ['sliding-counting-refusals', 1_000],
  ['token-bucket', 500],
])('%s tells what is left and when a call comes back', async (kind, resetMs) => {
  const { quota, clock } = meter(kind);
  await clock.advance(100);
  expect(quota.admit('a')).toMatchObject({ accepted: true, remaining: 1 });
  expect(quota.admit('a')).toMatchObject({ accepted: true, remaining: 0 });
  const refused = quota.admit('a');
  expect(refused).toMatchObject({ accepted: false, remaining: 0 });
  expect(Math.abs(refused.resetMs - resetMs)).toBeLessThan(1);
  await clock.advance(Math.ceil(refused.resetMs));
  expect(quota.admit('a').accepted).toBe(true);
});

test('keys are counted apart', () => {
  const { quota } = meter('sliding', 1);
  expect([quota.admit('a'), quota.admit('b'), quota.admit('a')].map((v) => v.accepted)).toEqual([
    true,
    true,
    false,
  ]);
});
