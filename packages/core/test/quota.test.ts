import { afterEach, describe, expect, test } from '@jest/globals';
import { QuotaMeter, type QuotaKind } from '../src/testing/quota.ts';
import type { EmulatorRequest } from '../src/testing/messages.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import { pseudoRandom } from './limiter/simulated-vendor.ts';
import { Acme, closeAll, done, measure, serve, working } from './acme.ts';

afterEach(closeAll);

const windowMs = 60_000;
const kinds: QuotaKind[] = ['fixed', 'sliding', 'sliding-counting-refusals', 'token-bucket'];

/**
 * A vendor over HTTP that takes its time to answer, and counts a call at some moment between its
 * arrival and the answer.
 */
async function startVendor(options: {
  kind: QuotaKind;
  limit: number;
  status: number;
  latencyMs: () => number;
}) {
  const { kind, limit, status, latencyMs } = options;
  // Not at the beginning of one of the vendor's windows.
  const clock = new VirtualClock(new Date('2026-03-04T05:06:37.123Z'));
  const meter = new QuotaMeter({ kind, limit, windowMs, clock });
  const random = pseudoRandom(limit);
  const handle = async () => {
    const totalMs = latencyMs();
    const outMs = Math.floor(totalMs * random());
    await clock.sleep(outMs);
    const { accepted } = meter.admit('wile');
    return { ...(accepted ? done() : { status }), delayMs: totalMs - outMs };
  };
  return { clock, server: await serve(handle, { clock }) };
}

const statuses = (requests: readonly EmulatorRequest[]) =>
  new Set(requests.map(({ status }) => status));

const bursts: [number, number, number][] = [
  [75, 60, 509],
  [25, 10, 429],
];

describe.each(kinds)('a vendor whose quota is of the kind %s', (kind) => {
  const speeds = bursts.flatMap(([calls, limit, status]) => {
    const random = pseudoRandom(calls);
    return [
      { calls, limit, status, longestMs: 900, latencyMs: () => 5 + Math.floor(895 * random()) },
      { calls, limit, status, longestMs: 2_000, latencyMs: () => 2_000 },
    ];
  });

  test.each(speeds)(
    'refuses none of $calls calls at $limit a minute, each answered within $longestMs ms',
    async ({ longestMs, ...speed }) => {
      const { calls, limit } = speed;
      const { server, attempts, elapsedMs, pendingTimers } = await perform({ kind, ...speed });
      expect(statuses(server.requests)).toEqual(new Set([200]));
      expect([server.requests.length, attempts, pendingTimers]).toEqual([calls, calls, 0]);
      const cycles = Math.ceil(calls / limit) - 1;
      expect(elapsedMs).toBeLessThanOrEqual(1.02 * (cycles * (windowMs + longestMs) + longestMs));
      expect(elapsedMs).toBeGreaterThanOrEqual(cycles * windowMs);
    },
  );
});

/** All calls at once. */
async function perform(options: {
  kind: QuotaKind;
  calls: number;
  limit: number;
  status: number;
  latencyMs: () => number;
}) {
  const { calls, limit } = options;
  const { clock, server } = await startVendor(options);
  const quota = [{ key: 'account', limit, windowMs }];
  const acme = new Acme(server, { clock, quota, timeout: 90_000 });
  const call = async () => acme.call().withResponse();
  const { result, elapsedMs } = await measure(
    async () => clock.run(Promise.all(Array.from({ length: calls }, call))),
    clock,
  );
  const attempts = result.reduce((sum, { response }) => sum + response.attempts, 0);
  return { server, attempts, elapsedMs, pendingTimers: clock.pendingTimers };
}

test('polls and retries are counted as the vendor counts them', async () => {
  const random = pseudoRandom(7);
  const clock = new VirtualClock(new Date('2026-03-04T05:06:37.123Z'));
  const limit = 20;
  const meter = new QuotaMeter({ kind: 'sliding', limit, windowMs, clock });
  const seen = new Set<string>();
  const handle = ({ path }: EmulatorRequest) => {
    const delayMs = 5 + Math.floor(895 * random());
    if (!meter.admit('wile').accepted) return { status: 509, delayMs };
    const isNew = !seen.has(path);
    seen.add(path);
    if (path.startsWith('/jobs/')) return { ...working(path.slice(6)), delayMs };
    return { ...(path.startsWith('/flaky/') && isNew ? { status: 503 } : done()), delayMs };
  };
  const server = await serve(handle, { clock });
  const quota = [{ key: 'account', limit, windowMs }];
  const retry = { attempts: 3, baseDelay: 1_000 };
  const acme = new Acme(server, { clock, quota, retry, deadline: 3_600_000, timeout: 90_000 });
  const calls = Array.from({ length: 10 }, (_, index) => [
    acme.call({ path: `/jobs/${index}`, method: 'POST' }),
    acme.call({ path: `/flaky/${index}` }),
  ]).flat();
  const answers = await clock.run(Promise.all(calls));
  expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['done']));
  expect(server.requests).toHaveLength(40);
  expect(server.requests.filter(({ status }) => status === 509)).toEqual([]);
});
