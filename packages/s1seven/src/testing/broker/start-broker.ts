import type { EmulatedBroker, EmulatedBrokerOptions } from '../emulated-broker.ts';
import { BrokerConnection } from './connection.ts';
import { BrokerState } from './broker-state.ts';
import { Listener, tcpServer, webSocketPath, webSocketServer } from './listener.ts';
import { isTopicName } from './topic-filter.ts';
import type { AcceptWire } from './wire.ts';

/**
 * Starts an MQTT 3.1.1 broker in this process that behaves as RabbitMQ 3.10 with its MQTT plugin, which
 * S1SEVEN's broker is assumed to be: persistent sessions, ten unacknowledged messages at most,
 * redelivery on the next connection only, refusals by closing. It is subscribe-only, as the vendor's.
 *
 * @example
 * ```ts
 * const broker = await startEmulatedBroker({ sessionExpiryMs: 60_000 });
 * broker.publish('company/42/test/certificates/notarize_one', '{}');
 * await broker.close();
 * ```
 */
export async function startEmulatedBroker(
  options: EmulatedBrokerOptions = {},
): Promise<EmulatedBroker> {
  const broker = new Broker(options);
  await broker.start();
  return broker;
}

class Broker implements EmulatedBroker {
  readonly #state: BrokerState;
  readonly #tcp: Listener;
  readonly #webSocket: Listener;
  readonly #secure: '' | 's';

  constructor(options: EmulatedBrokerOptions) {
    this.#state = new BrokerState(options);
    this.#secure = options.tls === undefined ? '' : 's';
    const accept: AcceptWire = (wire) => new BrokerConnection(wire, this.#state);
    this.#tcp = new Listener(() => tcpServer(options.tls, accept));
    this.#webSocket = new Listener(() => webSocketServer(options.tls, accept));
  }

  get url(): string {
    return `mqtt${this.#secure}://127.0.0.1:${this.#tcp.port}`;
  }

  get webSocketUrl(): string {
    return `ws${this.#secure}://127.0.0.1:${this.#webSocket.port}${webSocketPath}`;
  }

  get log() {
    return this.#state.log;
  }

  publish(topic: string, payload: string | Buffer): void {
    if (!isTopicName(topic)) throw new RangeError(`\`${topic}\` is no topic of a message.`);
    this.#state.sessions.offer(topic, Buffer.from(payload));
  }

  cut(clientId?: string): void {
    this.#state.cut(clientId);
  }

  expireSession(clientId: string): void {
    this.#state.cut(clientId);
    this.#state.sessions.delete(clientId);
    this.#state.record({ kind: 'session-end', clientId });
  }

  async start(): Promise<void> {
    this.#state.sessions.resume();
    await Promise.all([this.#tcp.start(), this.#webSocket.start()]);
  }

  async stop(): Promise<void> {
    this.#state.cut();
    this.#state.sessions.suspend();
    await Promise.all([this.#tcp.stop(), this.#webSocket.stop()]);
  }

  async close(): Promise<void> {
    await this.stop();
    this.#state.sessions.clear();
  }
}
