import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { MqttClient } from 'mqtt';
import { PassThrough } from 'node:stream';
import type { PoisonEvent } from '../../src/events/handling.ts';
import { sendPuback } from '../../src/events/puback.ts';
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

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

const fails = () => {
  throw new Error('no');
};

test('the library still sends PUBACK when it is told to in private', async () => {
  const written: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (bytes: Buffer) => written.push(bytes));
  const client = new MqttClient(() => stream, { manualConnect: true, reconnectPeriod: 0 });
  client.stream = stream;
  client.connected = true;
  sendPuback(client, 0x1234);
  await eventually(() => written.length > 0);
  expect(Buffer.concat(written).toString('hex')).toBe('40021234');
  stream.destroy();
});

test('a handler slower than the keepalive keeps its one connection, and runs once', async () => {
  const broker = await startBroker();
  let handled = 0;
  const handler = async () => {
    await sleep(4000);
    handled += 1;
  };
  await connect({ broker, handler, timing: { keepaliveSeconds: 1 } });
  broker.publish(topic, '1');
  await eventually(() => count(broker, 'acknowledge') === 1);
  expect([handled, count(broker, 'connect'), count(broker, 'deliver')]).toEqual([1, 1, 1]);
});

describe('a flood', () => {
  test('from a broker without a window is held back, and the connection stays', async () => {
    const broker = await startBroker({ window: 65_535 });
    const size = 1000;
    const total = 6000;
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let handled = 0;
    const handler = async () => {
      await held;
      handled += 1;
    };
    const stream = await connect({ broker, handler, timing: { keepaliveSeconds: 1 } });
    const payload = 'x'.repeat(size);
    for (let id = 0; id < total; id += 1) broker.publish(topic, payload);
    // Longer than the keepalive, with the broker's answers to pings stuck behind the flood.
    await sleep(4000);
    expect(count(broker, 'connect')).toBe(1);
    letGo();
    await eventually(() => handled === total);
    await eventually(() => count(broker, 'acknowledge') === total);
    expect(count(broker, 'close')).toBe(0);
    await stream.close();
  });
});

