import { VirtualClock } from '@vendorkit/core/testing';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { canaries } from '../../../../tooling/canary/canary.ts';
import type { GapEvent } from '../../src/events/stream-events.ts';
import { eventually } from './eventually.ts';
import {
  clientId,
  closeAll,
  closeLater,
  connect,
  count,
  failure,
  hostOf,
  ScriptedTokens,
  startBroker,
  topic,
} from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

const anyOf = (...actions: ('notarize_one' | 'receive_one')[]) =>
  actions.map((action) => ({ resource: 'certificates', action, mode: 'live' }) as const);

describe('nothing is lost', () => {
  test('over 20 cuts while 1,000 messages come', async () => {
    const broker = await startBroker();
    const handled = new Set<unknown>();
    const handler = async ({ payload }: { payload: unknown }) => {
      await sleep(1);
      handled.add(payload);
    };
    const options = { concurrency: 4 };
    const stream = await connect({ broker, handler, options, timing: { random: () => 0.02 } });
    for (let id = 1; id <= 1000; id += 1) {
      broker.publish(topic, String(id));
      if (id % 50 === 0) {
        const before = count(broker, 'deliver');
        await eventually(() => count(broker, 'deliver') > before);
        if (id % 100 === 0) broker.cut();
        else broker.cut(clientId);
      }
    }
    await eventually(() => handled.size === 1000);
    await stream.close();
    expect(count(broker, 'connect')).toBe(21);
    expect(count(broker, 'stray-acknowledge')).toBe(0);
  });

  test('over a restart of the broker', async () => {
    const broker = await startBroker();
    const handled: unknown[] = [];
    await connect({ broker, handler: ({ payload }) => handled.push(payload) });
    await broker.stop();
    for (let id = 1; id <= 20; id += 1) broker.publish(topic, String(id));
    await sleep(50);
    await broker.start();
    await eventually(() => handled.length === 20);
    expect(handled).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('of what waits here if the broker forgets the session, and a gap is told', async () => {
    const broker = await startBroker({ window: 5 });
    const handled: unknown[] = [];
    const gaps: GapEvent[] = [];
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const stream = await connect({
      broker,
      handler: async ({ payload }) => {
        await held;
        handled.push(payload);
      },
    });
    stream.on('gap', (gap) => gaps.push(gap));
    const beforeMs = Date.now();
    for (let id = 1; id <= 5; id += 1) broker.publish(topic, String(id));
    await eventually(() => count(broker, 'deliver') === 5);
    broker.expireSession(clientId);
    await eventually(() => gaps.length === 1);
    letGo();
    await eventually(() => handled.length === 5);
    expect(handled).toEqual([1, 2, 3, 4, 5]);
    expect(gaps).toMatchObject([{ topics: [topic] }]);
    expect(gaps[0]?.since.getTime()).toBeGreaterThanOrEqual(beforeMs - 1000);
    expect(count(broker, 'acknowledge')).toBe(0);
  });

  test('by a handler that ends after its connection: its event comes again', async () => {
    const broker = await startBroker();
    const seen: string[] = [];
    let letGo = () => {};
    const handler = async (event: { payload: unknown; duplicate: boolean }) => {
      seen.push(`${String(event.payload)}${event.duplicate ? '*' : ''}`);
      if (seen.length === 1) await new Promise<void>((resolve) => (letGo = resolve));
    };
    await connect({ broker, handler });
    for (const id of ['1', '2', '3']) broker.publish(topic, id);
    await eventually(() => count(broker, 'deliver') === 3);
    broker.cut();
    await eventually(() => count(broker, 'deliver') === 6);
    letGo();
    await eventually(() => count(broker, 'acknowledge') === 3);
    // The late acknowledgement of the old 1 reached nothing, and above all not the new 1.
    expect(seen).toEqual(['1', '1*', '2*', '3*']);
    expect(count(broker, 'stray-acknowledge')).toBe(0);
  });
});

test('a gap begins when the broker was last heard, however often it was tried since', async () => {
  const broker = await startBroker();
  const gaps: GapEvent[] = [];
  const stream = await connect({ broker, handler: () => {} });
  stream.on('gap', (gap) => gaps.push(gap));
  await broker.stop();
  const stoppedAtMs = Date.now();
  broker.expireSession(clientId);
  await sleep(300);
  await broker.start();
  await eventually(() => gaps.length === 1);
  expect(gaps[0]?.since.getTime()).toBeLessThanOrEqual(stoppedAtMs);
  expect(gaps[0]?.since.getTime()).toBeGreaterThan(stoppedAtMs - 60_000);
});

test('a gap is not told at the first connect, nor when the session is there', async () => {
  const broker = await startBroker();
  const told: string[] = [];
  const stream = await connect({ broker, handler: () => {} });
  stream.on('gap', () => told.push('gap'));
  stream.on('disconnect', ({ reason }) => told.push(`disconnect ${reason?.code ?? 'by itself'}`));
  stream.on('connect', ({ resumed }) => told.push(`connect ${String(resumed)}`));
  broker.cut();
  await eventually(() => told.length === 2);
  await stream.close();
  expect(told).toEqual(['disconnect CONNECTION', 'connect true', 'disconnect by itself']);
});

describe('a topic that is refused', () => {
  test.each(['close', 'suback'] as const)(
    'by %s ends the stream and is named',
    async (refusedFilter) => {
      const broker = await startBroker({
        refusedFilter,
        authorise: (_client, filter) => !filter.endsWith('receive_one'),
      });
      const filter = anyOf('notarize_one', 'receive_one');
      const error = await failure(connect({ broker, filter, handler: () => {} }));
      expect(error).toMatchObject({ code: 'FORBIDDEN', retryable: false });
      expect(error.message).toContain('company/42/live/certificates/receive_one');
      expect(error.hint).toContain('certificates: receive_one');
      expect(count(broker, 'connect')).toBe(refusedFilter === 'close' ? 2 : 1);
    },
  );

  test('once is taken for a cut', async () => {
    let refusals = 0;
    const broker = await startBroker({ authorise: () => (refusals += 1) > 1 });
    await connect({ broker, handler: () => {} });
    expect(count(broker, 'refuse-filter')).toBe(1);
  });

  test('after it was granted is taken for a cut, for a minute', async () => {
    const clock = new VirtualClock();
    let mayRead = true;
    const broker = await startBroker({ authorise: () => mayRead });
    const stream = await connect({ broker, host: hostOf(broker, { clock }), handler: () => {} });
    mayRead = false;
    broker.cut();
    const error = await clock.run(failure(stream.ended));
    expect(error.code).toBe('FORBIDDEN');
    expect(clock.monotonicNow()).toBeGreaterThan(60_000);
    expect(count(broker, 'refuse-filter')).toBeGreaterThanOrEqual(5);
  });

  test('later ends the stream with an error that ended, listeners and the iterator get', async () => {
    let mayRead = true;
    const broker = await startBroker({ refusedFilter: 'suback', authorise: () => mayRead });
    const host = hostOf(broker);
    const stream = await connect({ broker, host });
    const next = failure(stream[Symbol.asyncIterator]().next());
    const told: unknown[] = [];
    stream.on('error', (error) => told.push(error));
    mayRead = false;
    broker.cut();
    const error = await failure(stream.ended);
    expect([error.code, await next, told]).toEqual(['FORBIDDEN', error, [error]]);
    expect(await failure(stream[Symbol.asyncIterator]().next())).toBe(error);
    expect(host.warnings).toEqual([]);
  });
});

test('an error without a listener is told as a warning', async () => {
  let mayRead = true;
  const broker = await startBroker({ refusedFilter: 'suback', authorise: () => mayRead });
  const host = hostOf(broker);
  await connect({ broker, host, handler: () => {} });
  mayRead = false;
  broker.cut();
  await eventually(() => host.warnings.length > 0);
  expect(host.warnings).toEqual(['events-ended']);
});

test('all topics of a stream are subscribed to, each in a packet of its own', async () => {
  const broker = await startBroker();
  const handled: unknown[] = [];
  const filter = [...anyOf('notarize_one', 'receive_one'), ...anyOf('notarize_one')];
  await connect({ broker, filter, handler: (event) => handled.push(event.action) });
  broker.publish(topic, '1');
  broker.publish(topic.replace('notarize', 'receive'), '2');
  await eventually(() => handled.length === 2);
  expect(count(broker, 'subscribe')).toBe(2);
});

describe('the first connection', () => {
  test('is tried until the deadline, and then its last obstacle is told', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const clock = new VirtualClock();
    const host = hostOf({ url: `mqtt://127.0.0.1:${port}` }, { clock, deadlineMs: 5000 });
    const broker = await startBroker();
    const error = await clock.run(failure(connect({ broker, host, timing: { random: () => 1 } })));
    expect(error).toMatchObject({ code: 'CONNECTION', retryable: true });
    expect(error.message).toContain('ECONNREFUSED');
    // 250 ms, 500 ms, 1 s, 2 s: the next wait would end too late.
    expect(clock.monotonicNow()).toBe(3750);
  });

  test('to something that does not answer is a timeout', async () => {
    const server = createServer((socket) =>
      closeLater({ close: async () => void socket.destroy() }),
    );
    server.listen(0, '127.0.0.1');
    closeLater({ close: async () => void server.close() });
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const host = hostOf({ url: `mqtt://127.0.0.1:${port}` }, { deadlineMs: 300 });
    const error = await failure(connect({ broker: await startBroker(), host }));
    expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
  });

  test('to something that is not a broker fails', async () => {
    const server = createServer((socket) => {
      closeLater({ close: async () => void socket.destroy() });
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    closeLater({ close: async () => void server.close() });
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const host = hostOf({ url: `mqtt://127.0.0.1:${port}` }, { deadlineMs: 300 });
    const error = await failure(connect({ broker: await startBroker(), host }));
    expect(error.code).toBe('CONNECTION');
  });

  test('at a wrong path of a WebSocket fails at once', async () => {
    const broker = await startBroker();
    const host = hostOf({ url: broker.webSocketUrl.replace('/ws/mqtt', '/elsewhere') });
    const error = await failure(connect({ broker, host }));
    expect([error.code, error.hint]).toEqual(['CONFIGURATION', 'Check the path of `brokerUrl`.']);
  });
});

describe('a token that is about to end', () => {
  /** Four minutes and a tenth before the end of an hour. Real connections take no virtual time. */
  const renewalMs = 3_600_000 - 246_000;

  test('is replaced, and the stream connects with the new one without losing anything', async () => {
    const clock = new VirtualClock();
    const { accessToken, refreshToken } = canaries;
    const expiresAtMs = clock.now() + 3_600_000;
    const tokens = new ScriptedTokens({ token: accessToken, expiresAtMs }, refreshToken);
    const passwords: string[] = [];
    const broker = await startBroker({
      authenticate: ({ password }) => passwords.push(password) > 0,
    });
    const told: string[] = [];
    const handled: unknown[] = [];
    const stream = await connect({
      broker,
      host: hostOf(broker, { tokens, clock }),
      handler: ({ payload }) => handled.push(payload),
    });
    stream.on('gap', () => told.push('gap'));
    stream.on('disconnect', ({ reason }) => told.push(`disconnect ${reason?.code ?? ''}`));
    broker.publish(topic, '1');
    await eventually(() => handled.length === 1);
    await clock.advance(renewalMs);
    await eventually(() => count(broker, 'connect') === 2);
    broker.publish(topic, '2');
    await eventually(() => handled.length === 2);
    expect([passwords, told, handled]).toEqual([
      [accessToken, refreshToken],
      ['disconnect '],
      [1, 2],
    ]);
    const closes = broker.log.filter(({ kind }) => kind === 'close');
    expect(closes).toMatchObject([{ reason: 'disconnect' }]);
  });

  test('is kept if there is no other, and the connection with it', async () => {
    const clock = new VirtualClock();
    const expiresAtMs = clock.now() + 3_600_000;
    const tokens = new ScriptedTokens({ token: canaries.accessToken, expiresAtMs });
    const broker = await startBroker();
    const stream = await connect({
      broker,
      host: hostOf(broker, { tokens, clock }),
      handler: () => {},
    });
    await clock.advance(7_200_000);
    expect(tokens.asked).toEqual(['get', 'getRenewed', 'getRenewed']);
    expect(count(broker, 'connect')).toBe(1);
    await stream.close();
  });

  test('is replaced after what is being handled', async () => {
    const clock = new VirtualClock();
    const expiresAtMs = clock.now() + 3_600_000;
    const tokens = new ScriptedTokens({ token: 'old', expiresAtMs }, 'new');
    const broker = await startBroker();
    let letGo = () => {};
    const handler = async () => new Promise<void>((resolve) => (letGo = resolve));
    const host = hostOf(broker, { tokens, clock });
    const stream = await connect({ broker, host, handler, timing: { drainMs: 1e9 } });
    broker.publish(topic, '1');
    await eventually(() => count(broker, 'deliver') === 1);
    await clock.advance(renewalMs);
    expect(count(broker, 'close')).toBe(0);
    letGo();
    await eventually(() => count(broker, 'connect') === 2);
    const kinds = broker.log.map(({ kind }) => kind);
    expect(kinds.indexOf('acknowledge')).toBeLessThan(kinds.indexOf('close'));
    expect(kinds.indexOf('acknowledge')).toBeGreaterThan(0);
    await stream.close();
  });
});
