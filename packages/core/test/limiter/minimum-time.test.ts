import { describe, expect, test } from '@jest/globals';
import { Limiter } from '../../src/limiter/limiter.ts';
import type { QuotaRule } from '../../src/limiter/rule.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { kinds, pseudoRandom, SimulatedVendor, sleep, type Kind } from './simulated-vendor.ts';

const minute = 60_000;

interface Delay {
  readonly outMs: number;
  readonly backMs: number;
}

/** How long calls are under way, by name, with the longest. */
const latencies: Record<string, { longestMs: number; draw: (random: () => number) => Delay }> = {
  '5 to 900 ms': {
    longestMs: 900,
    draw: (random) => {
      const totalMs = 5 + random() * 895;
      const outMs = random() * totalMs;
      return { outMs, backMs: totalMs - outMs };
    },
  },
  '2 s after they were counted': {
    longestMs: 2100,
    draw: (random) => ({ outMs: random() * 100, backMs: 2000 }),
  },
};

const bursts = [
  { calls: 75, limit: 60 },
  { calls: 25, limit: 10 },
];

function everyCase(): [Kind, string, { calls: number; limit: number }][] {
  return kinds.flatMap((kind) =>
    Object.keys(latencies).flatMap((latency) =>
      bursts.map((burst): [Kind, string, (typeof bursts)[number]] => [kind, latency, burst]),
    ),
  );
}

