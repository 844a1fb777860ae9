import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStream } from '../../src/events/event-stream.ts';
import type { EmulatedBroker } from '../../src/testing/emulated-broker.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { eventually } from './eventually.ts';
import {
  clientId,
  closeAll,
  connect,
  count,
  failure,
  hostOf,
  startBroker,
  topic,
} from './harness.ts';
import { letIn, startRawBroker } from './raw-broker.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(240_000);
afterEach(closeAll);

/** Real chance, so that two streams do not march in step. */
const timing = { random: Math.random };

/** Starts two streams with one client id, one after the other, and waits until one of them gives up. */
async function fight(broker: EmulatedBroker, id: string) {
  const ended: { stream: EventStream; error: unknown }[] = [];
  const open = async () => {
    const stream = await connect({ broker, handler: () => {}, options: { clientId: id }, timing });
    void failure(stream.ended).then(
      (error) => ended.push({ stream, error }),
      () => {},
    );
    return stream;
  };
  const older = await open();
  await sleep(1500);
  const newer = await open();
  await eventually(() => ended.length > 0, 200_000);
  const [loser] = ended;
  const connects = broker.log.filter(
    (event) => event.kind === 'connect' && event.clientId.startsWith(id),
  );
  return { older, newer, loser, connects: connects.length };
}

/** The same ten times at once. */
async function fights(broker: EmulatedBroker) {
  const ids = Array.from({ length: 10 }, (_, index) => `${clientId}${index}-`);
  return Promise.all(ids.map(async (id) => fight(broker, id)));
}

test('of two streams with one client id the older ends with a conflict, without a storm', async () => {
  const broker = await startBroker();
  const busyBroker = await startBroker();
  const publishing = setInterval(() => busyBroker.publish(topic, '1'), 100);
  const [idle, busy] = await Promise.all([fights(broker), fight(busyBroker, clientId)]);
  clearInterval(publishing);
  for (const { loser, connects } of [...idle, busy]) {
    expect(loser?.error).toMatchObject({ code: 'CONFLICT' });
    expect(String(loser?.error)).toMatch(/company_42_test.*something else closes exactly this/);
    expect(connects).toBeLessThanOrEqual(loser === busy.loser ? 100 : 40);
  }
  const won = idle.filter(({ older, loser }) => loser?.stream === older);
  // Chance has a part in it: takeover-simulation.test.ts counts a thousand fights.
  expect(won.length).toBeGreaterThanOrEqual(7);
  // The winners are left alone.
  const connects = count(broker, 'connect');
  await sleep(300);
  expect(count(broker, 'connect')).toBeLessThanOrEqual(connects + idle.length);
});

describe('cuts are no takeover', () => {
  test('however often all connections are cut', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker, handler: () => {}, timing: { random: () => 0.01 } });
    for (let cuts = 1; cuts <= 12; cuts += 1) {
      broker.cut();
      await new Promise((resolve) => stream.on('connect', resolve));
    }
    expect(count(broker, 'connect')).toBeGreaterThan(13);
  });

  test('even of this one connection, while messages come', async () => {
    const broker = await startBroker();
    const handled = new Set<unknown>();
    const stream = await connect({
      broker,
      handler: ({ payload }) => handled.add(payload),
      timing: { random: () => 0.01 },
    });
    for (let cuts = 1; cuts <= 20; cuts += 1) {
      broker.publish(topic, String(cuts));
      await eventually(() => handled.size === cuts);
      const connected = new Promise((resolve) => stream.on('connect', resolve));
      broker.cut(clientId);
      await connected;
    }
    const connects = broker.log.filter((event) => event.kind === 'connect');
    expect(connects.filter((event) => event.clientId === clientId)).toHaveLength(21);
  });

  test('nor is something that ends each connection after 1 to 6 s', async () => {
    const broker = await startBroker();
    const proxies = await Promise.all(
      Array.from({ length: 8 }, async () => startCuttingProxy(broker.url, 1000, 6000)),
    );
    const streams = await Promise.all(
      proxies.map(async (proxy, index) =>
        connect({
          broker,
          host: hostOf(proxy),
          handler: () => {},
          options: { clientId: `${clientId}${index}` },
          timing,
        }),
      ),
    );
    const lives = streams.map(async ({ ended }) => ended.then(() => 'left', String));
    expect(await Promise.race([...lives, sleep(20_000, 'all live')])).toBe('all live');
    expect(count(broker, 'connect')).toBeGreaterThan(24);
  });

  test('nor are they a storm if the broker lets no second connection in', async () => {
    const broker = await startRawBroker({
      connect: (connection) => {
        letIn(connection, true);
        setTimeout(() => connection.socket.end(), 100);
      },
      probe: ({ send, socket }) => {
        send({ cmd: 'connack', returnCode: 2, sessionPresent: false });
        socket.end();
      },
    });
    const stream = await connect({ broker, host: hostOf(broker), handler: () => {}, timing });
    const life = stream.ended.then(() => 'left', String);
    expect(await Promise.race([life, sleep(8000, 'lives')])).toBe('lives');
    expect(broker.probes.length).toBeGreaterThan(0);
    expect(broker.connections.length).toBeLessThan(25);
  });
});
