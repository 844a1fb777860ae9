import type { Deadline, VendorError } from '@vendorkit/core';
import type { BrokerConnection } from './broker-connection.ts';
import { streamError } from './connection-failure.ts';
import { endsWithin } from './pause.ts';

/** What is subscribed to. */
export interface Subscribing {
  readonly topics: readonly string[];
  /** The topics that were granted before, with their quality of service. */
  readonly granted: Map<string, number>;
  readonly warn: (warning: string, message: string) => void;
}

/** How long the broker may be silent before it answers, in milliseconds. */
const answerMs = 30_000;

/** MQTT 3.1.1, 3.9.3. */
const refusedCode = 0x80;

/**
 * Subscribes to each topic in a packet of its own: RabbitMQ grants or closes a whole packet.
 *
 * @returns The topic that was not answered before the connection ended; `undefined` if all were.
 * @throws VendorError `FORBIDDEN` naming the topic that was refused.
 */
export async function subscribeAll(
  connection: BrokerConnection,
  { topics, granted, warn }: Subscribing,
  deadline: Deadline,
): Promise<{ topic: string; wasGranted: boolean } | undefined> {
  for (const topic of topics) {
    const code = await answerOf(connection, topic, deadline);
    const wasGranted = granted.has(topic);
    if (code === undefined) return { topic, wasGranted };
    if (code >= refusedCode) throw refusedTopic(topic);
    if (code < 1 && granted.get(topic) !== code) {
      const text = `The broker grants no acknowledgements for ${topic}: what is lost is not repeated.`;
      warn('events-at-most-once', text);
    }
    granted.set(topic, code);
  }
  return undefined;
}

/** The answer may stand behind a long backlog: as long as messages come, it is waited for. */
async function answerOf(
  connection: BrokerConnection,
  topic: string,
  deadline: Deadline,
): Promise<number | undefined> {
  const answer = connection.subscribe(topic);
  for (;;) {
    const { heardAtMs } = connection;
    const withinMs = Math.min(answerMs, Math.max(0, deadline.remainingMs()));
    if (await endsWithin(deadline.clock, withinMs, answer)) return answer;
    if (connection.heardAtMs === heardAtMs || deadline.remainingMs() <= 0) break;
  }
  connection.giveUp();
  return answer;
}

/**
 * The error of a topic that the broker refuses. The same broker may say so, or close the connection,
 * depending on its version.
 */
export function refusedTopic(topic: string): VendorError {
  const [kind = '', , , resource = '', action = ''] = topic.split('/');
  const scope = [resource, action].includes('+')
    ? 'the scopes of all that + stands for'
    : `the scope ${resource}: ${action}`;
  return streamError(
    'FORBIDDEN',
    `The broker refuses the subscription to ${topic}.`,
    `The token needs ${scope} (S1SEVEN API information, "Authorization"), and must be of that ${kind}.`,
  );
}
