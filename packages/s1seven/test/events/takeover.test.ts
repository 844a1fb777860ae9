import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStream } from '../../src/events/event-stream.ts';
import type { EmulatedBroker } from '../../src/testing/emulated-broker.ts';
import { eventually } from './eventually.ts';
import { clientId, closeAll, connect, count, failure, startBroker, topic } from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

/** Real chance, so that two streams do not march in step. */
const timing = { random: Math.random };

/** Starts two streams with one client id, and waits until one of them gives up. */
async function fight(broker: EmulatedBroker) {
  const ended: { stream: EventStream; error: unknown }[] = [];
  const streams = [];
  for (const _ of [1, 2]) {
    const stream = await connect({ broker, handler: () => {}, timing });
    void failure(stream.ended).then(
      (error) => ended.push({ stream, error }),
      () => {},
    );
    streams.push(stream);
  }
  await eventually(() => ended.length > 0);
  return ended[0];
}

describe('two streams with one client id', () => {
  test('fight shortly, and one of them ends with a conflict', async () => {
    const broker = await startBroker();
    const loser = await fight(broker);
    expect(loser?.error).toMatchObject({ code: 'CONFLICT' });
    expect(String(loser?.error)).toContain(clientId);
    // About four for each of them, and a second connection or two to prove it.
    expect(count(broker, 'connect')).toBeLessThanOrEqual(16);
    // The winner is left alone.
    const connects = count(broker, 'connect');
    await sleep(300);
    expect(count(broker, 'connect')).toBeLessThanOrEqual(connects + 2);
  });

  test('do so while messages come, without a storm', async () => {
    const broker = await startBroker();
    const publishing = setInterval(() => broker.publish(topic, '1'), 20);
    try {
      const loser = await fight(broker);
      expect(loser?.error).toMatchObject({ code: 'CONFLICT' });
      expect(count(broker, 'connect')).toBeLessThanOrEqual(100);
    } finally {
      clearInterval(publishing);
    }
  }, 120_000);
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
    expect(count(broker, 'connect')).toBe(21);
  });
});
