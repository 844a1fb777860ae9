import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { ClientOptions } from '../src/options.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import { Acme, closeAll, done, failure, serve } from './acme.ts';

afterEach(closeAll);

const minute = 60_000;
const quota = [
  { key: 'service', limit: 10, windowMs: 5000 },
  { key: 'account', limit: 100, windowMs: minute },
];
const scopes = { account: 'wile', service: 'things' };

/** A client that adds a second and up to a half to the vendor's word. */
async function start(options: ClientOptions = {}) {
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  const clock = new VirtualClock();
  const arrivals: number[] = [];
  const handle = () => {
    arrivals.push(clock.monotonicNow());
    return done();
  };
  const server = await serve(handle, { clock });
  const afterRefusal = { marginMs: 1000, jitterMs: 500 };
  const acme = new Acme(server, { clock, quota, ...options }, { afterRefusal });
  const refuse = (retryAfter?: string, times = 1) => {
    const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
    server.faults.answer({ status: 429, headers }, { times });
  };
  return { clock, server, acme, refuse, arrivals };
}

describe('a vendor whose Retry-After is too short', () => {
  test('is given the margin and a random part more', async () => {
    const { clock, acme, refuse, arrivals } = await start();
    refuse('3');
    await clock.run(acme.call({ scopes }));
    expect(arrivals).toEqual([4250]);
  });

  test('is given the longest window if it refuses the first call after the pause', async () => {
    const { clock, server, acme, refuse } = await start();
    refuse('3', 2);
    const calls = [acme.call({ scopes }), acme.call({ scopes })];
    await clock.run(Promise.all(calls));
    expect(server.requests.map(({ status }) => status)).toEqual([429, 429, 200, 200]);
    // Both were refused together: one pause, which was long enough.
    expect(clock.monotonicNow()).toBe(4250);
    refuse('3', 2);
    await clock.run(acme.call({ scopes }));
    expect(clock.monotonicNow()).toBe(4250 + 4250 + minute + 1250);
  });

  test('is not given a window twice: an accepted call ends the matter', async () => {
    const { clock, acme, refuse, arrivals } = await start();
    for (const turn of [0, 1]) {
      refuse('3');
      await clock.run(acme.call({ scopes }));
      expect(arrivals).toHaveLength(turn + 1);
    }
    expect(arrivals).toEqual([4250, 8500]);
  });

  test.each([
    ['nothing', undefined, minute],
    ['no time at all', '0', 1000],
    ['milliseconds for seconds', '55000', 55_000],
  ])('is given a sensible pause if it says %s', async (_, retryAfter, expected) => {
    const { clock, acme, refuse, arrivals } = await start({ quota: quota.slice(1) });
    refuse(retryAfter);
    await clock.run(acme.call({ scopes }));
    expect(arrivals).toEqual([expected + 1250]);
  });
});

describe('a refused call', () => {
  test('that may not be repeated tells when the pause ends', async () => {
    const { clock, acme, refuse } = await start({ retry: { attempts: 1 } });
    refuse('3');
    const error = await clock.run(failure(acme.call({ scopes })));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', attempts: 1, retryable: true });
    expect(error.retryAt).toEqual(new Date(clock.now() + 4250));
  });

  test('that cannot outlast the pause fails at once, with the end of the pause', async () => {
    const { clock, acme, refuse } = await start({ deadline: 4000 });
    refuse('3');
    const error = await clock.run(failure(acme.call({ scopes })));
    expect([error.code, clock.monotonicNow()]).toEqual(['RATE_LIMITED', 0]);
    expect(error.retryAt).toEqual(new Date(clock.now() + 4250));
    const next = await clock.run(failure(acme.call({ scopes })));
    expect(next).toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED', retryAt: error.retryAt });
  });

  test('that was under way when the pause began tells the end of that pause', async () => {
    const { clock, server, acme } = await start({ retry: { attempts: 1 } });
    server.faults.answer({ status: 429, headers: { 'retry-after': '20' } });
    server.faults.answer({ status: 429, headers: { 'retry-after': '3' }, delayMs: 100 });
    const startedAt = clock.now();
    const errors = await clock.run(
      Promise.all([failure(acme.call({ scopes })), failure(acme.call({ scopes }))]),
    );
    const end = new Date(startedAt + 21_250);
    expect(errors.map(({ retryAt }) => retryAt)).toEqual([end, end]);
  });

  test('waits as long where no rule holds it back', async () => {
    const { clock, acme, refuse, arrivals } = await start({ quota: [] });
    refuse('3');
    await clock.run(acme.call({ scopes }));
    expect(arrivals).toEqual([4250]);
  });
});
