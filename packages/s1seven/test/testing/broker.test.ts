import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import fc from 'fast-check';
import type { IConnackPacket } from 'mqtt-packet';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { startEmulatedBroker } from '../../src/testing/broker/start-broker.ts';
import type {
  BrokerEvent,
  EmulatedBroker,
  EmulatedBrokerOptions,
} from '../../src/testing/emulated-broker.ts';
import { connectPacket, RawClient, until } from './raw-client.ts';

const topic = 'company/42/live/certificates/notarize_one';
const { clientId } = connectPacket;
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function start(options?: EmulatedBrokerOptions): Promise<EmulatedBroker> {
  const broker = await startEmulatedBroker(options);
  open.push(() => broker.close());
  return broker;
}

async function connect({ url }: EmulatedBroker, options?: object): Promise<RawClient> {
  const client = await RawClient.connect(url, options);
  open.push(() => client.destroy());
  return client;
}

/** A client with a filter for everything of its company. */
async function subscribed(broker: EmulatedBroker, options?: object): Promise<RawClient> {
  const client = await connect(broker, options);
  await client.subscribe('company/42/#');
  return client;
}

function kinds({ log }: EmulatedBroker): BrokerEvent['kind'][] {
  return log.map(({ kind }) => kind);
}

function publish(broker: EmulatedBroker, ...texts: (string | number)[]): void {
  for (const text of texts) broker.publish(topic, String(text));
}

const connackOf = ({ received }: RawClient) => received[0] as IConnackPacket;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const lastReason = ({ log }: EmulatedBroker) =>
  log.findLast(({ kind }) => kind === 'close')?.reason;

describe('a session', () => {
  test('is new at first, and present when its client comes back', async () => {
    const broker = await start();
    const first = await subscribed(broker);
    expect(connackOf(first)).toMatchObject({ returnCode: 0, sessionPresent: false });
    first.disconnect();
    await first.closed;
    const second = await connect(broker);
    expect(connackOf(second)).toMatchObject({ returnCode: 0, sessionPresent: true });
  });

  test('is not kept without a filter of QoS 1, which there would be no queue for', async () => {
    const broker = await start();
    const first = await connect(broker);
    first.disconnect();
    await first.closed;
    expect(connackOf(await connect(broker)).sessionPresent).toBe(false);
  });

  test('keeps messages, and delivers them right after CONNACK without any SUBSCRIBE', async () => {
    const broker = await start();
    const first = await subscribed(broker);
    first.disconnect();
    await first.closed;
    publish(broker, 'a', 'b');
    const second = await connect(broker);
    await until(() => second.messages.length === 2);
    expect(second.deliveries).toEqual(['1 a', '2 b']);
  });

  test('gives unacknowledged messages again on the next connection only, from packet id 1', async () => {
    const broker = await start();
    const first = await subscribed(broker);
    publish(broker, 'a', 'b', 'c', 'd');
    await until(() => first.messages.length === 4);
    first.acknowledge(2);
    await first.ping();
    expect(first.deliveries).toEqual(['1 a', '2 b', '3 c', '4 d']);
    broker.cut();
    publish(broker, 'e');
    const second = await connect(broker);
    await until(() => second.messages.length === 4);
    expect(second.deliveries).toEqual(['1 a*', '2 c*', '3 d*', '4 e']);
  });

  test('ends half an hour after its client went, messages and filters and all', async () => {
    const clock = new VirtualClock();
    const broker = await start({ clock });
    const first = await subscribed(broker);
    await clock.advance(60 * 60_000);
    broker.cut();
    publish(broker, 'a');
    await clock.advance(30 * 60_000 - 1);
    publish(broker, 'young');
    expect(kinds(broker)).not.toContain('session-end');
    await clock.advance(1);
    expect(broker.log.at(-1)).toMatchObject({ kind: 'session-end', clientId });
    const second = await connect(broker);
    publish(broker, 'b');
    await second.ping();
    expect(connackOf(second).sessionPresent).toBe(false);
    expect(second.messages).toEqual([]);
    await first.closed;
  });

  test('is kept when its client comes back in time, however often', async () => {
    const clock = new VirtualClock();
    const broker = await start({ clock, sessionExpiryMs: 1_000 });
    (await subscribed(broker)).destroy();
    for (const text of ['a', 'b', 'c']) {
      await until(() => broker.log.at(-1)?.kind === 'close');
      await clock.advance(900);
      publish(broker, text);
      const client = await connect(broker);
      await until(() => client.messages.length === 1);
      expect(client.deliveries).toEqual([`1 ${text}`]);
      client.acknowledge(1);
      await client.ping();
      client.destroy();
    }
  });

  test('is not kept for a client that wants a clean one', async () => {
    const broker = await start();
    await subscribed(broker);
    const clean = await subscribed(broker, { clean: true });
    expect(connackOf(clean).sessionPresent).toBe(false);
    clean.disconnect();
    await clean.closed;
    publish(broker, 'a');
    expect(connackOf(await connect(broker)).sessionPresent).toBe(false);
  });

  test('can be forgotten by a test', async () => {
    const broker = await start();
    const client = await subscribed(broker);
    broker.expireSession(clientId);
    await client.closed;
    expect(connackOf(await connect(broker)).sessionPresent).toBe(false);
  });
});

