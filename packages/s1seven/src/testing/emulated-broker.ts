import type { Clock } from '@vendorkit/core';

/** Who wants to connect, or to subscribe. */
export interface BrokerClient {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

/** How the emulated broker behaves. */
export interface EmulatedBrokerOptions {
  readonly clock?: Clock;
  /** Whether a client may connect. @defaultValue everybody may */
  readonly authenticate?: (client: BrokerClient) => boolean;
  /** Whether a client may subscribe to a filter. @defaultValue everybody may, to everything */
  readonly authorise?: (client: BrokerClient, filter: string) => boolean;
  /**
   * How long a session is kept after its client disconnected, in milliseconds.
   * @defaultValue 30 minutes (S1SEVEN, "Persistence")
   */
  readonly sessionExpiryMs?: number;
  /** How many messages may be unacknowledged at once. @defaultValue 10, as in RabbitMQ */
  readonly window?: number;
  /**
   * What a refused filter meets: a closed connection without SUBACK, as in RabbitMQ 3.10, or SUBACK
   * 128 and then a closed connection, as in RabbitMQ 4.
   * @defaultValue 'close'
   */
  readonly refusedFilter?: 'close' | 'suback';
  /** When the connection is dropped because its token ends, in milliseconds since the Unix epoch. */
  readonly expiryOf?: (client: BrokerClient) => number | undefined;
}

/** A running broker. */
export interface EmulatedBroker {
  /** `mqtt://127.0.0.1:…` */
  readonly url: string;
  /** `ws://127.0.0.1:…/ws/mqtt` */
  readonly webSocketUrl: string;
  /** Everything that happened, oldest first: connects, refusals, subscriptions, acknowledgements, closes. */
  readonly log: readonly BrokerEvent[];
  /** Sends a message to all sessions with a filter that fits. */
  publish(topic: string, payload: string | Buffer): void;
  /** Cuts connections, without a word: of one client, or of all. Sessions stay. */
  cut(clientId?: string): void;
  /** Stops listening and cuts everything; sessions stay, as those of a restarted broker with a disk. */
  stop(): Promise<void>;
  /** Listens again on the same ports. */
  start(): Promise<void>;
  /** Forgets the session of a client, as after 30 minutes. */
  expireSession(clientId: string): void;
  close(): Promise<void>;
}

/** Something that happened at the broker. */
export interface BrokerEvent {
  readonly at: number;
  readonly kind:
    | 'connect'
    | 'refuse'
    | 'subscribe'
    | 'refuse-filter'
    | 'deliver'
    | 'acknowledge'
    | 'take-over'
    | 'close';
  readonly clientId: string;
  readonly topic?: string;
  readonly packetId?: number;
  readonly duplicate?: boolean;
  readonly sessionPresent?: boolean;
}
