import type { Clock, Timer } from '@vendorkit/core';
import type { IClientOptions, IPublishPacket, MqttClient, Packet } from 'mqtt';
import { openBrokerSocket, type BrokerAddress } from './broker-socket.ts';
import type { Delivery } from './event.ts';
import { keepaliveTimer } from './keepalive-timer.ts';
import { endsWithin } from './pause.ts';
import { sendPuback } from './puback.ts';

/** How a connection ended, or why there was none. */
export type ConnectionEnd =
  /** The broker refused the login, with this return code (MQTT 3.1.1, 3.2.2.3). */
  | { readonly kind: 'refused'; readonly returnCode: number }
  /** A code of Node's or OpenSSL's, `HTTP_` and a status, `TIMEOUT`, `SILENT` or `NOT_MQTT`. */
  | { readonly kind: 'failed'; readonly code: string }
  /** The other side closed it without a word. */
  | { readonly kind: 'closed' }
  /** We left. */
  | { readonly kind: 'left' };

/** A message, before it is known which session of the broker it belongs to. */
export type IncomingMessage = Omit<Delivery, 'session'> & { readonly qos: 0 | 1 | 2 };

/** What a connection needs to know. */
export interface ConnectionOptions {
  readonly address: BrokerAddress;
  readonly clientId: string;
  readonly username: string;
  readonly token: string;
  /** Whether the broker is to forget everything at the end. */
  readonly clean: boolean;
  readonly keepaliveSeconds: number;
  /** How long the login may take, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  /** Makes the connection leave when it is aborted. */
  readonly leaving: AbortSignal;
  /** Is called when the login was accepted, before the first delivery. */
  readonly onAccepted?: (sessionPresent: boolean) => void;
  /** Takes a message. The next one is held back until a returned promise resolves. */
  readonly onDelivery?: (message: IncomingMessage) => Promise<void> | undefined;
}

/** What the library needs of itself to be constructed: it is loaded only when events are used. */
export type MqttClientClass = typeof MqttClient;

/** How long the acknowledgements may take to be written out at the end, in milliseconds. */
const flushMs = 5000;

/** How long the broker may then take to close in its turn, in milliseconds. */
const farewellMs = 250;

/** The library's own limit is not used, since it does not know our clock. */
const noTimeoutMs = 2_147_483_647;

/** Tells the library not to acknowledge a message now. It is told to nobody. */
const acknowledgedLater = new Error('acknowledged later');

/**
 * One connection to the broker, from its login to its end. It is never used again, so that an
 * acknowledgement that comes late cannot reach a message of the next one, where the broker counts
 * its packet ids anew.
 */
export class BrokerConnection {
  /** Resolves to whether the login was accepted. */
  readonly accepted: Promise<boolean>;
  /** Resolves when the connection has ended, and with it everything that it holds. */
  readonly closed: Promise<ConnectionEnd>;
  readonly #client: MqttClient;
  readonly #options: ConnectionOptions;
  readonly #connectTimer: Timer;
  #end: ConnectionEnd | undefined;
  /** Goes on reading; present while messages are held back. */
  #release: (() => void) | undefined;
  #hasAcknowledged = false;
  #heardAtMs: number | undefined;
  #hasProgressed = false;
  #pingListeners: (() => void)[] = [];
  readonly #onLeaving = () => void this.leave();