describe('the window', () => {
  test('holds ten messages, and moves on by as many as are acknowledged', async () => {
    const broker = await start();
    const client = await subscribed(broker);
    publish(broker, ...upTo(20));
    await client.ping();
    expect(client.messages).toHaveLength(10);
    client.acknowledge(3, 1, 10, 7);
    await client.ping();
    expect(client.messages).toHaveLength(14);
    expect(client.deliveries.slice(10)).toEqual(['11 11', '12 12', '13 13', '14 14']);
  });

  test('does not move for a packet id that means nothing', async () => {
    const broker = await start({ window: 1 });
    const client = await subscribed(broker);
    publish(broker, 'a', 'b');
    await until(() => client.messages.length === 1);
    client.acknowledge(2, 77, 1, 1);
    await client.ping();
    expect(client.deliveries).toEqual(['1 a', '2 b']);
    expect(broker.log.filter(({ kind }) => kind === 'stray-acknowledge')).toHaveLength(3);
  });
});

describe('filters', () => {
  test('may be refused by a bare close: what stands behind it in the same packet is bound', async () => {
    const broker = await start({ authorise: (_client, filter) => !filter.endsWith('/send') });
    const client = await connect(broker);
    const subscriptions = [topic, 'company/42/live/transactions/send', 'company/42/live/hooks/+'];
    client.send({
      cmd: 'subscribe',
      messageId: 1,
      subscriptions: subscriptions.map((filter) => ({ topic: filter, qos: 1 })),
    });
    await client.closed;
    expect(client.received.map(({ cmd }) => cmd)).toEqual(['connack']);
    expect(kinds(broker)).toEqual(['connect', 'subscribe', 'refuse-filter', 'close']);
    expect(lastReason(broker)).toBe('refused-filter');
  });

  test('may be refused by SUBACK 128, and then the connection closes', async () => {
    const authorise = (_client: unknown, filter: string) => filter === topic;
    const broker = await start({ refusedFilter: 'suback', authorise });
    const client = await connect(broker);
    await client.subscribe(topic, 'company/42/#');
    await client.closed;
    expect(client.received.at(-1)).toMatchObject({ cmd: 'suback', granted: [1, 128] });
  });

  test('are granted QoS 1 at most', async () => {
    const client = await connect(await start());
    const subscriptions = [
      { topic: 'a', qos: 2 as const },
      { topic: 'b', qos: 0 as const },
    ];
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    const suback = await client.sees(({ cmd }) => cmd === 'suback');
    expect(suback).toMatchObject({ granted: [1, 0] });
  });

  test('of QoS 0 deliver without packet id, and end with their connection', async () => {
    const broker = await start();
    const client = await connect(broker);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] });
    await client.sees(({ cmd }) => cmd === 'suback');
    publish(broker, 'a');
    await until(() => client.messages.length === 1);
    expect(client.messages[0]).toMatchObject({ qos: 0 });
    broker.cut();
    publish(broker, 'b');
    const next = await connect(broker);
    publish(broker, 'c');
    await next.ping();
    expect(next.messages).toEqual([]);
  });

  test('make packet ids go on from that of their SUBSCRIBE', async () => {
    const broker = await start();
    const client = await connect(broker);
    for (const messageId of [65_534, 7]) {
      client.send({ cmd: 'subscribe', messageId, subscriptions: [{ topic, qos: 1 }] });
    }
    await until(() => client.received.length === 3);
    publish(broker, 'a', 'b', 'c');
    await until(() => client.messages.length === 3);
    expect(client.deliveries).toEqual(['65534 a', '65535 b', '1 c']);
  });

  test('that overlap deliver a message once', async () => {
    const broker = await start();
    const client = await connect(broker);
    await client.subscribe(topic, 'company/42/#', 'company/+/live/#');
    publish(broker, 'a');
    await client.ping();
    expect(client.deliveries).toEqual(['1 a']);
  });

  test('stay bound over connections until they are unsubscribed', async () => {
    const broker = await start();
    await subscribed(broker);
    const client = await connect(broker);
    client.send({ cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['company/42/#'] });
    expect(await client.sees(({ cmd }) => cmd === 'unsuback')).toMatchObject({ messageId: 5 });
    publish(broker, 'a');
    await client.ping();
    expect(client.messages).toEqual([]);
  });
});

