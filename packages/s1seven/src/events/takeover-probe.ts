import {
  BrokerConnection,
  type ConnectionEnd,
  type ConnectionOptions,
  type MqttClientClass,
} from './broker-connection.ts';

const pingMs = 5000;

/** What it takes to open the same kind of connection once more. */
export type ProbeOptions = Omit<ConnectionOptions, 'clean' | 'onAccepted' | 'onDelivery'>;

/**
 * A second connection beside the suspected one. Whatever cuts connections cuts both; only a takeover
 * ends the one and leaves the other.
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
    const clientId = `${options.clientId}_probe`;
    const connection = new BrokerConnection(Client, { ...options, clientId, clean: true });
    return (await connection.accepted) ? new TakeoverProbe(connection) : undefined;
  }

  /** Whether the broker still answers on this connection. */
  async isAlive(): Promise<boolean> {
    return this.#connection.ping(pingMs);
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