describe('poison', () => {
  test('is left unacknowledged, told, and comes again with the next connection', async () => {
    const broker = await startBroker();
    const host = hostOf(broker);
    const poisons: PoisonEvent[] = [];
    const stream = await connect({ broker, host, handler: fails, options: { retries: 1 } });
    stream.on('poison', (poison) => poisons.push(poison));
    broker.publish(topic, '1');
    await eventually(() => poisons.length === 1);
    broker.cut();
    await eventually(() => poisons.length === 2);
    expect(poisons).toMatchObject([
      { event: { payload: 1, duplicate: false }, attempts: 1, acknowledged: false },
      { event: { payload: 1, duplicate: true }, attempts: 1, acknowledged: false },
    ]);
    expect([count(broker, 'acknowledge'), host.warnings]).toEqual([0, []]);
  });

  test('fills the broker’s window, and a warning says so', async () => {
    const broker = await startBroker();
    const host = hostOf(broker);
    const seen: unknown[] = [];
    const handler = ({ payload }: { payload: unknown }) => {
      seen.push(payload);
      fails();
    };
    await connect({ broker, host, handler, options: { retries: 1 } });
    for (let id = 1; id <= 11; id += 1) broker.publish(topic, String(id));
    await eventually(() => host.warnings.includes('events-window-full'));
    expect(seen).toHaveLength(10);
    expect(host.warnings.filter((warning) => warning === 'events-poison')).toHaveLength(10);
  });

  test('that is acknowledged frees the window', async () => {
    const broker = await startBroker({ window: 2 });
    const seen: unknown[] = [];
    const handler = ({ payload }: { payload: unknown }) => {
      seen.push(payload);
      fails();
    };
    const onPoison = async () => 'acknowledge' as const;
    await connect({ broker, handler, options: { retries: 1, onPoison } });
    for (let id = 1; id <= 7; id += 1) broker.publish(topic, String(id));
    await eventually(() => count(broker, 'acknowledge') === 7);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

test('as many handlers run at a time as the concurrency says', async () => {
  const broker = await startBroker();
  let running = 0;
  let most = 0;
  const handler = async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
  };
  await connect({ broker, handler, options: { concurrency: 4 } });
  for (let id = 1; id <= 40; id += 1) broker.publish(topic, String(id));
  await eventually(() => count(broker, 'acknowledge') === 40);
  expect(most).toBe(4);
});

test('topics overtake each other and keep their own order, if the stream is ordered', async () => {
  const broker = await startBroker();
  const filter = { resource: '+', action: '+', mode: '+' } as const;
  const ended: string[] = [];
  const handler = async (event: { action: string; payload: unknown }) => {
    await sleep(event.action === 'slow' ? 50 : 1);
    ended.push(`${event.action}${String(event.payload)}`);
  };
  await connect({ broker, filter, handler, options: { concurrency: 2, ordered: true } });
  for (const id of ['1', '2', '3']) {
    broker.publish('company/42/live/wallets/slow', id);
    broker.publish('company/42/test/wallets/fast', id);
  }
  await eventually(() => ended.length === 6);
  expect(ended.filter((name) => name.startsWith('slow'))).toEqual(['slow1', 'slow2', 'slow3']);
  expect(ended.slice(0, 3)).toEqual(['fast1', 'fast2', 'fast3']);
});

test('a key keeps what comes again from being handled again', async () => {
  const broker = await startBroker();
  let letGo = () => {};
  const handled: unknown[] = [];
  const handler = async ({ payload }: { payload: unknown }) => {
    handled.push(payload);
    await new Promise<void>((resolve) => (letGo = resolve));
  };
  const options = { concurrency: 2, key: (event: { payload: unknown }) => String(event.payload) };
  await connect({ broker, handler, options });
  broker.publish(topic, '1');
  await eventually(() => handled.length === 1);
  broker.cut();
  await eventually(() => count(broker, 'deliver') === 2);
  letGo();
  await eventually(() => count(broker, 'acknowledge') === 1);
  expect(handled).toEqual([1]);
});

describe('closing', () => {
  test('waits for handlers, acknowledges what they handled, and leaves the rest', async () => {
    const broker = await startBroker();
    const handled: unknown[] = [];
    let started = 0;
    const handler = async ({ payload }: { payload: unknown }) => {
      started += 1;
      await sleep(50);
      handled.push(payload);
    };
    const stream = await connect({ broker, handler, options: { concurrency: 2 } });
    for (let id = 1; id <= 5; id += 1) broker.publish(topic, String(id));
    await eventually(() => started === 2);
    await stream.close();
    expect(handled).toEqual([1, 2]);
    const kinds = broker.log.map(({ kind }) => kind);
    expect(kinds.slice(-3)).toEqual(['acknowledge', 'acknowledge', 'close']);
    expect(broker.log.at(-1)).toMatchObject({ reason: 'disconnect' });
    await connect({ broker, handler });
    await eventually(() => handled.length === 5);
    expect(handled).toEqual([1, 2, 3, 4, 5]);
  });

  test('gives handlers up in the end', async () => {
    const broker = await startBroker();
    let wasAborted: boolean | undefined;
    const handler = async (_event: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<void>((resolve) => {
        wasAborted = signal.aborted;
        signal.addEventListener('abort', () => {
          wasAborted = true;
          resolve();
        });
      });
    const stream = await connect({ broker, handler, timing: { drainMs: 50 } });
    broker.publish(topic, '1');
    await eventually(() => wasAborted === false);
    await stream.close();
    expect(wasAborted).toBe(true);
  });

  test('may be asked for twice, and by the client', async () => {
    const broker = await startBroker();
    const host = hostOf(broker);
    const handled: unknown[] = [];
    let hasStarted = false;
    const handler = async ({ payload }: { payload: unknown }) => {
      hasStarted = true;
      await sleep(20);
      handled.push(payload);
    };
    const stream = await connect({ broker, host, handler });
    broker.publish(topic, '1');
    await eventually(() => hasStarted);
    await Promise.all([stream.close(), stream.close(), host.close()]);
    await stream.ended;
    expect([handled, count(broker, 'acknowledge'), count(broker, 'close')]).toEqual([[1], 1, 1]);
  });

  test('works while there is no connection', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker, handler: () => {}, timing: { random: () => 1 } });
    await broker.stop();
    await stream.close();
    expect(await stream.ended).toBeUndefined();
  });

  test('by the signal ends the stream at once, and its handlers', async () => {
    const broker = await startBroker();
    const controller = new AbortController();
    let wasAborted: boolean | undefined;
    const handler = async (_event: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<void>((resolve) => {
        wasAborted = signal.aborted;
        signal.addEventListener('abort', () => {
          wasAborted = true;
          resolve();
        });
      });
    const options = { signal: controller.signal };
    const host = hostOf(broker);
    const stream = await connect({ broker, host, handler, options });
    broker.publish(topic, '1');
    await eventually(() => wasAborted === false);
    controller.abort();
    expect(await failure(stream.ended)).toMatchObject({ code: 'ABORTED' });
    expect([wasAborted, count(broker, 'acknowledge'), host.warnings]).toEqual([true, 0, []]);
  });

  test('before the first connection ends the subscription', async () => {
    const broker = await startBroker();
    const host = hostOf(broker);
    await host.close();
    // What is wrong is what the signal says; a client's is `CLOSED`.
    expect((await failure(connect({ broker, host }))).code).toBe('ABORTED');
    const signal = AbortSignal.abort();
    expect((await failure(connect({ broker, options: { signal } }))).code).toBe('ABORTED');
    expect(broker.log).toEqual([]);
  });
});

test('an event that only an earlier stream asked for is handled, and warned about once', async () => {
  const broker = await startBroker();
  const wide = { resource: '+', action: '+', mode: 'live' } as const;
  await (await connect({ broker, filter: wide, handler: () => {} })).close();
  const host = hostOf(broker);
  const handled: string[] = [];
  await connect({ broker, host, handler: (event) => handled.push(event.resource) });
  for (const resource of ['wallets', 'hooks']) {
    broker.publish(`company/42/live/${resource}/create_one`, '1');
  }
  broker.publish(topic, '1');
  await eventually(() => handled.length === 3);
  expect(handled).toEqual(['wallets', 'hooks', 'certificates']);
  expect(host.warnings).toEqual(['events-other-topic']);
});

test('a client id of its own is warned about if none is given', async () => {
  const broker = await startBroker();
  const host = hostOf(broker);
  await connect({ broker, host, handler: () => {}, options: { clientId: undefined } });
  expect(host.warnings).toEqual(['events-session-not-kept']);
  expect(broker.log[0]?.clientId).toMatch(/^company_42_[\w-]{36}$/);
  expect(broker.log[0]?.clientId).not.toBe(clientId);
});
