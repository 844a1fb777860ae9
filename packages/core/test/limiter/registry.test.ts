import { describe, expect, jest, test } from '@jest/globals';
import type * as registryModule from '../../src/limiter/registry.ts';
import { sharedLimiter } from '../../src/limiter/registry.ts';
import type { QuotaRule } from '../../src/limiter/rule.ts';
import type { QuotaLimiter } from '../../src/limiter/limiter.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import type * as clockModule from '../../src/time/clock.ts';
import { systemClock, type Clock } from '../../src/time/clock.ts';

const minute = 60_000;
const perMinute = (limit: number): QuotaRule => ({ key: 'institution', limit, windowMs: minute });
const identity = { vendor: 'secutix', host: 'demo.example', account: 'MOSA' };

function ask(limiter: QuotaLimiter) {
  return limiter.acquire({
    scopes: { institution: 'MOSA', service: 'catalog' },
    priority: 'interactive',
    deadlineAt: Infinity,
  });
}

function open(clock: Clock, rules: QuotaRule[]) {
  return sharedLimiter({ ...identity, rules, clock });
}

function isGranted(limiter: QuotaLimiter): boolean {
  const admission = ask(limiter);
  if ('granted' in admission && admission.granted) admission.permit.settle();
  return !(admission instanceof Promise);
}

/** Everything that is reachable from the hub by its own properties, as text. */
function hubText(): string {
  const hub: unknown = Reflect.get(globalThis, Symbol.for('vendorkit.hub@1'));
  const accounts = (hub as { accounts: Map<string, unknown> }).accounts;
  return JSON.stringify([...accounts.keys()]);
}

describe('clients of one account', () => {
  test('share one budget, and others have their own', () => {
    const clock = new VirtualClock();
    const join = (other: Partial<typeof identity> = {}) =>
      sharedLimiter({ ...identity, ...other, rules: [perMinute(2)], clock }).limiter;
    const [one, two] = [join(), join()];
    expect([isGranted(one), isGranted(two), isGranted(one)]).toEqual([true, true, false]);
    expect(isGranted(join({ host: 'DEMO.example' }))).toBe(false);
    expect(isGranted(join({ account: 'OTHER' }))).toBe(true);
    expect(isGranted(join({ host: 'other.example' }))).toBe(true);
    expect(isGranted(join({ vendor: 's1seven' }))).toBe(true);
  });

  test('with clocks of their own do not share', () => {
    expect(isGranted(open(new VirtualClock(), [perMinute(1)]).limiter)).toBe(true);
    expect(isGranted(open(new VirtualClock(), [perMinute(1)]).limiter)).toBe(true);
  });

  test('find what was used even if all of them were closed', async () => {
    const clock = new VirtualClock();
    const first = open(clock, [perMinute(1)]);
    expect(isGranted(first.limiter)).toBe(true);
    first.release();
    first.release();
    const second = open(clock, [perMinute(1)]);
    expect(isGranted(second.limiter)).toBe(false);
    second.release();
  });

  test('are forgotten once they are closed and nothing is in use', async () => {
    const clock = new VirtualClock();
    const first = open(clock, [perMinute(1)]);
    isGranted(first.limiter);
    first.release();
    await clock.advance(2 * minute);
    const second = open(clock, [perMinute(1)]);
    expect(second.limiter).not.toBe(first.limiter);
    expect(isGranted(second.limiter)).toBe(true);
  });

  test('are not named in the global state', () => {
    const rules = [perMinute(1)];
    const { release } = sharedLimiter({ ...identity, rules, clock: systemClock });
    expect(hubText()).toMatch(/^\["[\w-]{43}"\]$/);
    release();
  });
});

describe('rules that differ', () => {
  test('hold together while their clients are open: the lower limit, and every window', () => {
    const clock = new VirtualClock();
    const first = open(clock, [perMinute(3)]);
    const second = open(clock, [perMinute(2), { key: 'service', limit: 1, windowMs: 1000 }]);
    const limits = () => first.limiter.peek().rules.map(({ key, limit }) => [key, limit]);
    expect(limits()).toEqual([
      ['institution', 2],
      ['service', 1],
    ]);
    expect(isGranted(first.limiter)).toBe(true);
    expect(isGranted(first.limiter)).toBe(false);
    second.release();
    expect(limits()).toEqual([['institution', 3]]);
    expect(first.limiter.peek().rules[0]).toMatchObject({ remaining: 1 });
  });

  test('are told in words, each difference once', () => {
    const clock = new VirtualClock();
    expect(open(clock, [perMinute(180)]).conflicts).toEqual([]);
    expect(open(clock, [perMinute(180)]).conflicts).toEqual([]);
    expect(
      open(clock, [perMinute(60), { key: 'method', limit: 1, windowMs: 600_000, value: 'rare' }])
        .conflicts,
    ).toEqual([
      'Clients of one account allow 60 and 180 calls in 60000 ms for each institution: 60 holds for all.',
      'Only some clients of one account allow 1 calls in 600000 ms for the method rare: it holds for all.',
    ]);
    expect(open(clock, [perMinute(180)]).conflicts).toEqual([]);
    expect(open(clock, [perMinute(90)]).conflicts).toEqual([
      'Clients of one account allow 60 and 90 calls in 60000 ms for each institution: 60 holds for all.',
    ]);
  });
});

interface Copy {
  registry: typeof registryModule;
  clock: typeof clockModule;
}

/** Loads the sources once more, as another copy of the package would be. */
async function loadCopy(): Promise<Copy> {
  const copy: Partial<Copy> = {};
  await jest.isolateModulesAsync(async () => {
    copy.registry = await import('../../src/limiter/registry.ts');
    copy.clock = await import('../../src/time/clock.ts');
  });
  return copy as Copy;
}

function joinThrough({ registry, clock }: Copy) {
  const account = 'TWO COPIES';
  const rules = [perMinute(2)];
  return registry.sharedLimiter({ ...identity, account, rules, clock: clock.systemClock });
}

test('two copies of the package share one budget, on their own system clocks', async () => {
  const [one, two] = [await loadCopy(), await loadCopy()];
  expect(one.registry.sharedLimiter).not.toBe(two.registry.sharedLimiter);
  expect(one.clock.systemClock).not.toBe(two.clock.systemClock);
  const [first, second] = [joinThrough(one), joinThrough(two)];
  expect(isGranted(first.limiter)).toBe(true);
  expect(isGranted(second.limiter)).toBe(true);
  const controller = new AbortController();
  const waiting = first.limiter.acquire({
    scopes: { institution: 'MOSA' },
    priority: 'batch',
    deadlineAt: Infinity,
    signal: controller.signal,
  });
  expect(waiting).toBeInstanceOf(Promise);
  expect(second.limiter.peek().rules[0]).toMatchObject({ remaining: 0, waiting: 1 });
  controller.abort();
  await waiting;
  first.release();
  second.release();
});
