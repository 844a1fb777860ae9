import type { IConnectPacket } from 'mqtt-packet';
import { RawClient, until } from './raw-client.ts';

/** A broker on which the same is tried as on another. */
export interface ComparedBroker {
  readonly url: string;
  /** What a client logs in with. */
  readonly login: Pick<IConnectPacket, 'username' | 'password'>;
  /** Sends messages, and waits until the broker has them. */
  publish(topic: string, ...texts: string[]): Promise<void>;
}

/** A topic that the login may read, and one that it may not. */
const topic = 'company/42/live/certificates/notarize_one';
const forbidden = 'company/42/live/transactions/send';

/**
 * What a client meets, told in a way that can be compared: RabbitMQ's answer to each of these is what
 * the emulated broker has to answer.
 */
export const comparisons: Readonly<Record<string, (broker: ComparedBroker) => Promise<unknown>>> = {
  'a session that comes back without a filter': async (broker) =>
    visits(broker, async (visit) => {
      const first = await visit({});
      await leave(first);
      return [facts(first), facts(await visit({}))];
    }),

  'messages that were kept come at once': async (broker) =>
    visits(broker, async (visit) => {
      await leave(await subscribed(visit));
      await broker.publish(topic, 'a', 'b');
      return facts(await received(await visit({}), 2));
    }),

  'what was not acknowledged comes again, first and marked, counted from 1': async (broker) =>
    visits(broker, async (visit) => {
      const first = await subscribed(visit);
      await broker.publish(topic, 'a', 'b', 'c', 'd');
      await received(first, 4);
      first.acknowledge(first.messages[1]?.messageId ?? 0);
      await first.ping();
      await broker.publish(topic, 'e');
      await received(first, 5);
      await leave(first);
      await broker.publish(topic, 'f');
      return [facts(first), facts(await received(await visit({}), 5))];
    }),

  'ten are unacknowledged at most': async (broker) =>
    visits(broker, async (visit) => {
      const client = await subscribed(visit);
      await broker.publish(topic, ...Array.from({ length: 20 }, (_, index) => `${index}`));
      await received(client, 10);
      await client.ping();
      const held = client.messages.length;
      for (const index of [2, 0, 9, 6]) client.acknowledge(client.messages[index]?.messageId ?? 0);
      await received(client, 14);
      await client.ping();
      return [held, facts(client)];
    }),

  'an acknowledgement of nothing': async (broker) =>
    visits(broker, async (visit) => {
      const client = await subscribed(visit);
      client.acknowledge(77);
      await broker.publish(topic, 'a');
      return facts(await received(client, 1));
    }),

  'a filter with + or *, and filters that overlap': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      await client.subscribe('company/42/+/certificates/notarize_one');
      await client.subscribe('company/42/*/certificates/notarize_one');
      await client.subscribe(topic);
      await broker.publish(topic, 'a', 'b');
      return facts(await received(client, 2));
    }),

  'a filter that is unsubscribed': async (broker) =>
    visits(broker, async (visit) => {
      const client = await subscribed(visit);
      client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: [topic] });
      await client.sees(({ cmd }) => cmd === 'unsuback');
      await broker.publish(topic, 'a');
      await client.ping();
      return facts(client);
    }),

  'a filter of QoS 2 and one of QoS 0 in one packet': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      const other = topic.replace('live', 'test');
      const subscriptions = [{ topic, qos: 2 } as const, { topic: other, qos: 0 } as const];
      client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
      await client.sees(({ cmd }) => cmd === 'suback');
      return facts(client);
    }),

  'a filter of QoS 0 does not outlive its connection': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      client.send({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] });
      await client.sees(({ cmd }) => cmd === 'suback');
      await broker.publish(topic, 'a');
      await received(client, 1);
      await leave(client);
      await broker.publish(topic, 'b');
      const next = await visit({});
      await next.ping();
      return [facts(client), facts(next)];
    }),

  'a filter that is refused': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      client.send({
        cmd: 'subscribe',
        messageId: 1,
        subscriptions: [{ topic: forbidden, qos: 1 }],
      });
      return ended(client);
    }),

  'a filter that is refused behind one that is not': async (broker) =>
    refusedPacket(broker, [topic, forbidden]),
  'a filter that is refused before one that is not': async (broker) =>
    refusedPacket(broker, [forbidden, topic]),

  'a second client of the same id': async (broker) =>
    visits(broker, async (visit) => {
      const older = await subscribed(visit);
      await broker.publish(topic, 'a');
      await received(older, 1);
      const newer = await visit({});
      return [await ended(older), facts(await received(newer, 1))];
    }),

  'a clean session after one that was kept': async (broker) =>
    visits(broker, async (visit) => {
      await leave(await subscribed(visit));
      await broker.publish(topic, 'a');
      const clean = await subscribed(visit, { clean: true });
      await clean.ping();
      await leave(clean);
      await broker.publish(topic, 'b');
      const next = await visit({});
      await next.ping();
      return [facts(clean), facts(next)];
    }),

  'a wrong password': async (broker) =>
    visits(broker, async (visit) => ended(await visit({ password: Buffer.from('wrong') }))),
  'a wrong virtual host': async (broker) =>
    visits(broker, async (visit) => ended(await visit({ username: 'nowhere:42' }))),
  'no login': async (broker) =>
    visits(broker, async (visit) =>
      ended(await visit({ username: '', password: Buffer.alloc(0) })),
    ),
  'a message from the client': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      const message = { cmd: 'publish', topic, payload: 'a', dup: false, retain: false } as const;
      client.send({ ...message, qos: 1, messageId: 1 });
      return ended(client);
    }),
  'bytes that are no MQTT': async (broker) =>
    visits(broker, async (visit) => {
      const client = await visit({});
      client.sendBytes(Buffer.alloc(100, 0xff));
      return ended(client);
    }),
};

