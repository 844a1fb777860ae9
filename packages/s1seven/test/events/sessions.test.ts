import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { closeAll, connect, failure, hostOf } from './harness.ts';
import { acknowledged, grant, letIn, startRawBroker, type RawBroker } from './raw-broker.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

/** How many connections were granted their topic. */
const subscribed = ({ connections }: RawBroker) =>
  connections.filter(({ received }) => received.some(({ cmd }) => cmd === 'subscribe')).length;

test('what waits from a session that was lost is handled, however often the next is resumed', async () => {
  const broker = await startRawBroker({
    connect: (connection) => {
      // The second session is lost; the third connection resumes the new one.
      letIn(connection, connection.number >= 3);
      if (connection.number === 2) connection.publish(1, '"new"');
    },
  });
  const handled: unknown[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const handler = async ({ payload }: { payload: unknown }) => {
    await held;
    handled.push(payload);
  };
  await connect({ broker, host: hostOf(broker), handler });
  for (let id = 1; id <= 5; id += 1) broker.connections[0]?.publish(id, String(id));
  await sleep(100);
  for (const cut of [0, 1]) {
    broker.connections[cut]?.socket.destroy();
    await eventually(() => subscribed(broker) === cut + 2);
  }
  letGo();
  await eventually(() => handled.length === 5);
  // The broker sends again what it has kept of the resumed session.
  broker.connections[2]?.publish(1, '"new"');
  await eventually(() => handled.length === 6);
  expect(handled).toEqual([1, 2, 3, 4, 5, 'new']);
  expect(broker.connections.map(acknowledged)).toEqual([[], [], [1]]);
});

describe('a gap', () => {
  const openStream = async (broker: RawBroker) => {
    const told: string[] = [];
    const stream = await connect({ broker, host: hostOf(broker), handler: () => {} });
    stream.on('gap', ({ since }) => told.push(`gap ${since.getTime() <= Date.now()}`));
    stream.on('connect', ({ resumed }) => told.push(`connect ${String(resumed)}`));
    return { stream, told };
  };

  test('is told when the topics are granted again, once', async () => {
    let grantLater = () => {};
    const broker = await startRawBroker({
      connect: (connection) => letIn(connection, connection.number >= 3),
      subscribe: (connection, packet) => {
        if (connection.number === 2) grantLater = () => grant(connection, packet);
        else grant(connection, packet);
      },
    });
    const { told } = await openStream(broker);
    broker.connections[0]?.socket.destroy();
    await eventually(() => subscribed(broker) === 2);
    await sleep(50);
    expect(told).toEqual([]);
    grantLater();
    await eventually(() => told.length === 2);
    broker.connections[1]?.socket.destroy();
    await eventually(() => told.length === 3);
    expect(told).toEqual(['connect false', 'gap true', 'connect true']);
  });

  test('is told though the connection without the session was cut before its topics', async () => {
    const broker = await startRawBroker({
      connect: (connection) => letIn(connection, connection.number >= 3),
      subscribe: (connection, packet) => {
        if (connection.number === 2) connection.socket.destroy();
        else grant(connection, packet);
      },
    });
    const { told } = await openStream(broker);
    broker.connections[0]?.socket.destroy();
    await eventually(() => told.length === 2);
    expect(told).toEqual(['connect false', 'gap true']);
  });

  test('before the first grant is none, but the session is not a resumed one', async () => {
    const broker = await startRawBroker({
      subscribe: (connection, packet) => {
        if (connection.number === 1) connection.socket.destroy();
        else grant(connection, packet);
      },
    });
    const { stream, told } = await openStream(broker);
    expect([stream.resumed, told]).toEqual([false, []]);
  });
});

test('a message of quality 2 completes its handshake, and is warned of', async () => {
  const broker = await startRawBroker({
    pubrec: ({ send }, { messageId = 0 }) => send({ cmd: 'pubrel', messageId }),
  });
  const host = hostOf(broker);
  const handled: unknown[] = [];
  await connect({ broker, host, handler: ({ payload }) => handled.push(payload) });
  const [connection] = broker.connections;
  for (const id of [1, 2]) connection?.publish(id, String(id), 2);
  await eventually(() => handled.length === 2);
  const completed = () => connection?.received.filter(({ cmd }) => cmd === 'pubcomp') ?? [];
  await eventually(() => completed().length === 2);
  expect(handled).toEqual([1, 2]);
  expect(host.warnings).toEqual(['events-at-most-once']);
});

describe('a stream is left at once', () => {
  const soonMs = 2500;

  const timed = async (work: () => Promise<unknown>) => {
    const startMs = performance.now();
    await work();
    return performance.now() - startMs;
  };

  test('by its signal before its topics are granted', async () => {
    const broker = await startRawBroker({ subscribe: () => {}, disconnect: () => {} });
    const abort = new AbortController();
    const subscribing = failure(
      connect({ broker, host: hostOf(broker), options: { signal: abort.signal } }),
    );
    await eventually(() => subscribed(broker) === 1);
    const tookMs = await timed(async () => {
      abort.abort();
      expect(await subscribing).toMatchObject({ code: 'ABORTED' });
    });
    expect(tookMs).toBeLessThan(soonMs);
  });

  test('by its client before its topics are granted', async () => {
    const broker = await startRawBroker({ subscribe: () => {}, disconnect: () => {} });
    const host = hostOf(broker);
    const subscribing = failure(connect({ broker, host }));
    await eventually(() => subscribed(broker) === 1);
    expect(await timed(async () => host.close())).toBeLessThan(soonMs);
    expect(await subscribing).toMatchObject({ code: expect.stringMatching(/CLOSED|ABORTED/) });
  });

  test('while reading is held back, and what was handled is acknowledged', async () => {
    const broker = await startRawBroker({ disconnect: () => {} });
    const host = hostOf(broker);
    const stream = await connect({ broker, host });
    const [connection] = broker.connections;
    for (let id = 1; id <= 1500; id += 1) connection?.publish(id, 'x'.repeat(500));
    const iterator = stream[Symbol.asyncIterator]();
    const { value } = await iterator.next();
    await sleep(300);
    value?.ack();
    expect(await timed(async () => stream.close())).toBeLessThan(soonMs);
    await eventually(() => connection?.received.at(-1)?.cmd === 'disconnect');
    expect(connection === undefined ? [] : acknowledged(connection)).toEqual([1]);
  });
});