  constructor(Client: MqttClientClass, options: ConnectionOptions) {
    this.#options = options;
    const { clock } = options;
    this.#client = new Client(() => openBrokerSocket(options.address), this.#clientOptions());
    this.closed = new Promise((resolve) => {
      this.#client.on('close', () => resolve(this.#finish()));
    });
    this.accepted = new Promise((resolve) => {
      this.#client.on('connect', () => resolve(this.#end === undefined));
      this.#client.on('close', () => resolve(false));
    });
    // Everything is listened to before the first byte: a resumed session's messages follow the login.
    this.#client.on('error', (error) => this.#onError(error));
    this.#client.on('packetreceive', (packet) => this.#onPacket(packet));
    this.#client.handleMessage = (packet, done) => this.#onMessage(packet, done);
    this.#client.connect();
    this.#connectTimer = clock.schedule(options.connectTimeoutMs, () => this.#fail('TIMEOUT'));
    options.leaving.addEventListener('abort', this.#onLeaving);
    if (options.leaving.aborted) this.#onLeaving();
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** When the broker was last heard, in milliseconds since the Unix epoch, if it was. */
  get heardAtMs(): number | undefined {
    return this.#heardAtMs;
  }

  /** Whether a message came that was not sent before, or one was acknowledged. */
  get hasProgressed(): boolean {
    return this.#hasProgressed;
  }

  /**
   * Subscribes with quality of service 1.
   *
   * @returns The broker's return code: the granted quality, or 128 and more for a refusal. `undefined`
   * if the connection ended first.
   */
  async subscribe(topic: string): Promise<number | undefined> {
    if (!this.#isOpen()) return undefined;
    const answered = new Promise<number | undefined>((resolve) => {
      this.#client.subscribe(topic, { qos: 1 }, (_error, _grants, packet) => {
        resolve(packet?.granted[0] as number | undefined);
      });
    });
    return Promise.race([answered, this.#closedWith(undefined)]);
  }

  /** Asks the broker for a sign of life. @returns `false` if none came in time. */
  async ping(withinMs: number): Promise<boolean> {
    if (!this.#isOpen()) return false;
    const answered = new Promise<boolean>((resolve) => {
      this.#pingListeners.push(() => resolve(true));
    });
    this.#client.sendPing();
    const either = Promise.race([answered, this.#closedWith(false)]);
    return (await endsWithin(this.#options.clock, withinMs, either)) && either;
  }

  /**
   * Disconnects: what was acknowledged is written out first, and the broker is given a moment to close
   * in its turn. It is safe at any time.
   */
  async leave(): Promise<void> {
    this.#end ??= { kind: 'left' };
    // What is still to be read is dropped now; behind it stands the broker's own end.
    this.#release?.();
    if (this.#client.connected) this.#client.end(false);
    else this.#destroy();
    const { clock } = this.#options;
    if (this.#hasAcknowledged) await endsWithin(clock, flushMs, this.#flushed());
    if (!(await endsWithin(clock, farewellMs, this.closed))) this.#destroy();
    await this.closed;
  }

  /** Gives up at once, because something did not come in time. */
  giveUp(): void {
    this.#fail('TIMEOUT');
  }

  #clientOptions(): IClientOptions {
    const { clientId, username, token, clean, keepaliveSeconds } = this.#options;
    return {
      clientId,
      username,
      // As bytes: with DEBUG set, the library prints each text that it writes.
      password: Buffer.from(token),
      clean,
      keepalive: keepaliveSeconds,
      // Version 5 would keep nothing without further options, and RabbitMQ before 3.13 refuses it.
      protocolVersion: 4,
      manualConnect: true,
      reconnectPeriod: 0,
      resubscribe: false,
      connectTimeout: noTimeoutMs,
      queueQoSZero: false,
      timerVariant: keepaliveTimer(
        () => this.#release !== undefined,
        () => this.#client,
      ),
      // With DEBUG set it would print each packet.
      log: () => {},
    };
  }

  /** Resolves when everything is written out, or can no longer be. */
  async #flushed(): Promise<void> {
    const { stream } = this.#client;
    if (stream.writableFinished || stream.destroyed) return;
    const finished = new Promise<void>((resolve) => void stream.once('finish', resolve));
    await Promise.race([finished, this.closed]);
  }

  #isOpen(): boolean {
    return this.#end === undefined && this.#client.connected && this.#client.stream.writable;
  }

  async #closedWith<Value>(value: Value): Promise<Value> {
    await this.closed;
    return value;
  }

  #onPacket(packet: Packet): void {
    this.#heardAtMs = this.#options.clock.now();
    if (packet.cmd === 'pingresp') for (const tell of this.#pingListeners.splice(0)) tell();
    if (packet.cmd === 'connack' && packet.returnCode === 0 && this.#end === undefined) {
      this.#connectTimer.cancel();
      this.#options.onAccepted?.(packet.sessionPresent);
    }
  }

  #onMessage(packet: IPublishPacket, done: (error?: Error) => void): void {
    const isOpen = this.#isOpen();
    // Quality 2 is completed by the library, and quality 1 by us, when the message was handled.
    const proceed = () => done(packet.qos === 1 || !isOpen ? acknowledgedLater : undefined);
    // What follows the end in the same chunk of bytes comes again.
    if (!isOpen) return proceed();
    this.#hasProgressed ||= !packet.dup;
    const room = this.#options.onDelivery?.(this.#messageOf(packet));
    if (room === undefined) return proceed();
    const release = () => {
      if (this.#release !== release) return;
      this.#release = undefined;
      // The answers to the pings meanwhile are about to be read.
      this.#client.reschedulePing(true);
      proceed();
    };
    this.#release = release;
    room.then(release, release);
  }

  #messageOf({ topic, payload, dup, qos, messageId }: IPublishPacket): IncomingMessage {
    const isKept = qos === 1;
    const raw = typeof payload === 'string' ? Buffer.from(payload) : payload;
    let isAcknowledged = !isKept;
    const acknowledge = (): boolean => {
      if (!isAcknowledged && messageId !== undefined && this.#isOpen()) {
        sendPuback(this.#client, messageId);
        this.#hasProgressed = true;
        this.#hasAcknowledged = true;
        isAcknowledged = true;
      }
      return isAcknowledged;
    };
    return { topic, raw, duplicate: dup, qos, isKept, acknowledge };
  }

  #onError(error: unknown): void {
    const { code } = Object(error) as { code?: unknown };
    const isRefusal = typeof code === 'number' && !this.#client.connected;
    if (isRefusal) this.#end ??= { kind: 'refused', returnCode: code };
    const isCode = typeof code === 'string' && /^[A-Z0-9_]+$/.test(code);
    this.#fail(isCode ? code : codeOf(error));
  }

  #fail(code: string): void {
    this.#end ??= { kind: 'failed', code };
    this.#destroy();
  }

  #destroy(): void {
    this.#client.stream.destroy();
  }

  #finish(): ConnectionEnd {
    this.#connectTimer.cancel();
    this.#options.leaving.removeEventListener('abort', this.#onLeaving);
    this.#end ??= { kind: 'closed' };
    return this.#end;
  }
}

/** The library's own errors have no code: a ping that was not answered, or a packet that is none. */
function codeOf(error: unknown): string {
  return error instanceof Error && error.message === 'Keepalive timeout' ? 'SILENT' : 'NOT_MQTT';
}
