import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import type { RetryEvent } from '../src/telemetry/events.ts';
import type { ClientOptions } from '../src/options.ts';
import { Acme, closeAll, done, failure, measure, serve } from './acme.ts';

afterEach(closeAll);

const minute = 60_000;

async function start(options: ClientOptions = {}) {
  const clock = new VirtualClock();
  const server = await serve(() => done(), { clock });
  const retries: RetryEvent[] = [];
  const hooks = { retry: (event: RetryEvent) => void retries.push(event) };
  const acme = new Acme(server, { clock, hooks, ...options }, { rateLimitHint: 'Ask for more.' });
  return { clock, server, acme, retries };
}

describe('the budget', () => {
  test('keeps 200 calls to a vendor that is down below 1.3 requests a call', async () => {
    const { clock, server, acme } = await start({ retry: { attempts: 3, baseDelay: 0 } });
    server.faults.answer({ status: 503 }, { times: Infinity });
    for (let call = 0; call < 200; call += 1) await clock.run(failure(acme.call()));
    expect(server.requests.length).toBeGreaterThan(200);
    expect(server.requests.length).toBeLessThanOrEqual(260);
  });

  test('keeps 200 calls at once below it, too', async () => {
    const { clock, server, acme } = await start({ retry: { attempts: 3, baseDelay: 1 } });
    server.faults.answer({ status: 503 }, { times: Infinity });
    const calls = Array.from({ length: 200 }, async () => failure(acme.call()));
    const errors = await clock.run(Promise.all(calls));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['SERVER_ERROR']));
    expect(server.requests.length).toBeGreaterThan(200);
    expect(server.requests.length).toBeLessThanOrEqual(260);
  });

  test('is not spent by refusals, which the quota paces', async () => {
    const quota = [{ key: 'account', limit: 100, windowMs: 1_000 }];
    const { clock, server, acme } = await start({ quota });
    server.faults.answer({ status: 429 }, { times: 40 });
    for (let call = 0; call < 20; call += 1) await clock.run(acme.call().catch(() => undefined));
    expect(server.faults.pending).toBe(0);
    server.faults.answer({ status: 503 });
    expect(await clock.run(acme.call())).toMatchObject({ state: 'done' });
  });
});

describe('the wait', () => {
  test('is a random part of a bound that doubles up to the longest', async () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(0.75);
    const retry = { attempts: 6, baseDelay: 400, maxDelay: 2_000 };
    const { clock, server, acme, retries } = await start({ retry });
    server.faults.answer({ status: 503 }, { times: 9 });
    const { elapsedMs } = await measure(async () => clock.run(failure(acme.call())), clock);
    expect(retries.map(({ delayMs }) => delayMs)).toEqual([300, 600, 1_200, 1_500, 1_500]);
    expect(elapsedMs).toBe(5_100);
    random.mockReturnValue(0);
    server.faults.answer({ status: 503 });
    await clock.run(acme.call());
    expect(retries.at(-1)?.delayMs).toBe(0);
  });

  test('lies anywhere between nothing and the bound', async () => {
    const { clock, server, acme, retries } = await start({ retry: { baseDelay: 1_000 } });
    for (let call = 0; call < 60; call += 1) {
      // Calls that need no retry pay for those that do.
      for (let paid = 0; paid < 4; paid += 1) await clock.run(acme.call());
      server.faults.answer({ status: 503 });
      await clock.run(acme.call());
    }
    const delays = retries.map(({ delayMs }) => delayMs).toSorted((one, other) => one - other);
    expect(delays).toHaveLength(60);
    expect(delays[0]).toBeLessThan(250);
    expect(delays.at(-1)).toBeGreaterThan(750);
    expect(delays.every((delayMs) => delayMs >= 0 && delayMs < 1_000)).toBe(true);
  });
});

