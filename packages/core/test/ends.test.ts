import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CallOutcome, VendorError } from '../src/errors/vendor-error.ts';
import type { RunningServer } from '../src/testing/server.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import type { ClientOptions } from '../src/options.ts';
import {
  Acme,
  closeAll,
  delay,
  done,
  failure,
  measure,
  serve,
  until,
  working,
  type AcmeRequest,
} from './acme.ts';
import { fixture } from './fixtures/fixture.ts';

afterEach(closeAll);

/** One of the places in which a call may wait. */
interface Wait {
  readonly name: string;
  readonly outcome: CallOutcome;
  readonly options?: ClientOptions;
  readonly request?: AcmeRequest;
  readonly usesTls?: boolean;
  /** Makes the call wait there. */
  readonly prepare?: (server: RunningServer, acme: Acme) => unknown;
  /** Whether it waits by now. */
  readonly isThere: (server: RunningServer, acme: Acme) => boolean;
}

const never = async () => new Promise<never>(() => {});
const count = (acme: Acme, name: string) => acme.events.filter((event) => event === name).length;
const isReceived = ({ requests }: RunningServer) => requests.length === 1;

const waits: Wait[] = [
  {
    name: 'the queue of the quota',
    outcome: 'not-sent',
    options: { quota: [{ key: 'account', limit: 1, windowMs: 3_000 }] },
    prepare: async (_, acme) => acme.call(),
    isThere: (_, acme) => acme.engine.peek().rules[0]?.waiting === 1,
  },
  {
    name: 'the way to the credentials',
    outcome: 'not-sent',
    request: { authorise: never },
    isThere: (_, acme) => count(acme, 'attemptStart') === 1,
  },
  {
    name: 'the queue for a socket',
    outcome: 'not-sent',
    options: { maxSockets: 1, deadline: 600_000, timeout: 600_000 },
    prepare: async (server, acme) => {
      server.faults.next('n');
      acme.call().catch(() => undefined);
      await until(() => isReceived(server));
    },
    isThere: (_, acme) => count(acme, 'attemptStart') === 2,
  },
  {
    name: 'the TLS handshake',
    outcome: 'not-sent',
    usesTls: true,
    isThere: ({ connections }) => connections === 1,
  },
  {
    name: 'the signature',
    outcome: 'not-sent',
    request: { sign: never },
    isThere: ({ connections }) => connections === 1,
  },
  {
    name: 'the wait for the headers',
    outcome: 'unknown',
    prepare: (server) => server.faults.next('n'),
    isThere: isReceived,
  },
  {
    name: 'a body that stalls',
    outcome: 'unknown',
    prepare: (server) => server.faults.next('p'),
    isThere: isReceived,
  },
  {
    name: 'a body that drips',
    outcome: 'unknown',
    prepare: (server) => server.faults.next('drip', { delayMs: 20 }),
    isThere: isReceived,
  },
  {
    name: 'the wait before a retry',
    outcome: 'answered',
    prepare: (server) => server.faults.answer({ status: 503, headers: { 'retry-after': '4' } }),
    isThere: (_, acme) => count(acme, 'retry') === 1,
  },
  {
    name: 'the wait before a poll',
    outcome: 'answered',
    prepare: (server) => server.faults.answer(working('7')),
    isThere: (_, acme) => count(acme, 'attemptEnd') === 1,
  },
];

/** A call that waits, on a client whose clock nobody moves but the test. */
async function bringTo(wait: Wait, callOptions: object) {
  const clock = new VirtualClock();
  const tls = { key: fixture('server-key.pem'), cert: fixture('server.pem') };
  const slowTls = { ...tls, handshakeDelayMs: 60_000 };
  const server = await serve(() => done('x'.repeat(400)), {
    keepAliveTimeoutMs: 60_000,
    ...(wait.usesTls === true && { tls: slowTls }),
  });
  const acme = new Acme(server, { clock, timeout: 100_000, ...wait.options });
  await wait.prepare?.(server, acme);
  const own = clock.pendingTimers;
  const call = failure(acme.call(wait.request, callOptions));
  await until(() => wait.isThere(server, acme));
  // Whatever is under way by now arrives.
  await delay(20);
  expect(await isPending(call)).toBe(true);
  return { clock, acme, call, wait, timersBefore: own };
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  await delay(1);
  return (await Promise.race([promise, Promise.resolve(pending)])) === pending;
}

const sockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** Neither a timer nor a listener is left, and after `close()` no socket. */
async function expectNothingLeft(
  { clock, acme, wait, timersBefore }: Awaited<ReturnType<typeof bringTo>>,
  signal?: AbortSignal,
): Promise<void> {
  expect(clock.pendingTimers).toBeLessThanOrEqual(timersBefore);
  if (signal) expect(getEventListeners(signal, 'abort')).toEqual([]);
  await acme.engine.close();
  expect(clock.pendingTimers).toBe(0);
  // A server that holds the handshake back does not hear that its client went away.
  const serverSockets = wait.usesTls === true ? 1 : 0;
  await until(() => sockets() <= serverSockets);
}

