import type { Clock } from '@vendorkit/core';
import type { EmulatorTls } from '@vendorkit/core/testing';

/** Who wants to connect, or to subscribe. */
export interface BrokerClient {
  readonly clientId: string;
  /** As sent, virtual host included; empty if none was sent. */
  readonly username: string;
  /** Empty if none was sent. */
  readonly password: string;
}

/** How the emulated broker behaves. */
export interface EmulatedBrokerOptions {
  /**
   * Sessions and tokens end by this clock.
   * @defaultValue the computer's clock
   */
  readonly clock?: Clock;
  /**
   * Silent connections end by this clock. It is another one than `clock`, because MQTT clients ping
   * by real time, whatever a test does to its own.
   * @defaultValue the computer's clock
   */
  readonly keepaliveClock?: Clock;
  /** Whether a client may connect. @defaultValue everybody may */
  readonly authenticate?: (client: BrokerClient) => boolean;
  /**
   * How the client id of a client begins that may connect. Any other is refused with return code 2
   * (assumed: the vendor's example has such ids). `undefined` allows every id.
   * @defaultValue every client id is allowed
   */
  readonly clientIdPrefixOf?: (client: BrokerClient) => string | undefined;
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
   * 128 and then a closed connection, as in RabbitMQ 4. With `close` a login that is refused over
   * WebSocket is closed without CONNACK, too (code 1002, `unauthenticated`), again as in RabbitMQ 3.10.
   * @defaultValue 'close'
   */
  readonly refusedFilter?: 'close' | 'suback';
  /** When the connection is dropped because its token ends, in milliseconds since the Unix epoch. */
  readonly expiryOf?: (client: BrokerClient) => number | undefined;
  /** Speak mqtts and wss with this certificate, in PEM. @defaultValue mqtt and ws */
  readonly tls?: Pick<EmulatorTls, 'key' | 'cert'>;
}

/** A running broker. */
export interface EmulatedBroker {
  /** `mqtt://127.0.0.1:…`, or `mqtts:` with {@link EmulatedBrokerOptions.tls}. */
  readonly url: string;
  /** `ws://127.0.0.1:…/ws/mqtt`, or `wss:` with {@link EmulatedBrokerOptions.tls}. */
  readonly webSocketUrl: string;
  /** Everything that happened, oldest first: connects, refusals, subscriptions, acknowledgements, closes. */
  readonly log: readonly BrokerEvent[];
  /**
   * Sends a message to all sessions with a filter that fits. While the broker is stopped, they get it
   * later.
   *
   * @throws RangeError if the topic is empty or has wildcards.
   */
  publish(topic: string, payload: string | Buffer): void;
  /** Cuts connections, without a word: of one client, or of all. Sessions stay. */
  cut(clientId?: string): void;
  /**
   * Stops listening and cuts everything. Sessions stay, as those of a broker with a disk; their time
   * starts anew when it is back (RabbitMQ, "Time-To-Live and Expiration").
   */
  stop(): Promise<void>;
  /** Listens again on the same ports. */
  start(): Promise<void>;
  /** Forgets the session of a client, as after 30 minutes. Its connection is cut if it has one. */
  expireSession(clientId: string): void;
  /** Stops for good and forgets every session. */
  close(): Promise<void>;
}

/** Why a connection ended. */
export type BrokerCloseReason =
  /** The client sent DISCONNECT. */
  | 'disconnect'
  /** The client went away without it. */
  | 'lost'
  /** The test cut it, or stopped the broker. */
  | 'cut'
  /** The client was silent for one and a half times its keepalive, or did not say CONNECT. */
  | 'silent'
  /** The client sent bytes that are no MQTT 3.1.1. */
  | 'malformed'
  /** The client sent a packet that is not its turn, or not a client's. */
  | 'protocol'
  /** The client published: the vendor's Async API is "read-only (subscribe-only)". */
  | 'published'
  | 'refused-login'
  | 'refused-filter'
  /** Its token ended. */
  | 'token-expired'
  /** Another client connected with the same client id. */
  | 'taken-over';

/** Something that happened at the broker. */
export interface BrokerEvent {
  /** In milliseconds since the Unix epoch, by the broker's clock. */
  readonly at: number;
  readonly kind:
    | 'connect'
    | 'refuse'
    | 'subscribe'
    | 'refuse-filter'
    | 'unsubscribe'
    | 'deliver'
    | 'acknowledge'
    /** PUBACK for a message that was not delivered on this connection. RabbitMQ ignores it. */
    | 'stray-acknowledge'
    | 'take-over'
    | 'session-end'
    | 'close';
  /** Empty for a connection that ended before its CONNECT. */
  readonly clientId: string;
  /** The message's topic, or the filter. */
  readonly topic?: string;
  readonly packetId?: number;
  readonly duplicate?: boolean;
  readonly sessionPresent?: boolean;
  /** Of a refused login: CONNACK's return code (MQTT 3.1.1, 3.2.2.3). */
  readonly returnCode?: number;
  /** Of a close. */
  readonly reason?: BrokerCloseReason;
}