describe('Retry-After', () => {
  const unavailable = (retryAfter: string) => ({
    status: 503,
    headers: { 'retry-after': retryAfter },
  });

  test('is honoured if it fits the deadline', async () => {
    const { clock, server, acme } = await start();
    server.faults.answer(unavailable('20'));
    await clock.run(acme.call());
    expect(clock.monotonicNow()).toBe(20_000);
    server.faults.answer(unavailable(new Date(clock.now() + 30_000).toUTCString()));
    await clock.run(acme.call());
    expect(clock.monotonicNow()).toBe(50_000);
  });

  test('is honoured by the refused, too, where no quota holds them back', async () => {
    const { clock, server, acme } = await start({ quota: [] });
    server.faults.answer({ ...unavailable('20'), status: 429 });
    await clock.run(acme.call());
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(20_000);
    server.faults.answer({ status: 429 }, { times: 9 });
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    const before = clock.monotonicNow();
    const unpaced = new Acme(server, { clock });
    await clock.run(failure(unpaced.call()));
    expect(clock.monotonicNow() - before).toBe(250 + 500);
  });

  test('makes the call fail at once, with its moment, if it does not fit', async () => {
    const { clock, server, acme } = await start({ deadline: 60_000 });
    server.faults.answer(unavailable('120'));
    const error = await clock.run(failure(acme.call()));
    expect(error).toMatchObject({ code: 'SERVER_ERROR', attempts: 1, retryable: true });
    expect(error.retryAt).toEqual(new Date(clock.now() + 120_000));
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([0, 0]);
  });

  test.each(['soon', '-5', '1e3', ''])('that says %j is no wait', async (text) => {
    const { clock, server, acme } = await start({ retry: { baseDelay: 0 } });
    server.faults.answer(unavailable(text));
    await clock.run(acme.call());
    expect(clock.monotonicNow()).toBe(0);
  });

  test('is not mistaken for the reset of a quota that has calls left', async () => {
    const { clock, server, acme } = await start({ retry: { baseDelay: 0 } });
    const headers = { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '55' };
    server.faults.answer({ status: 503, headers });
    const { data } = await clock.run(acme.call().withResponse());
    expect([data.state, clock.monotonicNow()]).toEqual(['done', 0]);
  });
});

describe.each([429, 509])('a refusal with %i', (status) => {
  const quota = [{ key: 'account', limit: 60, windowMs: minute }];

  test('costs all calls together one pause', async () => {
    const { clock, server, acme } = await start({ quota, deadline: 10 * minute });
    server.faults.answer({ status }, { times: 20 });
    const calls = Array.from({ length: 40 }, async () => acme.call());
    await clock.run(Promise.all(calls));
    expect(server.requests.filter((request) => request.status === status)).toHaveLength(20);
    // The pause of a window, one call that tries, and then all others.
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(minute);
    expect(clock.monotonicNow()).toBeLessThanOrEqual(1.01 * minute);
  });

  test('fails a call that cannot outlast the pause at once, with moment and hint', async () => {
    const { clock, server, acme } = await start({ quota, deadline: 30_000 });
    server.faults.answer({ status });
    const error = await clock.run(failure(acme.call()));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status, attempts: 1, retryable: true });
    expect(error.hint).toBe('Ask for more.');
    expect(error.retryAt?.getTime()).toBeGreaterThanOrEqual(clock.now() + minute);
    expect(clock.monotonicNow()).toBeLessThan(1_000);
    const next = await clock.run(failure(acme.call()));
    expect(next).toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED', attempts: 0, outcome: 'not-sent' });
    expect(next.retryAt).toEqual(error.retryAt);
    expect(server.requests).toHaveLength(1);
  });

  test('tells when the quota has room again even if no attempt is left', async () => {
    const { clock, server, acme } = await start({ quota, retry: { attempts: 1 } });
    server.faults.answer({ status, headers: { 'retry-after': '40' } });
    const told = await clock.run(failure(acme.call({ method: 'POST' })));
    expect(told.retryAt?.getTime()).toBe(clock.now() + 40_000);
    await clock.advance(40_000);
    server.faults.answer({ status });
    const untold = await clock.run(failure(acme.call({ method: 'POST' })));
    expect(untold).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    const waitMs = (untold.retryAt?.getTime() ?? 0) - clock.now();
    expect(waitMs).toBeGreaterThanOrEqual(minute);
    expect(waitMs).toBeLessThanOrEqual(1.01 * minute);
  });
});
