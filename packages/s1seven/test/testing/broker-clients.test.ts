import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connect as mqttConnect, type IClientOptions, type MqttClient } from 'mqtt';
import { WebSocket } from 'ws';
import { startEmulatedBroker } from '../../src/testing/broker/start-broker.ts';
import type { EmulatedBroker } from '../../src/testing/emulated-broker.ts';
import { RawClient, until } from './raw-client.ts';

// MQTT.js, which nobody here wrote, is content with the broker over each of its transports.

const topic = 'company/42/live/certificates/notarize_one';
const fixture = (name: string) =>
  readFileSync(join(__dirname, '../../../core/test/fixtures', name));
const tls = { key: fixture('server-key.pem'), cert: fixture('server.pem') };
const ca = fixture('authority.pem');
const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function start(options?: object): Promise<EmulatedBroker> {
  const broker = await startEmulatedBroker(options);
  open.push(() => broker.close());
  return broker;
}

/** A client whose messages are collected from the first on: a resumed session does not wait. */
async function connect(
  url: string,
  texts: string[],
  options?: IClientOptions,
): Promise<MqttClient> {
  const client = mqttConnect(url, {
    clientId: 'company_42_client',
    clean: false,
    reconnectPeriod: 0,
    ca,
    ...options,
  });
  open.push(() => client.endAsync(true));
  client.on('message', (_topic, payload) => texts.push(payload.toString()));
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve()).once('error', reject);
  });
  return client;
}

describe('MQTT.js', () => {
  test.each([
    ['TCP', {}, 'url', 'mqtt:'],
    ['WebSocket', {}, 'webSocketUrl', 'ws:'],
    ['TLS', { tls }, 'url', 'mqtts:'],
    ['WebSocket over TLS', { tls }, 'webSocketUrl', 'wss:'],
  ] as const)(
    'receives everything over %s, and resumes its session',
    async (_, options, key, scheme) => {
      const broker = await start(options);
      expect(new URL(broker[key]).protocol).toBe(scheme);
      const texts: string[] = [];
      const client = await connect(broker[key], texts);
      await client.subscribeAsync(topic, { qos: 1 });
      const expected = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(500)}`);
      for (const text of expected) broker.publish(topic, text);
      await until(() => texts.length === 100);
      expect(texts).toEqual(expected);
      await client.endAsync();
      broker.publish(topic, 'meanwhile');
      await connect(broker[key], texts);
      await until(() => texts.length === 101);
      expect(texts.at(-1)).toBe('meanwhile');
    },
  );

  test('is kept alive by its pings', async () => {
    const broker = await start();
    const client = await connect(broker.url, [], { keepalive: 1 });
    let pongs = 0;
    client.on('packetreceive', ({ cmd }) => {
      if (cmd === 'pingresp') pongs += 1;
    });
    await until(() => pongs === 2);
    expect(broker.log.map(({ kind }) => kind)).toEqual(['connect']);
  });

  test('is told of a refused login and of a refused filter', async () => {
    const refuse = () => false;
    const strict = await start({ authenticate: refuse });
    await expect(connect(strict.url, [])).rejects.toThrow('Bad username or password');
    const broker = await start({ authorise: refuse, refusedFilter: 'suback' });
    const client = await connect(broker.webSocketUrl, []);
    await expect(client.subscribeAsync(topic)).rejects.toThrow('Unspecified error');
  });
});

describe('the WebSocket door', () => {
  const opened = async (url: string, protocols: string[]) =>
    new Promise<WebSocket | string>((resolve) => {
      const webSocket = new WebSocket(url, protocols);
      webSocket.once('error', ({ message }) => resolve(message));
      webSocket.once('open', () => resolve(webSocket));
    });

  test('has one path and one subprotocol', async () => {
    const { webSocketUrl } = await start();
    const wrongPath = webSocketUrl.replace('/ws/mqtt', '/ws');
    expect(await opened(wrongPath, ['mqtt'])).toBe('Unexpected server response: 404');
    expect(await opened(webSocketUrl, ['other'])).toBe('Unexpected server response: 400');
    expect(await opened(webSocketUrl, [])).toBe('Unexpected server response: 400');
  });

  test('refuses a login by closing, and by CONNACK like newer brokers', async () => {
    const authenticate = () => false;
    const old = await start({ authenticate });
    const refused = await RawClient.connect(old.webSocketUrl);
    expect(await refused.closed).toBe('1002 unauthenticated');
    expect(refused.received).toEqual([]);
    const newer = await start({ authenticate, refusedFilter: 'suback' });
    const told = await RawClient.connect(newer.webSocketUrl);
    await told.closed;
    expect(told.received).toMatchObject([{ cmd: 'connack', returnCode: 4 }]);
  });

  test('takes binary frames only, and does not compress', async () => {
    const { webSocketUrl, log } = await start();
    const webSocket = (await opened(webSocketUrl, ['mqtt'])) as WebSocket;
    expect([webSocket.protocol, webSocket.extensions]).toEqual(['mqtt', '']);
    const closed = new Promise((resolve) => webSocket.once('close', resolve));
    webSocket.send('text');
    expect(await closed).toBe(1006);
    await until(() => log.length === 1);
  });
});