describe('connecting', () => {
  const secret = canaries.accessToken;
  const authenticate: EmulatedBrokerOptions['authenticate'] = ({ username, password }) =>
    username === 'vhost:42' && password === secret;

  test('asks the emulator who may, and says 4 to the others', async () => {
    const broker = await start({ authenticate });
    const password = Buffer.from(secret);
    const welcome = await connect(broker, { username: 'vhost:42', password });
    expect(connackOf(welcome).returnCode).toBe(0);
    for (const login of [{}, { username: '42', password }, { username: 'vhost:42' }]) {
      const refused = await connect(broker, { clientId: 'another', ...login });
      await refused.closed;
      expect(connackOf(refused)).toMatchObject({ returnCode: 4, sessionPresent: false });
    }
    expect(broker.log.filter(({ kind }) => kind === 'refuse')).toHaveLength(3);
    expect(JSON.stringify(broker.log)).not.toContain(secret);
  });

  test.each([
    ['MQTT 5', { protocolVersion: 5 }, 1],
    ['MQTT 3.1', { protocolVersion: 3, protocolId: 'MQIsdp' }, 1],
  ])('refuses %s', async (_name, options, returnCode) => {
    const client = await connect(await start(), options);
    await client.closed;
    expect(connackOf(client).returnCode).toBe(returnCode);
  });

  test('refuses a persistent session without a client id', async () => {
    const broker = await start();
    const client = new RawClient(broker.url);
    // By hand, since the generator refuses to write it: MQTT, 4, no flags, 60 s, an empty client id.
    client.sendBytes(Buffer.from('100c00044d5154540400003c0000', 'hex'));
    await client.closed;
    expect(connackOf(client).returnCode).toBe(2);
  });

  test('gives clients without a client id sessions of their own', async () => {
    const broker = await start();
    const one = await subscribed(broker, { clientId: '', clean: true });
    const two = await subscribed(broker, { clientId: '', clean: true });
    publish(broker, 'a');
    await until(() => one.messages.length + two.messages.length === 2);
    expect(kinds(broker)).not.toContain('take-over');
  });

  test('of the same client id again: the newest wins, the older is closed bare', async () => {
    const broker = await start();
    const older = await subscribed(broker);
    publish(broker, 'a');
    await until(() => older.messages.length === 1);
    const newer = await connect(broker);
    await older.closed;
    await until(() => newer.messages.length === 1);
    expect(newer.deliveries).toEqual(['1 a*']);
    expect(older.received.map(({ cmd }) => cmd)).toEqual(['connack', 'suback', 'publish']);
    expect(kinds(broker)).toContain('take-over');
  });

  test('is refused with a token that has ended, and ends when it does', async () => {
    const clock = new VirtualClock();
    const endsAtMs = clock.now() + 60_000;
    const broker = await start({ clock, expiryOf: () => endsAtMs });
    const client = await connect(broker);
    await clock.advance(59_999);
    await client.ping();
    await clock.advance(1);
    await client.closed;
    expect(lastReason(broker)).toBe('token-expired');
    expect(connackOf(await connect(broker)).returnCode).toBe(4);
  });
});

describe('silence', () => {
  test('of one and a half times the keepalive ends the connection', async () => {
    const keepaliveClock = new VirtualClock();
    const broker = await start({ keepaliveClock });
    const client = await connect(broker, { keepalive: 10 });
    for (const _ of upTo(3)) {
      await keepaliveClock.advance(14_999);
      await client.ping();
    }
    await keepaliveClock.advance(14_999);
    expect(kinds(broker)).not.toContain('close');
    await keepaliveClock.advance(1);
    await client.closed;
    expect(lastReason(broker)).toBe('silent');
  });

  test('is allowed for ever with a keepalive of 0', async () => {
    const keepaliveClock = new VirtualClock();
    const client = await connect(await start({ keepaliveClock }), { keepalive: 0 });
    await keepaliveClock.advance(1e9);
    await client.ping();
    expect(keepaliveClock.pendingTimers).toBe(0);
  });

  test('instead of CONNECT ends the connection', async () => {
    const keepaliveClock = new VirtualClock();
    const broker = await start({ keepaliveClock });
    const client = new RawClient(broker.url);
    open.push(() => client.destroy());
    await until(() => keepaliveClock.pendingTimers === 1);
    await keepaliveClock.advance(10_000);
    await client.closed;
    expect(lastReason(broker)).toBe('silent');
  });
});