/** Which filters of a packet are bound although one of them is refused. */
async function refusedPacket(broker: ComparedBroker, filters: readonly string[]): Promise<unknown> {
  return visits(broker, async (visit) => {
    const client = await visit({});
    const subscriptions = filters.map((filter) => ({ topic: filter, qos: 1 as const }));
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions });
    await client.closed;
    await broker.publish(topic, 'a');
    const next = await visit({});
    await next.subscribe(topic);
    await broker.publish(topic, 'b');
    await until(() => next.messages.at(-1)?.payload.toString() === 'b');
    return [facts(client), facts(next)];
  });
}

type Visit = (options: Partial<IConnectPacket>) => Promise<RawClient>;

let visitors = 0;

/** Gives a scenario clients of a client id of its own, and ends them after it. */
async function visits<Result>(
  { url, login }: ComparedBroker,
  scenario: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const clientId = `company_42_visitor-${(visitors += 1)}`;
  const clients: RawClient[] = [];
  const visit: Visit = async (options) => {
    const client = await RawClient.connect(url, { ...login, clientId, ...options });
    clients.push(client);
    return client;
  };
  try {
    return await scenario(visit);
  } finally {
    for (const client of clients) client.destroy();
  }
}

async function subscribed(visit: Visit, options: Partial<IConnectPacket> = {}): Promise<RawClient> {
  const client = await visit(options);
  await client.subscribe(topic);
  return client;
}

async function received(client: RawClient, count: number): Promise<RawClient> {
  await until(() => client.messages.length >= count);
  return client;
}

async function leave(client: RawClient): Promise<void> {
  client.disconnect();
  await client.closed;
}

async function ended(client: RawClient): Promise<unknown> {
  const words = await client.closed;
  return { facts: facts(client), words };
}

/** What came, without what may differ: pongs. */
function facts({ received: packets, deliveries }: RawClient): unknown {
  const connack = packets.find(({ cmd }) => cmd === 'connack');
  const { returnCode, sessionPresent } = {
    returnCode: undefined,
    sessionPresent: false,
    ...connack,
  };
  const subacks = packets.filter(({ cmd }) => cmd === 'suback').map(codes);
  return { returnCode, sessionPresent, subacks, deliveries };
}

function codes(packet: object): unknown {
  return (packet as { granted?: unknown }).granted;
}
