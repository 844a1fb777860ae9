import { startDeadline, VendorError, type Deadline } from '@vendorkit/core';
import type { AccessToken } from '../token.ts';
import { BrokerConnection, type ConnectionEnd, type MqttClientClass } from './broker-connection.ts';
import { explainEnd, isPassing, streamError } from './connection-failure.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EventsHost } from './events-host.ts';
import type { EventsTiming } from './events-timing.ts';
import { Login } from './login.ts';
import { endsWithin, pause } from './pause.ts';
import {
  historyAfter,
  isRefusal,
  longLifeMs,
  noHistory,
  reconnectDelayMs,
  suspectsTakeover,
  type Ending,
  type History,
} from './reconnect.ts';
import { untilRenewed } from './renewal.ts';
import type { GapEvent } from './stream-events.ts';
import { refusedTopic, subscribeAll, type Subscribing } from './subscribing.ts';
import { isClosedByOtherSide, TakeoverProbe } from './takeover-probe.ts';
import { TopicWatch } from './topic-watch.ts';
import type { TopicOwner } from './topic.ts';

/** What a loop needs of its stream. */
export interface LoopContext {
  readonly Client: MqttClientClass;
  readonly host: EventsHost;
  readonly owner: TopicOwner;
  readonly clientId: string;
  readonly topics: readonly string[];
  readonly dispatcher: Dispatcher;
  readonly timing: EventsTiming;
  /** Aborted when the stream is being closed: it is not connected again. */
  readonly closing: AbortSignal;
  /** Aborted when the stream is to leave the broker. */
  readonly leaving: AbortSignal;
  readonly onReady: (sessionPresent: boolean) => void;
  /** A connection that was ready has ended; without a reason if it was left. */
  readonly onLost: (reason: VendorError | undefined) => void;
  /** A connection has ended, whether it was ready or not. */
  readonly onEnd: () => void;
  readonly onGap: (gap: GapEvent) => void;
}

/** Keeps a stream connected, whatever happens to its connections. */
export class ConnectionLoop {
  readonly #context: LoopContext;
  readonly #login: Login;
  readonly #subscribing: Subscribing;
  readonly #watch: TopicWatch;
  readonly #brokerHost: string;
  /** Until when there has to be a first connection. */
  readonly #firstDeadline: Deadline;
  #history: History = noHistory;
  #wasReady = false;
  #heardAtMs = 0;
  #deliveredAtMs = Number.NEGATIVE_INFINITY;

  constructor(context: LoopContext) {
    const { host, topics, leaving } = context;
    const { clock, deadlineMs } = host;
    this.#context = context;
    this.#login = new Login(host, context.owner);
    const warn = (warning: string, message: string) => host.warn(warning, message);
    this.#subscribing = { topics, granted: new Map(), warn };
    this.#watch = new TopicWatch(topics, warn);
    this.#brokerHost = new URL(host.brokerUrl).host;
    this.#firstDeadline = startDeadline({ clock, deadlineMs, signal: leaving });
  }