describe('a burst takes the minimum time and is never refused', () => {
  test.each(everyCase())('%s, answers take %s: %j a minute', async (kind, latency, burst) => {
    const { longestMs = 0, draw = () => ({ outMs: 0, backMs: 0 }) } = latencies[latency] ?? {};
    const rules = [{ key: 'account', limit: burst.limit, windowMs: minute }];
    const clock = new VirtualClock(new Date('2026-01-01T00:00:47.250Z'));
    const vendor = new SimulatedVendor(clock, kind, rules);
    const limiter = new Limiter(rules, { clock });
    const random = pseudoRandom(burst.calls);
    const calls = Array.from({ length: burst.calls }, (_, call) =>
      vendor.perform(limiter, { scopes: { account: 'one' } }, { call, ...draw(random) }),
    );
    await clock.run(Promise.all(calls));

    const cycles = Math.ceil(burst.calls / burst.limit) - 1;
    expect(vendor.refusals).toBe(0);
    expect(vendor.journeys).toHaveLength(burst.calls);
    expect(vendor.finishedAt).toBeLessThanOrEqual(cycles * (minute + longestMs) * 1.02 + longestMs);
    expect(vendor.finishedAt).toBeGreaterThanOrEqual(cycles * minute);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('several rules at once', () => {
  const rules: QuotaRule[] = [
    { key: 'institution', limit: 180, windowMs: minute },
    { key: 'service', limit: 60, windowMs: minute },
    { key: 'method', limit: 1, windowMs: 10 * minute, value: 'getCatalogDetailed' },
  ];
  const institution = 'MOSA';

  test.each(kinds)('no refusal and the minimum time: %s', async (kind) => {
    const clock = new VirtualClock();
    const vendor = new SimulatedVendor(clock, kind, rules);
    const limiter = new Limiter(rules, { clock });
    const random = pseudoRandom(3);
    const delay = () => ({ outMs: random() * 450, backMs: 5 + random() * 445 });
    const services = ['catalog', 'contact', 'order', 'access'];
    const calls = services.flatMap((service) =>
      Array.from({ length: 60 }, (_, call) =>
        vendor.perform(limiter, { scopes: { institution, service } }, { call, ...delay() }),
      ),
    );
    const scopes = { institution, service: 'catalog', method: 'getCatalogDetailed' };
    const detailed = Array.from({ length: 3 }, () => vendor.perform(limiter, { scopes }, delay()));

    await clock.run(Promise.all(calls));
    // 240 calls at 180 a minute, and one detailed catalogue among the 61 of its service.
    expect(vendor.finishedAt).toBeLessThanOrEqual((minute + 900) * 1.02 + 900);
    await clock.run(Promise.all(detailed));
    expect(vendor.refusals).toBe(0);
    expect(vendor.finishedAt).toBeLessThanOrEqual((21 * minute + 2700) * 1.02);
    expect(clock.pendingTimers).toBe(0);
  });

  test('calls that wait for a method hold up nobody else', async () => {
    const clock = new VirtualClock();
    const limiter = new Limiter(rules, { clock });
    const ask = (scopes: Record<string, string>) =>
      limiter.acquire({ scopes, priority: 'interactive', deadlineAt: Infinity });
    const scopes = { institution, service: 'catalog', method: 'getCatalogDetailed' };
    const detailed = Array.from({ length: 100 }, () => ask(scopes));
    expect(detailed.filter((answer) => answer instanceof Promise)).toHaveLength(99);
    expect(ask({ institution, service: 'catalog', method: 'getCatalog' })).toMatchObject({
      granted: true,
    });
    expect(ask({ institution, service: 'order' })).toMatchObject({ granted: true });
    limiter.close();
  });

  test('a call that needs a rare method gets it, however many others want the rest', async () => {
    const clock = new VirtualClock();
    const vendor = new SimulatedVendor(clock, 'sliding window', rules);
    const limiter = new Limiter(rules, { clock });
    const delay = { outMs: 20, backMs: 30 };
    const scopes = { institution, service: 'catalog', method: 'getCatalogDetailed' };
    const detailed = [1, 2].map((call) => vendor.perform(limiter, { scopes }, { ...delay, call }));
    const flood = async (service: string): Promise<void> => {
      while (clock.monotonicNow() < 12 * minute) {
        await vendor.perform(limiter, { scopes: { institution, service } }, delay);
      }
    };
    const floods = Array.from({ length: 200 }, (_, index) => flood(`service ${index % 4}`));
    const more = Array.from({ length: 70 }, () => flood('catalog'));
    await clock.run(Promise.all([...detailed, ...floods, ...more]));
    // Its method is free after ten minutes; then it is the oldest, and the next slots are its own.
    const second = vendor.journeys.find(({ call }) => call === 2);
    expect(second?.grantedAt).toBeGreaterThan(10 * minute);
    expect(second?.grantedAt).toBeLessThanOrEqual(11 * minute * 1.02);
    expect(vendor.refusals).toBe(0);
  });
});

test('a vendor that tells what is left, in whole seconds, costs no time', async () => {
  const limit = 10;
  const clock = new VirtualClock();
  const limiter = new Limiter([{ key: 'account', limit, windowMs: minute }], { clock });
  const random = pseudoRandom(10);
  let [start, used, refusals, finishedAt] = [-Infinity, 0, 0, 0];
  const perform = async () => {
    const request = {
      scopes: { account: 'one' },
      priority: 'batch',
      deadlineAt: Infinity,
    } as const;
    const admission = await limiter.acquire(request);
    if (!admission.granted) throw new Error(admission.reason);
    await sleep(clock, random() * 450);
    if (clock.monotonicNow() >= start + minute) [start, used] = [clock.monotonicNow(), 0];
    used += 1;
    if (used > limit) refusals += 1;
    const resetMs = 1000 * Math.ceil((start + minute - clock.monotonicNow()) / 1000);
    const remaining = Math.max(0, limit - used);
    await sleep(clock, 5 + random() * 445);
    admission.permit.learn({ limit, remaining, resetMs });
    admission.permit.settle();
    finishedAt = clock.monotonicNow();
  };
  await clock.run(Promise.all(Array.from({ length: 25 }, perform)));
  expect(refusals).toBe(0);
  expect(finishedAt).toBeLessThanOrEqual(2 * (minute + 900) * 1.02 + 900);
});

test('a foreign client that uses the quota costs one refusal for each pause', async () => {
  const rules = [{ key: 'account', limit: 10, windowMs: minute }];
  const clock = new VirtualClock();
  const vendor = new SimulatedVendor(clock, 'sliding window', rules);
  const limiter = new Limiter(rules, { clock });
  const scopes = { account: 'one' };
  const foreign = (async () => {
    for (let turn = 0; turn < 35; turn += 1) {
      for (let call = 0; call < 10; call += 1) vendor.accept(scopes);
      await sleep(clock, minute / 10);
    }
  })();
  await clock.advance(1);
  const calls = Array.from({ length: 8 }, (_, call) =>
    vendor.perform(limiter, { scopes }, { call, outMs: 10, backMs: 10 }),
  );
  await clock.run(Promise.all([foreign, ...calls]));
  const refusedAt = vendor.journeys.filter((journey) => journey.isRefused);
  const first = refusedAt.filter(({ answeredAt }) => answeredAt < 1000);
  const later = refusedAt.filter(({ answeredAt }) => answeredAt >= 1000);
  expect(first).toHaveLength(8);
  // After the first pause one call at a time finds out whether the vendor accepts again.
  expect(later.length).toBeGreaterThanOrEqual(2);
  expect(later.length).toBeLessThanOrEqual(Math.ceil(clock.monotonicNow() / minute));
  expect(vendor.journeys.filter(({ isRefused }) => !isRefused)).toHaveLength(8);
});
