import { describe, expect, test } from '@jest/globals';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { joinQuota, type ClientQuota } from '../../src/limiter/client-quota.ts';
import { Limiter } from '../../src/limiter/limiter.ts';
import type { WarningEvent } from '../../src/telemetry/events.ts';
import { createTelemetry } from '../../src/telemetry/channels.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';

const minute = 60_000;
const perMinute = (limit: number) => ({ key: 'account', limit, windowMs: minute });

type Options = Parameters<typeof joinQuota>[0];

function start() {
  const clock = new VirtualClock();
  const warnings: WarningEvent[] = [];
  const hooks = { warning: (event: WarningEvent) => void warnings.push(event) };
  const telemetry = createTelemetry({ vendor: 'acme', hooks });
  const join = (options: Partial<Options> = {}): ClientQuota =>
    joinQuota({
      vendor: 'acme',
      host: 'quota.example',
      account: 'wile',
      scopes: ['account', 'service'],
      rules: [perMinute(5)],
      quota: undefined,
      clock,
      telemetry,
      ...options,
    });
  return { clock, warnings, join };
}

async function take({ limiter }: ClientQuota): Promise<boolean> {
  const scopes = { account: 'wile', service: 'things' };
  const admission = await limiter.acquire({ scopes, priority: 'interactive', deadlineAt: 0 });
  if (admission.granted) admission.permit.settle();
  return admission.granted;
}

const limits = (quota: ClientQuota) => quota.peek().rules.map(({ limit }) => limit);

describe('the quota that a client joins', () => {
  test('has the rules of its vendor, unless it brings its own', () => {
    const { join } = start();
    expect(limits(join())).toEqual([5]);
    const own = join({
      account: 'other',
      quota: [perMinute(7), { ...perMinute(2), key: 'service' }],
    });
    expect(limits(own)).toEqual([7, 2]);
  });

  test('is shared with the other clients of the account, and counted once', async () => {
    const { join } = start();
    const [one, two] = [join({ rules: [perMinute(2)] }), join({ rules: [perMinute(2)] })];
    expect([await take(one), await take(two), await take(one)]).toEqual([true, true, false]);
    expect(two.peek().rules).toMatchObject([{ remaining: 0 }]);
  });

  test('survives the client', async () => {
    const { join } = start();
    const rules = [perMinute(1)];
    const first = join({ rules });
    expect(await take(first)).toBe(true);
    first.release();
    first.release();
    expect(await take(join({ rules }))).toBe(false);
  });

  test('is the stricter one where rules differ, which is told once', async () => {
    const { join, warnings } = start();
    const clients = [5, 3, 3, 5].map((limit) => join({ quota: [perMinute(limit)] }));
    expect(clients.map(limits)).toEqual([[3], [3], [3], [3]]);
    expect(warnings).toEqual([
      {
        vendor: 'acme',
        warning: 'quota-rules-differ',
        message: expect.stringMatching(/5.*3|3.*5/),
      },
    ]);
  });

  test('has no rule if the list is empty, and restrains nobody else', async () => {
    const { join, warnings } = start();
    const strict = join({ rules: [perMinute(1)] });
    const free = join({ rules: [perMinute(1)], quota: [] });
    expect([await take(free), await take(free), await take(free)]).toEqual([true, true, true]);
    expect([free.peek().rules, limits(strict), warnings]).toEqual([[], [1], []]);
  });

  test('may be a limiter, whose rules hold instead', async () => {
    const { clock, join } = start();
    const quota = new Limiter([perMinute(1)], { clock });
    const [one, two] = [join({ quota, account: 'one' }), join({ quota, account: 'two' })];
    expect([one.limiter, two.limiter]).toEqual([quota, quota]);
    expect([await take(one), await take(two)]).toEqual([true, false]);
    one.release();
    expect(limits(two)).toEqual([1]);
  });

  test.each<[object[], string]>([
    [[{ ...perMinute(1), key: 'method' }], 'quota[0].key'],
    [[perMinute(1), { ...perMinute(0), key: 'service' }], 'quota[1].limit'],
    [[{ ...perMinute(1), windowMs: '1s' }], 'quota[0].windowMs'],
    [[{ ...perMinute(1), polls: 'no' }], 'quota[0].polls'],
    [[{ ...perMinute(1), burst: 5 }], 'quota[0].burst'],
    [[perMinute(1), perMinute(2)], 'quota[1]'],
    [[null as unknown as object], 'quota[0]'],
  ])('refuses %j, and names %s', (quota, field) => {
    const { join } = start();
    const problem = () => join({ quota: quota as NonNullable<Options['quota']> });
    expect(problem).toThrow(VendorError);
    expect(problem).toThrow(expect.objectContaining({ code: 'CONFIGURATION', field }));
  });

  test('tells what was used, and what the contract includes', () => {
    const { join } = start();
    const monthly = { calls: 10_000, bytes: 1_000 };
    const quota = join({ monthly, account: 'counted' });
    quota.usage.count(12);
    expect(quota.peek().usage).toEqual({
      month: '2026-01',
      calls: 1,
      bytes: 12,
      included: monthly,
    });
    expect(join({ account: 'counted' }).peek().usage).toEqual({
      month: '2026-01',
      calls: 1,
      bytes: 12,
      included: undefined,
    });
  });
});