  /**
   * Connects again and again until the stream is closed.
   *
   * @throws VendorError, if that has no use any more.
   */
  async run(): Promise<void> {
    const { host, timing, closing } = this.#context;
    while (!closing.aborted) {
      const ending = await this.#attemptUnlessClosing();
      if (ending === undefined || closing.aborted) return;
      this.#history = historyAfter(this.#history, ending);
      if (ending.kind === 'unanswered' && isRefusal(this.#history, ending)) {
        throw refusedTopic(ending.topic);
      }
      const delayMs = reconnectDelayMs(this.#history, ending, timing.random);
      if (!this.#wasReady && delayMs >= this.#firstDeadline.remainingMs()) throw lastWord(ending);
      if (delayMs > 0) await pause(host.clock, delayMs, closing);
    }
  }

  /** Whatever goes wrong while the stream is being closed does not matter any more. */
  async #attemptUnlessClosing(): Promise<Ending | undefined> {
    try {
      return await this.#attempt();
    } catch (error) {
      if (this.#context.closing.aborted) return undefined;
      throw error;
    }
  }

  /** One attempt: a token, a connection, the subscriptions, and all that comes until the end. */
  async #attempt(): Promise<Ending> {
    const token = await this.#token();
    if (VendorError.is(token)) return unreachable(token);
    const probe = await this.#openProbe(token);
    try {
      return await this.#connect(token, probe);
    } finally {
      await probe?.close();
    }
  }

  async #token(): Promise<AccessToken | VendorError> {
    try {
      return await this.#login.token(this.#deadline());
    } catch (error) {
      if (VendorError.is(error) && isPassing(error)) return error;
      throw error;
    }
  }

  async #openProbe(token: AccessToken): Promise<TakeoverProbe | undefined> {
    if (!suspectsTakeover(this.#history)) return undefined;
    return TakeoverProbe.open(this.#context.Client, this.#connectionOptions(token));
  }

  async #connect(token: AccessToken, probe: TakeoverProbe | undefined): Promise<Ending> {
    const { Client, dispatcher, onReady, onEnd } = this.#context;
    let sessionPresent = false;
    const connection = new BrokerConnection(Client, {
      ...this.#connectionOptions(token),
      clean: false,
      onAccepted: (isPresent) => {
        sessionPresent = isPresent;
        this.#onAccepted(isPresent);
      },
      onDelivery: (delivery) => {
        this.#watch.see(delivery.topic);
        this.#deliveredAtMs = this.#context.host.clock.monotonicNow();
        return dispatcher.add(delivery);
      },
    });
    try {
      if (!(await connection.accepted)) return this.#notAccepted(token, await connection.closed);
      this.#login.accepted();
      const unanswered = await subscribeAll(connection, this.#subscribing, this.#deadline());
      if (unanswered !== undefined) return this.#notSubscribed(unanswered, await connection.closed);
      this.#wasReady = true;
      onReady(sessionPresent);
      return await this.#stay(connection, token, probe);
    } finally {
      dispatcher.suspend();
      onEnd();
      await connection.leave();
      this.#heardAtMs = connection.heardAtMs ?? this.#heardAtMs;
    }
  }

  /** Runs before the first message of the connection comes. */
  #onAccepted(sessionPresent: boolean): void {
    const { dispatcher, topics, onGap } = this.#context;
    // What waits from the last connection comes again, unless the broker has forgotten it.
    if (sessionPresent) dispatcher.dropKept();
    else if (this.#wasReady) onGap({ since: new Date(this.#heardAtMs), topics });
    dispatcher.resume();
  }

  #notAccepted(token: AccessToken, end: ConnectionEnd): Ending {
    if (end.kind === 'refused' && (end.returnCode === 4 || end.returnCode === 5)) {
      const error = this.#login.refused(token);
      if (error !== undefined) throw error;
      return { kind: 'again' };
    }
    return unreachable(this.#explain(end));
  }

  #notSubscribed(unanswered: { topic: string; wasGranted: boolean }, end: ConnectionEnd): Ending {
    const reason = this.#explain(end);
    if (!isClosedByOtherSide(end)) return unreachable(reason);
    const atMs = this.#context.host.clock.monotonicNow();
    return { kind: 'unanswered', reason, atMs, ...unanswered };
  }

  /** Stays connected until something ends it, and says what. */
  async #stay(
    connection: BrokerConnection,
    token: AccessToken,
    probe: TakeoverProbe | undefined,
  ): Promise<Ending> {
    const { clock } = this.#context.host;
    const startMs = clock.monotonicNow();
    const ended = new AbortController();
    const renewal = this.#renew(connection, token, ended.signal);
    const watch = probe && clock.schedule(longLifeMs, () => void probe.close());
    const end = await connection.closed;
    watch?.cancel();
    ended.abort();
    const endMs = clock.monotonicNow();
    if (await renewal) {
      this.#context.onLost(undefined);
      return { kind: 'again' };
    }
    const reason = end.kind === 'left' ? undefined : this.#explain(end);
    this.#context.onLost(reason);
    if (reason === undefined) return { kind: 'again' };
    const byOtherSide = isClosedByOtherSide(end);
    if (probe !== undefined && byOtherSide && (await probe.isAlive())) {
      throw takenOver(this.#context.clientId);
    }
    const isNoTakeover = suspectsTakeover(this.#history);
    const { hasProgressed } = connection;
    const livedMs = endMs - startMs;
    const hasTraffic = endMs - this.#deliveredAtMs < longLifeMs;
    return { kind: 'cut', reason, livedMs, byOtherSide, hasProgressed, hasTraffic, isNoTakeover };
  }

  /** Leaves when there is another token, so that the broker does not end the connection when it likes. */
  async #renew(
    connection: BrokerConnection,
    token: AccessToken,
    ended: AbortSignal,
  ): Promise<boolean> {
    const { host, dispatcher, timing } = this.#context;
    if (!(await untilRenewed(host, token, ended, timing.random))) return false;
    dispatcher.suspend();
    const quiet = Promise.race([dispatcher.idle(), connection.closed]);
    await endsWithin(host.clock, timing.drainMs, quiet);
    if (ended.aborted) return false;
    await connection.leave();
    return true;
  }

  #connectionOptions(token: AccessToken) {
    const { host, clientId, timing, leaving } = this.#context;
    return {
      address: { url: host.brokerUrl, ca: host.ca },
      clientId,
      username: this.#login.username,
      token: token.token,
      keepaliveSeconds: timing.keepaliveSeconds,
      connectTimeoutMs: Math.min(timing.connectMs, this.#deadline().remainingMs()),
      clock: host.clock,
      leaving,
    };
  }

  /** The first connection has its own deadline; each later attempt has one of the same length. */
  #deadline(): Deadline {
    const { host, leaving } = this.#context;
    if (!this.#wasReady) return this.#firstDeadline;
    return startDeadline({ clock: host.clock, deadlineMs: host.deadlineMs, signal: leaving });
  }

  /** @throws VendorError, if it is nothing that passes. */
  #explain(end: ConnectionEnd): VendorError {
    const error = explainEnd(end, this.#brokerHost, this.#wasReady);
    if (!isPassing(error)) throw error;
    return error;
  }
}

function unreachable(reason: VendorError): Ending {
  return { kind: 'unreachable', reason };
}

/** Why there was no connection in time. */
function lastWord(ending: Ending): VendorError {
  if (ending.kind !== 'again') return ending.reason;
  return streamError('TIMEOUT', 'There was no connection to the broker in time.');
}

function takenOver(clientId: string): VendorError {
  return streamError(
    'CONFLICT',
    `Another client with the MQTT client id ${clientId} takes the session over again and again.`,
    'Give each stream a clientId of its own, and run each only once.',
  );
}