describe.each(waits)('in $name', (wait) => {
  test('a call ends at once when it is aborted, with the reason as cause', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const scene = await bringTo(wait, { signal });
    const reason = new Error('The user went away.');
    const { result: error, elapsedMs } = await measure(async () => {
      controller.abort(reason);
      return scene.call;
    });
    expect(error).toMatchObject({ code: 'ABORTED', outcome: wait.outcome, retryable: false });
    expect(error).toMatchObject({ vendor: 'acme', operation: 'things.get' });
    expect(error.cause).toBe(reason);
    expect(elapsedMs).toBeLessThan(150);
    expect(scene.clock.monotonicNow()).toBe(0);
    await expectNothingLeft(scene, signal);
  });

  test('a call ends at once when its client is closed', async () => {
    const controller = new AbortController();
    const scene = await bringTo(wait, { signal: controller.signal });
    const { elapsedMs } = await measure(async () => scene.acme.engine.close());
    expect(elapsedMs).toBeLessThan(150);
    expect(await scene.call).toMatchObject({ code: 'CLOSED', outcome: wait.outcome });
    await expectNothingLeft(scene, controller.signal);
  });
});

/** In the quota's queue and before a poll it is known at once that the deadline cannot be kept. */
const openEnded = waits.filter(({ name }) => !/queue of the quota|before a/.test(name));

test.each(openEnded)('in $name a call ends at its deadline', async (wait) => {
  const scene = await bringTo(wait, { deadline: 2_000 });
  await scene.clock.advance(1_999);
  expect(await isPending(scene.call)).toBe(true);
  await scene.clock.advance(1);
  expect(await isPending(scene.call)).toBe(false);
  expect(await scene.call).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome: wait.outcome });
  await expectNothingLeft(scene);
});

describe('a deadline that cannot be kept', () => {
  const quota = [{ key: 'account', limit: 1, windowMs: 60_000 }];

  test('by the quota ends the call at once, and tells when to come again', async () => {
    const clock = new VirtualClock();
    const server = await serve();
    const acme = new Acme(server, { clock, quota }, { rateLimitHint: 'Ask for more.' });
    await acme.call();
    const error = await failure(acme.call({ method: 'POST' }, { deadline: 59_000 }));
    expect(error).toMatchObject({
      code: 'QUOTA_WAIT_EXCEEDED',
      outcome: 'not-sent',
      attempts: 0,
      retryable: true,
      hint: 'Ask for more.',
    });
    const waitMs = (error.retryAt?.getTime() ?? 0) - clock.now();
    expect(waitMs).toBeGreaterThanOrEqual(60_000);
    expect(waitMs).toBeLessThanOrEqual(60_100);
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([0, 0]);
    await clock.advance(waitMs);
    await acme.call({}, { deadline: 1_000 });
    expect(server.requests).toHaveLength(2);
  });

  test('because the quota was shortened meanwhile ends the wait at once', async () => {
    const clock = new VirtualClock();
    const server = await serve();
    const acme = new Acme(server, {
      clock,
      quota: [{ key: 'account', limit: 2, windowMs: 60_000 }],
    });
    await acme.call();
    server.faults.answer({ status: 509, headers: { 'retry-after': '500' } });
    const refused = failure(acme.call({}, { deadline: 90_000 }));
    const waiting = failure(acme.call({}, { deadline: 90_000 }));
    expect(await refused).toMatchObject({ code: 'RATE_LIMITED', attempts: 1 });
    expect(await waiting).toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED', attempts: 0 });
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([0, 0]);
  });

  test('because a poll comes too late ends the call at once, and tells when', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => working('7'), { clock });
    const acme = new Acme(server, { clock });
    const error = await clock.run(failure(acme.call({ method: 'POST' }, { deadline: 40_000 })));
    expect(error).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      outcome: 'answered',
      attempts: 2,
      requestId: '7',
      retryable: false,
    });
    expect(error.hint).toMatch('resume');
    expect(error.retryAt).toEqual(new Date(clock.now() + 30_000));
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([30_000, 0]);
  });
});

describe('a signal', () => {
  test('that many calls share has one listener', async () => {
    const server = await serve();
    server.faults.next('n', { times: 30 });
    const controller = new AbortController();
    const { signal } = controller;
    const acme = new Acme(server);
    const calls = Array.from({ length: 30 }, async () => failure(acme.call({}, { signal })));
    await until(() => server.requests.length === 30);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    controller.abort();
    const errors = new Set<VendorError>(await Promise.all(calls));
    expect(errors.size).toBe(30);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('that is aborted with the error of a closed client does not close this one', async () => {
    const other = new Acme(await serve());
    await other.engine.close();
    const reason = await failure(other.call());
    const server = await serve();
    server.faults.next('n');
    const controller = new AbortController();
    const acme = new Acme(server);
    const call = failure(acme.call({}, { signal: controller.signal }));
    await until(() => server.requests.length === 1);
    controller.abort(reason);
    expect(await call).toMatchObject({ code: 'ABORTED', cause: reason });
    expect(await acme.call()).toMatchObject({ state: 'done' });
  });

  test('that is aborted after the answer changes nothing', async () => {
    const controller = new AbortController();
    const acme = new Acme(await serve());
    const answer = await acme.call({}, { signal: controller.signal });
    controller.abort();
    expect(answer.state).toBe('done');
  });
});
