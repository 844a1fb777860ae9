import { afterEach, describe, expect, test } from '@jest/globals';
import { VendorError } from '../src/errors/vendor-error.ts';
import { Limiter } from '../src/limiter/limiter.ts';
import type { WarningEvent } from '../src/telemetry/events.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import {
  Acme,
  acmeRequest,
  closeAll,
  delay,
  done,
  failure,
  serve,
  until,
  working,
} from './acme.ts';

afterEach(closeAll);

const minute = 60_000;
const perMinute = (limit: number) => ({ key: 'account', limit, windowMs: minute });

describe('a client that is closed', () => {
  test('ends calls under way and calls that wait, each with an error of its own', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => done(), { clock });
    server.faults.next('n', { times: 9 });
    const acme = new Acme(server, { clock, quota: [perMinute(2)] });
    const calls = [1, 2, 3, 4].map(async (number) =>
      failure(acme.call({ operation: `things.number${number}` })),
    );
    await until(() => server.requests.length === 2);
    await acme.engine.close();
    const errors = await Promise.all(calls);
    expect(
      errors.map(({ code, operation, outcome, attempts }) => [code, operation, outcome, attempts]),
    ).toEqual([
      ['CLOSED', 'things.number1', 'unknown', 1],
      ['CLOSED', 'things.number2', 'unknown', 1],
      ['CLOSED', 'things.number3', 'not-sent', 0],
      ['CLOSED', 'things.number4', 'not-sent', 0],
    ]);
    expect(new Set(errors).size).toBe(4);
    expect(errors.every(({ vendor }) => vendor === 'acme')).toBe(true);
    expect(clock.pendingTimers).toBe(0);
  });

  test('refuses calls and polls, before anything is sent', async () => {
    const server = await serve();
    const acme = new Acme(server);
    await acme.engine.close();
    const errors = [await failure(acme.call()), await failure(acme.submit())];
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'CLOSED', outcome: 'not-sent', attempts: 0 });
      expect(error).toMatchObject({ vendor: 'acme', message: 'The client is closed.' });
    }
    expect(errors[0]).not.toBe(errors[1]);
    expect([server.connections, acme.events]).toEqual([0, []]);
  });

  test('ends waits for an operation, now and later', async () => {
    const clock = new VirtualClock();
    const acme = new Acme(await serve(() => working('7'), { clock }), { clock });
    const operation = acme.operation(await acme.submit());
    const wait = failure(operation.result());
    await until(() => clock.pendingTimers === 1);
    await acme.engine.close();
    expect(await wait).toMatchObject({ code: 'CLOSED', requestId: '7', outcome: 'answered' });
    expect(clock.pendingTimers).toBe(0);
    expect(await failure(operation.result())).toMatchObject({ code: 'CLOSED', requestId: '7' });
  });

  test('may be closed again, and at the same time', async () => {
    const server = await serve();
    server.faults.next('n');
    const acme = new Acme(server);
    const call = failure(acme.call());
    await until(() => server.requests.length === 1);
    await Promise.all([acme.engine.close(), acme.engine.close()]);
    await acme.engine.close();
    expect(await call).toMatchObject({ code: 'CLOSED' });
  });

  test('waits until what it does is over', async () => {
    const acme = new Acme(await serve());
    let isOver = false;
    const work = acme.engine.whileOpen(undefined, async (signal) => {
      await until(() => signal.aborted);
      await delay(20);
      isOver = true;
    });
    await acme.engine.close();
    expect(isOver).toBe(true);
    await work;
  });

  test('keeps no connection', async () => {
    const acme = new Acme(await serve(() => done(), { keepAliveTimeoutMs: 60_000 }));
    await Promise.all([acme.call(), acme.call()]);
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    expect(sockets()).toBeGreaterThan(0);
    await acme.engine.close();
    await until(() => sockets() === 0);
  });
});