describe('a wrong client is cut', () => {
  test.each<[string, Parameters<RawClient['send']>[0], string?]>([
    [
      'publishes',
      { cmd: 'publish', topic, payload: '', qos: 0, dup: false, retain: false },
      'published',
    ],
    ['connects twice', connectPacket],
    ['speaks as a server', { cmd: 'pingresp' }],
    ['speaks of QoS 2', { cmd: 'pubrec', messageId: 1 }],
    [
      'asks for a filter that is none',
      {
        cmd: 'subscribe',
        messageId: 1,
        subscriptions: [{ topic: 'company/42#', qos: 1 }],
      },
    ],
  ])('that %s', async (_name, packet, reason = 'protocol') => {
    const broker = await start();
    const client = await connect(broker);
    client.send(packet);
    await client.closed;
    expect(client.received).toHaveLength(1);
    expect(lastReason(broker)).toBe(reason);
  });

  test('that does not begin with CONNECT', async () => {
    const broker = await start();
    const client = new RawClient(broker.url);
    client.send({ cmd: 'pingreq' });
    await client.closed;
    expect(lastReason(broker)).toBe('protocol');
  });

  test('that sends bytes which are no MQTT, whatever they are', async () => {
    const broker = await start();
    const hostile = fc.uint8Array({ minLength: 1, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(hostile, fc.boolean(), async (bytes, isConnected) => {
        const client = new RawClient(broker.url);
        if (isConnected) client.send({ ...connectPacket, clientId: 'hostile' });
        client.sendBytes(Buffer.from(bytes));
        client.destroy();
        await client.closed;
      }),
      { numRuns: 50 },
    );
    const honest = await subscribed(broker);
    publish(broker, 'a');
    await until(() => honest.messages.length === 1);
    expect(honest.deliveries).toEqual(['1 a']);
  });
});

describe('a broker', () => {
  test('that is stopped and started again has the same ports and sessions', async () => {
    const clock = new VirtualClock();
    const broker = await start({ clock });
    const { url, webSocketUrl } = broker;
    const first = await subscribed(broker);
    await broker.stop();
    await first.closed;
    publish(broker, 'a');
    await clock.advance(60 * 60_000);
    await broker.start();
    expect([broker.url, broker.webSocketUrl]).toEqual([url, webSocketUrl]);
    await clock.advance(29 * 60_000);
    const second = await connect(broker);
    await until(() => second.messages.length === 1);
    expect(second.deliveries).toEqual(['1 a']);
  });

  test('cuts one client, or all', async () => {
    const broker = await start();
    const one = await connect(broker, { clientId: 'one' });
    const two = await connect(broker, { clientId: 'two' });
    broker.cut('one');
    await one.closed;
    await two.ping();
    broker.cut();
    await two.closed;
    expect(lastReason(broker)).toBe('cut');
  });

  test.each(['', 'company/+/x', 'company/#'])('publishes nothing to `%s`', async (wrong) => {
    const broker = await start();
    expect(() => broker.publish(wrong, '')).toThrow(RangeError);
  });

  test('leaves no timer and no connection behind when it is closed', async () => {
    const clock = new VirtualClock();
    const broker = await startEmulatedBroker({ clock, keepaliveClock: clock });
    const client = await subscribed(broker);
    await subscribed(broker, { clientId: 'left' });
    broker.cut('left');
    await broker.close();
    await client.closed;
    expect(clock.pendingTimers).toBe(0);
    const late = new RawClient(broker.url);
    await late.closed;
  });
});

describe('the broker refuses', () => {
  test('a last will, which would be published', async () => {
    const broker = await start();
    const will = { topic: 'a', payload: Buffer.from('x'), qos: 0, retain: false } as const;
    const client = await connect(broker, { will });
    expect(client.received).toMatchObject([{ cmd: 'connack', returnCode: 5 }]);
  });

  test('NUL in a client id, a user name and a filter, by closing', async () => {
    const broker = await start();
    for (const wrong of [{ clientId: 'a\0b' }, { username: 'a\0b' }]) {
      const client = await connect(broker, wrong);
      await client.closed;
      expect(client.received).toEqual([]);
    }
    const client = await connect(broker);
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'a\0b', qos: 1 }] });
    await client.closed;
    const closes = broker.log.flatMap(({ reason }) => reason ?? []);
    expect(closes).toEqual(['malformed', 'malformed', 'malformed']);
  });

  test('a client id without the prefix that the client has to have', async () => {
    const clientIdPrefixOf = ({ username }: { username: string }) => username || undefined;
    const broker = await start({ clientIdPrefixOf });
    const codes = [];
    for (const username of ['company_42_', 'company_7_', undefined]) {
      const { received } = await connect(broker, username === undefined ? {} : { username });
      codes.push(received.map((packet) => 'returnCode' in packet && packet.returnCode));
    }
    expect(codes).toEqual([[0], [2], [0]]);
  });
});
