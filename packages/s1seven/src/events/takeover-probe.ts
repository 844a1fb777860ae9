import { randomBytes } from 'node:crypto';
import {
  BrokerConnection,
  type ConnectionEnd,
  type ConnectionOptions,
  type MqttClientClass,
} from './broker-connection.ts';
import { pause } from './pause.ts';

const pingMs = 5000;

/** What it takes to open the same kind of connection once more. */
export type ProbeOptions = Omit<ConnectionOptions, 'clean' | 'onAccepted' | 'onDelivery'>;

/**
 * A second connection beside suspected ones. Whatever cuts connections cuts it sooner or later, too;
 * a takeover ends the other ones and leaves it.
 */
export class TakeoverProbe {
  readonly #connection: BrokerConnection;

  private constructor(connection: BrokerConnection) {
    this.#connection = connection;
  }

  /** @returns `undefined` if it could not connect, so that nothing can be said. */
  static async open(
    Client: MqttClientClass,
    options: ProbeOptions,
  ): Promise<TakeoverProbe | undefined> {
    // Rivals have the same client id, so that probes with equal ids would take each other over.
    const clientId = `${options.clientId}_probe_${randomBytes(4).toString('hex')}`;
    const connection = new BrokerConnection(Client, { ...options, clientId, clean: true });
    return (await connection.accepted) ? new TakeoverProbe(connection) : undefined;
  }

  /** Whether the broker still answers on this connection. */
  async isAlive(): Promise<boolean> {
    return this.#connection.ping(pingMs);
  }

  /** Whether it lives on for so long; known earlier if it does not, or if the signal is aborted. */
  async lasts(lengthMs: number, signal: AbortSignal): Promise<boolean> {
    const over = new AbortController();
    const stop = () => over.abort();
    signal.addEventListener('abort', stop);
    void this.#connection.closed.then(stop);
    if (!signal.aborted) await pause(this.#connection.clock, lengthMs, over.signal);
    signal.removeEventListener('abort', stop);
    return this.isAlive();
  }

  async close(): Promise<void> {
    await this.#connection.leave();
  }
}

/** Whether the other side ended a connection, rather than the network, a timeout or we. */
export function isClosedByOtherSide(end: ConnectionEnd): boolean {
  return (
    end.kind === 'closed' ||
    (end.kind === 'failed' && (end.code === 'ECONNRESET' || end.code === 'EPIPE'))
  );
}
