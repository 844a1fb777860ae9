import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Limiter } from '../../src/limiter/limiter.ts';
import { identifyRule, type Priority, type QuotaRule } from '../../src/limiter/rule.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { sleep } from './simulated-vendor.ts';

const longestTransitMs = 900;

const ruleArbitrary: fc.Arbitrary<QuotaRule> = fc.record(
  {
    key: fc.constantFrom('account', 'service', 'method'),
    limit: fc.integer({ min: 1, max: 6 }),
    windowMs: fc.integer({ min: 20, max: 5000 }),
    value: fc.constantFrom('a', 'b'),
    polls: fc.boolean(),
  },
  { requiredKeys: ['key', 'limit', 'windowMs'] },
);

const callArbitrary = fc.record({
  arrivesAt: fc.integer({ min: 0, max: 6000 }),
  scopes: fc.record({
    account: fc.constant('one'),
    service: fc.constantFrom('a', 'b', 'c'),
    method: fc.constantFrom('a', 'b'),
  }),
  poll: fc.boolean(),
  priority: fc.constantFrom<Priority>('interactive', 'batch'),
  outMs: fc.integer({ min: 0, max: longestTransitMs }),
  backMs: fc.integer({ min: 0, max: 2000 }),
  waitMs: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: Infinity }),
  abortAfterMs: fc.option(fc.integer({ min: 0, max: 8000 }), { nil: undefined }),
  end: fc.constantFrom('answered', 'lost', 'not sent'),
});

type CallPlan = typeof callArbitrary extends fc.Arbitrary<infer Plan> ? Plan : never;

interface Trace {
  readonly plan: CallPlan;
  readonly order: number;
  outcome: 'pending' | 'granted' | 'aborted' | 'quota' | 'closed';
  grantedAt: number;
  stampedAt: number;
}

/** One call as a caller makes it; the vendor counts it somewhere between send and end. */
async function perform(limiter: Limiter, clock: VirtualClock, trace: Trace): Promise<void> {
  const { plan } = trace;
  const controller = new AbortController();
  const { abortAfterMs } = plan;
  if (abortAfterMs !== undefined) clock.schedule(abortAfterMs, () => controller.abort());
  const { signal } = controller;
  const deadlineAt = clock.monotonicNow() + plan.waitMs;
  const admission = await limiter.acquire({ ...plan, deadlineAt, signal });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  trace.outcome = admission.granted ? 'granted' : admission.reason;
  trace.grantedAt = clock.monotonicNow();
  if (!admission.granted) return;
  expect(trace.grantedAt).toBeLessThanOrEqual(deadlineAt);
  if (plan.end === 'not sent') return admission.permit.release();
  const stampedAt = trace.grantedAt + plan.outMs;
  trace.stampedAt = stampedAt;
  if (plan.end === 'answered') {
    await sleep(clock, plan.outMs + plan.backMs);
    return admission.permit.settle();
  }
  // The caller gave up; the request may still be on its way.
  await sleep(clock, plan.backMs);
  admission.permit.settle({ transitMs: longestTransitMs });
}

/** The most calls that any window of the vendor held. */
function mostInWindow(stamps: readonly number[], windowMs: number): number {
  const counts = stamps.map(
    (start) => stamps.filter((stamp) => stamp >= start && stamp < start + windowMs).length,
  );
  return Math.max(0, ...counts);
}

function expectQuotaRespected(rules: readonly QuotaRule[], traces: readonly Trace[]): void {
  for (const { key, limit, windowMs, value, polls } of rules) {
    const counted = traces.filter(
      ({ plan, stampedAt }) => Number.isFinite(stampedAt) && (polls !== false || !plan.poll),
    );
    const valueOf = ({ plan }: Trace) => plan.scopes[key as keyof CallPlan['scopes']];
    for (const one of new Set(counted.map(valueOf))) {
      if (value !== undefined && value !== one) continue;
      const stamps = counted.filter((trace) => valueOf(trace) === one);
      const most = mostInWindow(
        stamps.map(({ stampedAt }) => stampedAt),
        windowMs,
      );
      expect(most).toBeLessThanOrEqual(limit);
    }
  }
}

function expectFirstComeFirstServed(traces: readonly Trace[]): void {
  const granted = traces.filter(({ outcome }) => outcome === 'granted');
  const laneOf = ({ plan }: Trace) => JSON.stringify([plan.scopes, plan.poll, plan.priority]);
  for (const lane of new Set(granted.map(laneOf))) {
    const moments = granted
      .filter((trace) => laneOf(trace) === lane)
      .toSorted((one, other) => one.order - other.order)
      .map(({ grantedAt }) => grantedAt);
    expect(moments).toEqual(moments.toSorted((one, other) => one - other));
  }
}

test('no window of the vendor ever holds too many calls, and everybody gets an answer', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(ruleArbitrary, { minLength: 1, maxLength: 4, selector: identifyRule }),
    fc.array(callArbitrary, { minLength: 1, maxLength: 60 }),
    async (rules, plans) => {
      const clock = new VirtualClock();
      const limiter = new Limiter(rules, { clock });
      const traces: Trace[] = [];
      const run = async (plan: CallPlan) => {
        await sleep(clock, plan.arrivesAt);
        const order = traces.length;
        const trace: Trace = { plan, order, outcome: 'pending', grantedAt: NaN, stampedAt: NaN };
        traces.push(trace);
        await perform(limiter, clock, trace);
      };
      await clock.run(Promise.all(plans.map(run)));

      expectQuotaRespected(rules, traces);
      expectFirstComeFirstServed(traces);
      expect(traces.map(({ outcome }) => outcome)).not.toContain('pending');
      await clock.advance(10_000);
      expect(clock.pendingTimers).toBe(0);
      expect(limiter.isIdle()).toBe(true);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});