describe('the quota of an account', () => {
  const start = async () => {
    const clock = new VirtualClock();
    const server = await serve(() => done(), { clock });
    const warnings: WarningEvent[] = [];
    const hooks = { warning: (event: WarningEvent) => void warnings.push(event) };
    return { clock, server, warnings, options: { clock, hooks } };
  };

  test('is shared by its clients', async () => {
    const { clock, server, options } = await start();
    const [one, two] = [1, 2].map(() => new Acme(server, { ...options, quota: [perMinute(2)] }));
    await clock.run(Promise.all([one?.call(), two?.call(), one?.call()]));
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(minute);
    expect(server.requests).toHaveLength(3);
    expect(two?.engine.peek().rules[0]).toMatchObject({ limit: 2, remaining: 1 });
  });

  test('is that of the stricter rule if its clients differ, with one warning', async () => {
    const { clock, server, warnings, options } = await start();
    const [one] = [3, 1, 1].map(
      (limit) => new Acme(server, { ...options, quota: [perMinute(limit)] }),
    );
    expect(warnings.map(({ vendor, warning }) => [vendor, warning])).toEqual([
      ['acme', 'quota-rules-differ'],
    ]);
    expect(one?.engine.peek().rules[0]).toMatchObject({ limit: 1, remaining: 1 });
    await clock.run(Promise.all([one?.call(), one?.call()]));
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(minute);
  });

  test('is that of those who are still open', async () => {
    const { server, options } = await start();
    const strict = new Acme(server, { ...options, quota: [perMinute(1)] });
    const other = new Acme(server, { ...options, quota: [perMinute(3)] });
    await strict.engine.close();
    await strict.engine.close();
    expect(other.engine.peek().rules[0]).toMatchObject({ limit: 3 });
  });

  test('is not that of another account, vendor or host', async () => {
    const { server, options } = await start();
    const quota = [perMinute(1)];
    const acme = new Acme(server, { ...options, quota });
    await acme.call();
    const others = [
      new Acme(server, { ...options, quota }, { account: 'other' }),
      new Acme(server, { ...options, quota }, { vendor: 'other' }),
      new Acme(await serve(), { ...options, quota }),
    ];
    for (const other of others) {
      expect(other.engine.peek()).toMatchObject({ rules: [{ remaining: 1 }], usage: { calls: 0 } });
    }
  });

  test('has no rule if the list is empty, and the defaults if there is none', async () => {
    const { clock, server, options } = await start();
    const profile = { rules: [perMinute(1)] };
    const free = new Acme(server, { ...options, quota: [] }, profile);
    await clock.run(Promise.all(Array.from({ length: 20 }, () => free.call())));
    expect([clock.monotonicNow(), free.engine.peek().rules]).toEqual([0, []]);
    const usual = new Acme(server, { ...options, quota: undefined }, profile);
    expect(usual.engine.peek().rules).toMatchObject([{ key: 'account', limit: 1 }]);
  });

  test('is that of a limiter which several accounts were given', async () => {
    const { clock, server, options } = await start();
    const quota = new Limiter([perMinute(1)], { clock });
    const [one, two] = ['one', 'two'].map(
      (account) => new Acme(server, { ...options, quota }, { account }),
    );
    await clock.run(Promise.all([one?.call(), two?.call()]));
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(minute);
    // The limiter is its maker's: closing a client leaves it open.
    await one?.engine.close();
    expect(await clock.run(two?.call() ?? Promise.reject())).toMatchObject({ state: 'done' });
    quota.close();
    expect(await failure(two?.call() ?? Promise.reject())).toMatchObject({
      code: 'CLOSED',
      message: 'The quota limiter is closed.',
      outcome: 'not-sent',
    });
  });

  test('names the rule that is wrong', async () => {
    const server = await serve();
    const quota = [perMinute(1), { key: 'method', limit: 1, windowMs: minute }];
    const problem = () => new Acme(server, { quota });
    expect(problem).toThrow(VendorError);
    expect(problem).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', field: 'quota[1].key' }),
    );
  });

  test('lets interactive calls go before those of a batch', async () => {
    const { clock, server, options } = await start();
    const acme = new Acme(server, { ...options, quota: [perMinute(1)], deadline: 10 * minute });
    const calls = [
      acme.call({ path: '/first' }),
      acme.call({ path: '/batch' }, { priority: 'batch' }),
      acme.call({ path: '/interactive' }),
    ];
    await clock.run(Promise.all(calls));
    expect(server.requests.map(({ path }) => path)).toEqual(['/first', '/interactive', '/batch']);
  });
});

test('what an account has used is counted by the month, beside what it may use', async () => {
  const clock = new VirtualClock(new Date('2026-01-31T23:59:50Z'));
  const server = await serve(() => done(), { clock });
  const monthly = { calls: 10_000, bytes: 1_000_000_000 };
  const acme = new Acme(server, { clock }, { monthly });
  const { body = '' } = done();
  await acme.call();
  await acme.call();
  const usage = { month: '2026-01', calls: 2, bytes: 2 * body.length, included: monthly };
  expect(acme.engine.peek().usage).toEqual(usage);
  await clock.advance(10_000);
  expect(acme.engine.peek().usage).toMatchObject({ month: '2026-02', calls: 0, bytes: 0 });
  server.faults.next('na');
  await clock.run(acme.call());
  // Nobody knows whether the vendor counted the first attempt, so it is counted.
  expect(acme.engine.peek().usage).toMatchObject({ calls: 2, bytes: body.length });
});

test('a call begins with its plan, which is made at once', async () => {
  const acme = new Acme(await serve());
  let isPlanned = false;
  const call = acme.engine.call(() => {
    isPlanned = true;
    return { request: acmeRequest(), options: {} };
  });
  expect(isPlanned).toBe(true);
  await call;
});

test('a call without a plan for polls fails when the vendor is still working', async () => {
  const server = await serve(() => working('7'));
  const acme = new Acme(server);
  const plan = { request: acmeRequest(), options: {} };
  const error = await failure(acme.engine.call(() => plan));
  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', requestId: '7', outcome: 'answered' });
  expect(await acme.engine.submit(() => plan)).toEqual({ state: 'in-progress', requestId: '7' });
});

test('every call of the process has a number of its own', async () => {
  const numbers: number[] = [];
  const hooks = { callStart: ({ callId }: { callId: number }) => void numbers.push(callId) };
  const server = await serve();
  await Promise.all([1, 2, 3].map(async () => new Acme(server, { hooks }).call()));
  expect(new Set(numbers).size).toBe(3);
});
