// Brokers in a process of their own, so that neither their work nor the publishing is counted: the
// emulated one, and private Mosquitto and RabbitMQ where they are installed.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEmulatedBroker } from '@vendorkit/s1seven/testing';
import { connectAsync } from 'mqtt';
import { startMosquitto } from '../real-server/mosquitto.ts';
import { startRabbitMq } from '../real-server/rabbitmq.ts';

/** Sends a payload so many times, and resolves when the broker has confirmed all. */
type Publish = (topic: string, payload: string, count: number) => Promise<void>;

interface BenchBroker {
  readonly urls: Readonly<Record<string, string>>;
  readonly vhost?: string;
  readonly publish: Publish;
  close(): Promise<void>;
}

const company = { name: '42', password: 'not-a-secret' };
const publisher = { name: 'publisher', password: 'not-a-secret' };

async function emulated(): Promise<BenchBroker> {
  const broker = await startEmulatedBroker();
  return {
    urls: { 'emulated, TCP': broker.url, 'emulated, WebSocket': broker.webSocketUrl },
    publish: async (topic, payload, count) => {
      for (let sent = 0; sent < count; sent += 1) broker.publish(topic, payload);
    },
    close: async () => broker.close(),
  };
}

async function mosquitto(): Promise<BenchBroker> {
  const broker = await startMosquitto([
    { ...company, reads: 'company/42/live/certificates/+' },
    { ...publisher, writes: 'company/#' },
  ]);
  const { publish, end } = await connectPublisher(broker.mqttPort, publisher.name);
  const close = async () => {
    await end();
    await broker.close();
  };
  return { urls: { 'Mosquitto, TCP': `mqtt://127.0.0.1:${broker.mqttPort}` }, publish, close };
}

async function rabbitMq(): Promise<BenchBroker> {
  const vhost = 'vendorkit';
  const authority = createServer((_request, response) => response.end('allow'));
  await once(authority.listen(0, '127.0.0.1'), 'listening');
  const authorityUrl = `http://127.0.0.1:${(authority.address() as AddressInfo).port}`;
  const broker = await startRabbitMq({ vhost, authorityUrl });
  const { publish, end } = await connectPublisher(broker.mqttPort, `${vhost}:${publisher.name}`);
  const urls = {
    'RabbitMQ, TCP': `mqtt://127.0.0.1:${broker.mqttPort}`,
    'RabbitMQ, WebSocket': `ws://127.0.0.1:${broker.webSocketPort}/ws/mqtt`,
  };
  const close = async () => {
    await end();
    await broker.close();
    authority.closeAllConnections();
    authority.close();
  };
  return { urls, vhost, publish, close };
}

async function connectPublisher(port: number, username: string) {
  const login = { username, password: publisher.password };
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, login);
  const publish: Publish = async (topic, payload, count) => {
    const one = async () => client.publishAsync(topic, payload, { qos: 1 });
    await Promise.all(Array.from({ length: count }, one));
  };
  return { publish, end: async () => client.endAsync() };
}

async function serve(): Promise<void> {
  const started = await Promise.allSettled([emulated(), mosquitto(), rabbitMq()]);
  const brokers = started.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  process.on('disconnect', () => {
    void Promise.all(brokers.map((broker) => broker.close())).then(() => process.exit());
  });
  process.on('message', (order: { url: string; topic: string; payload: string; count: number }) => {
    const broker = brokers.find(({ urls }) => Object.values(urls).includes(order.url));
    void broker
      ?.publish(order.topic, order.payload, order.count)
      .then(() => process.send?.('published'));
  });
  process.send?.(brokers.map(({ urls, vhost }) => ({ urls, vhost })));
}

void serve();
