import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Limiter } from '../../src/limiter/limiter.ts';
import type { Priority, QuotaRule } from '../../src/limiter/rule.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { sleep } from './simulated-vendor.ts';

/** The guard of windows up to a second. */
const guardMs = 1;

interface CallPlan {
  arrivesAt: number;
  scopes: Record<string, string>;
  priority: Priority;
  answerMs: number;
  abortAfterMs: number;
}

/** Multiples of a grain make many things happen at the same moment. */
function multiples(grainMs: number, min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max }).map((factor) => factor * grainMs);
}

function selector({ key, windowMs }: QuotaRule): string {
  return `${key} ${windowMs}`;
}

function rules(grainMs: number): fc.Arbitrary<QuotaRule[]> {
  const rule: fc.Arbitrary<QuotaRule> = fc.record(
    {
      key: fc.constantFrom('account', 'service', 'method'),
      limit: fc.integer({ min: 1, max: 5 }),
      // With its guard it is a multiple again.
      windowMs: multiples(grainMs, 2, 30).map((ms) => ms - guardMs),
      value: fc.constantFrom('a', 'b'),
    },
    { requiredKeys: ['key', 'limit', 'windowMs'] },
  );
  return fc.uniqueArray(rule, { minLength: 1, maxLength: 4, selector });
}

/** All moments are whole milliseconds, except those of aborts: nothing else happens at the same. */
function calls(grainMs: number): fc.Arbitrary<CallPlan[]> {
  const call: fc.Arbitrary<CallPlan> = fc.record({
    arrivesAt: multiples(grainMs, 0, 25),
    scopes: fc.record({
      account: fc.constant('one'),
      service: fc.constantFrom('a', 'b', 'c'),
      method: fc.constantFrom('a', 'b'),
    }),
    priority: fc.constantFrom<Priority>('interactive', 'batch'),
    answerMs: multiples(grainMs, 1, 10),
    abortAfterMs: fc.option(
      multiples(grainMs, 0, 40).map((ms) => ms + 0.5),
      { nil: Infinity },
    ),
  });
  return fc
    .array(call, { minLength: 1, maxLength: 40 })
    .map((plans) => plans.toSorted((one, other) => one.arrivesAt - other.arrivesAt));
}

const scenario = fc
  .constantFrom(1, 7, 30)
  .chain((grainMs) => fc.record({ rules: rules(grainMs), plans: calls(grainMs) }));

/**
 * What a limiter should do, said as simply as possible: each millisecond every call that waits is asked
 * in turn, by priority and arrival, and goes if all its windows have room.
 */
function expectedGrants(rules: readonly QuotaRule[], plans: readonly CallPlan[]): number[] {
  const grants = plans.map(() => NaN);
  const busyUntil = new Map<string, number[]>();
  const windowsOf = ({ scopes }: CallPlan) =>
    rules
      .filter(({ key, value }) => value === undefined || scopes[key] === value)
      .map((rule) => ({ ...rule, name: `${rule.key} ${rule.windowMs} ${scopes[rule.key]}` }));
  const hasRoom = (name: string, limit: number, now: number) =>
    (busyUntil.get(name) ?? []).filter((moment) => moment > now).length < limit;

  const tryGrant = (index: number, now: number): boolean => {
    const plan = plans[index];
    if (plan === undefined) return true;
    const windows = windowsOf(plan);
    if (!windows.every(({ name, limit }) => hasRoom(name, limit, now))) return false;
    grants[index] = now;
    for (const { name, windowMs } of windows) {
      const until = now + plan.answerMs + windowMs + guardMs;
      busyUntil.set(name, [...(busyUntil.get(name) ?? []), until]);
    }
    return true;
  };

  let waiting: number[] = [];
  const pending = new Set(plans.keys());
  const rank = (index: number) => (plans[index]?.priority === 'batch' ? 1 : 0);
  for (let now = 0; pending.size > 0 || waiting.length > 0; now += 1) {
    const isPatient = (index: number) => {
      const { arrivesAt = 0, abortAfterMs = Infinity } = plans[index] ?? {};
      return arrivesAt + abortAfterMs > now;
    };
    waiting = waiting.filter(isPatient).toSorted((one, other) => rank(one) - rank(other));
    waiting = waiting.filter((index) => !tryGrant(index, now));
    for (const index of [...pending].filter((one) => plans[one]?.arrivesAt === now)) {
      pending.delete(index);
      if (!tryGrant(index, now)) waiting.push(index);
    }
  }
  return grants;
}

/** The same calls through the limiter; `NaN` for those that got no permit. */
async function actualGrants(
  rules: readonly QuotaRule[],
  plans: readonly CallPlan[],
  deadlineOf: (index: number) => number = () => Infinity,
): Promise<{ grants: number[]; availableAt: Map<number, number> }> {
  const clock = new VirtualClock(new Date(0));
  const limiter = new Limiter(rules, { clock });
  const grants = plans.map(() => NaN);
  const availableAt = new Map<number, number>();
  const perform = async (plan: CallPlan, index: number) => {
    await sleep(clock, plan.arrivesAt);
    const controller = new AbortController();
    if (plan.abortAfterMs < Infinity) clock.schedule(plan.abortAfterMs, () => controller.abort());
    const { signal } = controller;
    const answer = limiter.acquire({ ...plan, signal, deadlineAt: deadlineOf(index) });
    const admission = await answer;
    if (!admission.granted) {
      if (!(answer instanceof Promise)) availableAt.set(index, admission.availableAtMs);
      return;
    }
    grants[index] = clock.monotonicNow();
    await sleep(clock, plan.answerMs);
    admission.permit.settle();
  };
  await clock.run(Promise.all(plans.map(perform)));
  return { grants, availableAt };
}

test('every call goes at exactly the moment at which it is the first that can', async () => {
  const property = fc.asyncProperty(scenario, async ({ rules, plans }) => {
    const { grants } = await actualGrants(rules, plans);
    expect(grants).toEqual(expectedGrants(rules, plans));
  });
  await fc.assert(property, { numRuns: 300 });
});

test('a deadline that can be met is never refused, and one that cannot is told no later than true', async () => {
  const property = fc.asyncProperty(scenario, fc.nat(), async ({ rules, plans }, choice) => {
    const patient = plans.map((plan) => ({ ...plan, abortAfterMs: Infinity }));
    const chosen = choice % patient.length;
    const { grants } = await actualGrants(rules, patient);
    const grantedAt = grants[chosen] ?? NaN;
    const only = (deadlineAt: number) => (index: number) =>
      index === chosen ? deadlineAt : Infinity;
    const kept = await actualGrants(rules, patient, only(grantedAt));
    expect(kept.grants).toEqual(grants);
    const missed = await actualGrants(rules, patient, only(grantedAt - 1));
    expect(missed.grants[chosen]).toBeNaN();
    expect(missed.availableAt.get(chosen) ?? 0).toBeLessThanOrEqual(grantedAt);
  });
  await fc.assert(property, { numRuns: 100 });
});
