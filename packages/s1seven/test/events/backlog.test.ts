import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from 'node:net';
import { eventually } from './eventually.ts';
import { closeAll, closeLater, connect, count, hostOf, startBroker, topic } from './harness.ts';
import { acknowledged, grant, letIn, startRawBroker } from './raw-broker.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(120_000);
afterEach(closeAll);

const delayMs = 50;

/** Something between a stream and its broker that delays what the stream says. */
async function startLatency(url: string): Promise<{ url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTcp(Number(new URL(url).port), '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => setTimeout(() => far.writable && far.write(bytes), delayMs));
    far.pipe(near);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closeLater({
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a session with a large backlog', () => {
  const size = 4 * 1024 * 1024;

  /** A session in which ten messages of 4 MB wait. */
  async function startFull() {
    const broker = await startBroker();
    const first = await connect({ broker, handler: () => {} });
    await first.close();
    for (let id = 0; id < 10; id += 1) broker.publish(topic, Buffer.alloc(size, 97 + id));
    const host = hostOf(await startLatency(broker.url), { deadlineMs: 30_000 });
    return { broker, host };
  }

  test('is subscribed before a slow handler has ended, and acknowledged', async () => {
    const { broker, host } = await startFull();
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let handled = 0;
    const handler = async () => {
      await held;
      handled += 1;
    };
    const stream = await connect({ broker, host, handler });
    expect(stream.resumed).toBe(true);
    letGo();
    await eventually(() => handled === 10);
    await eventually(() => count(broker, 'acknowledge') === 10);
    expect(count(broker, 'connect')).toBe(2);
  });

  test('is subscribed before anybody iterates', async () => {
    const { broker, host } = await startFull();
    const stream = await connect({ broker, host });
    let seen = 0;
    for await (const event of stream) {
      expect([event.raw.length, event.ack()]).toEqual([size, true]);
      if ((seen += 1) === 10) break;
    }
    expect(count(broker, 'connect')).toBe(2);
  });
});

test('3,000 messages before SUBACK, from a broker without a window, are all handled', async () => {
  const broker = await startRawBroker({
    connect: (connection) => {
      letIn(connection, true);
      for (let id = 1; id <= 3000; id += 1) connection.publish(id, String(id));
    },
    // The answer stands behind the messages.
    subscribe: grant,
  });
  let letGo = () => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let handled = 0;
  const handler = async () => {
    await held;
    handled += 1;
  };
  const host = hostOf(broker, { deadlineMs: 20_000 });
  await connect({ broker, host, handler });
  letGo();
  await eventually(() => handled === 3000);
  const [connection] = broker.connections;
  await eventually(() => connection !== undefined && acknowledged(connection).length === 3000);
  expect(broker.connections).toHaveLength(1);
});
