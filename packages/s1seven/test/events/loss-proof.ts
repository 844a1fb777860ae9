import type { MqttClient } from 'mqtt';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer, type Route } from './consumer.ts';
import { eventually } from './eventually.ts';
import { publishText } from './publisher.ts';

/** A broker that has to lose nothing. */
export interface ProvenBroker {
  readonly vhost: string | undefined;
  /** What consumers log in with; if absent, tokens of their own. */
  readonly token?: string;
  /** The ways in that are tried, at the same time. */
  readonly routes: readonly Route[];
  /** Publishes, and connects again by itself. */
  readonly publisher: MqttClient;
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** What became of the messages of one consumer. */
export interface LossReport {
  readonly route: string;
  readonly lost: number;
  /** Handled more than once. */
  readonly repeated: number;
  readonly cuts: number;
  readonly connections: number;
}

const messages = 1_000;
const cuts = 20;
/** So many messages are on their way at most. */
const ahead = 60;
const killAfterCut = 15;

/**
 * Publishes 1,000 messages, each confirmed by the broker, while each consumer's network is cut 20
 * times, the broker is killed, and each consumer's process is killed.
 */
export async function proveNothingIsLost(broker: ProvenBroker): Promise<LossReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vendorkit-events-'));
  const consumers: Consumer[] = [];
  try {
    for (const route of broker.routes) {
      const { vhost, token } = broker;
      consumers.push(await Consumer.start(route, { vhost, token, folder }));
    }
    await Promise.all([publishAll(broker, consumers), ...consumers.map(disturb)]);
    for (const consumer of consumers) {
      // What does not come is reported as lost.
      await eventually(() => countOf(consumer) === messages, 20_000).catch(() => {});
    }
    return await Promise.all(consumers.map(report));
  } finally {
    for (const consumer of consumers) await consumer.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps a little ahead of the slowest consumer, so that there is always something on its way. */
async function publishAll(
  { publisher, kill, start }: ProvenBroker,
  consumers: readonly Consumer[],
): Promise<void> {
  for (let message = 1; message <= messages; message += 1) {
    await eventually(() => consumers.every((consumer) => countOf(consumer) >= message - ahead));
    await publishText(publisher, String(message));
    if (message !== messages / 2) continue;
    await kill();
    await start();
  }
}

/** Cuts the consumer's network 20 times while it works, and kills its process once. */
async function disturb(consumer: Consumer): Promise<void> {
  const step = (messages - ahead) / cuts;
  const reaches = async (handled: number) =>
    eventually(() => consumer.isConnected && countOf(consumer) >= handled);
  for (let cut = 1; cut <= cuts; cut += 1) {
    await reaches(cut * step);
    consumer.cut();
    if (cut !== killAfterCut) continue;
    await reaches((cut + 0.5) * step);
    await consumer.kill();
    await consumer.run();
  }
}

async function report(consumer: Consumer): Promise<LossReport> {
  const { name: route, connections, handled } = consumer;
  const lost = messages - countOf(consumer);
  const repeated = handled.length - countOf(consumer);
  if ((await consumer.close()) !== 0) throw new Error('The consumer did not end well.');
  return { route, lost, repeated, cuts, connections };
}

/** How many different messages were handled. */
function countOf({ handled }: Consumer): number {
  return new Set(handled.map((text) => text.replace('*', ''))).size;
}
