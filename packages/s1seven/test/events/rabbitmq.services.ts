import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { MqttClient } from 'mqtt';
import { startRabbitMq, type RealRabbitMq } from '../../../../tooling/real-server/rabbitmq.ts';
import { startEmulatedBroker } from '../../src/testing/broker/start-broker.ts';
import type { EmulatedBroker } from '../../src/testing/emulated-broker.ts';
import { comparisons } from '../testing/broker-parity.ts';
import {
  publisherLogin,
  startBrokerAuthority,
  vhost,
  type BrokerAuthority,
} from './broker-authority.ts';
import { tcpRoute, webSocketRoute } from './consumer.ts';
import { eventually } from './eventually.ts';
import { proveNothingIsLost } from './loss-proof.ts';
import { connectPublisher, publishText } from './publisher.ts';
import { closeStreams, proxied, start, testStreams, type TriedBroker } from './stream-proofs.ts';
import { readTestToken, testToken } from './test-token.ts';

// A private RabbitMQ with its MQTT plugins, and an HTTP backend that lets in who has a token, to topics
// that the token's scopes name: what S1SEVEN's broker is assumed to be.

let authority: BrokerAuthority;
let rabbitMq: RealRabbitMq;
let publisher: MqttClient;

beforeAll(async () => {
  authority = await startBrokerAuthority();
  rabbitMq = await startRabbitMq({ vhost, authorityUrl: authority.url });
  publisher = await connectPublisher(rabbitMq.mqttPort, publisherLogin);
}, 90_000);

afterAll(async () => {
  await publisher.endAsync(true);
  await rabbitMq.close();
  await authority.close();
});

afterEach(closeStreams);

const routes = () => [tcpRoute(rabbitMq.mqttPort), webSocketRoute(rabbitMq.webSocketPort)] as const;

const tried = (index: 0 | 1): TriedBroker => ({
  route: routes()[index],
  vhost,
  token: () => testToken(),
  publish: async (text) => publishText(publisher, text),
});

describe.each([
  ['TCP', 0],
  ['WebSocket', 1],
] as const)('RabbitMQ over %s', (_, index) => {
  testStreams(() => tried(index));

  test('a token that ended meanwhile is replaced once, when the connection is lost', async () => {
    let made = 0;
    const token = () => testToken({ jti: String((made += 1)) });
    const proxy = await proxied(tried(index));
    const seen: string[] = [];
    await start(tried(index), proxy, ({ raw }) => void seen.push(raw.toString()), { token });
    // The HTTP backend lets the connection live on; only the next login is refused.
    authority.expireTokens();
    await publishText(publisher, 'a');
    await eventually(() => seen.includes('a'));
    proxy.cut();
    await publishText(publisher, 'b');
    await eventually(() => seen.includes('b'));
    expect([made, proxy.accepted]).toEqual([2, 3]);
  });
});

test('a token that ends is replaced on another connection, and nothing is lost', async () => {
  const token = () => testToken({ exp: Math.ceil(Date.now() / 1000) + 12 });
  const perRoute = async (broker: TriedBroker) => {
    const seen = new Set<string>();
    const proxy = await proxied(broker);
    await start(broker, proxy, ({ raw }) => void seen.add(raw.toString()), { token });
    return { seen, proxy };
  };
  const streams = await Promise.all([perRoute(tried(0)), perRoute(tried(1))]);
  let sent = 0;
  while (streams.some(({ proxy }) => proxy.accepted < 2)) {
    await publishText(publisher, String((sent += 1)));
  }
  await publishText(publisher, String((sent += 1)));
  for (const { seen, proxy } of streams) {
    await eventually(() => seen.size === sent);
    expect(proxy.accepted).toBe(2);
  }
});

describe('the emulated broker answers as RabbitMQ does', () => {
  let emulated: EmulatedBroker;

  beforeAll(async () => {
    emulated = await startEmulatedBroker({
      authenticate: ({ username, password }) =>
        username === `${vhost}:42` && readTestToken(password) !== undefined,
      authorise: (_client, filter) => filter.endsWith('/certificates/notarize_one'),
    });
  });

  afterAll(async () => emulated.close());

  describe.each([
    ['TCP', 0, 'url'],
    ['WebSocket', 1, 'webSocketUrl'],
  ] as const)('over %s', (_name, index, key) => {
    test.each(Object.entries(comparisons))('to %s', async (_, compare) => {
      const login = { username: `${vhost}:42`, password: Buffer.from(testToken()) };
      const { urlOf, port } = routes()[index];
      const answer = await compare({
        url: urlOf(port),
        login,
        publish: async (topic, ...texts) => {
          for (const text of texts) await publisher.publishAsync(topic, text, { qos: 1 });
        },
      });
      const emulatedAnswer = await compare({
        url: emulated[key],
        login,
        publish: async (topic, ...texts) => {
          for (const text of texts) emulated.publish(topic, text);
        },
      });
      expect(emulatedAnswer).toEqual(answer);
    });
  });
});

test('RabbitMQ: nothing is lost over cuts, a killed broker and a killed process', async () => {
  const reports = await proveNothingIsLost({
    vhost,
    routes: routes(),
    publisher,
    kill: async () => rabbitMq.kill(),
    start: async () => rabbitMq.start(),
  });
  console.info('RabbitMQ:', reports);
  expect(reports.map(({ lost }) => lost)).toEqual([0, 0]);
}, 180_000);
