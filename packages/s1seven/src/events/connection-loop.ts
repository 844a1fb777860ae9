import { startDeadline, VendorError, type Deadline } from '@vendorkit/core';
import type { AccessToken } from '../token.ts';
import {
  BrokerConnection,
  type ConnectionEnd,
  type IncomingMessage,
  type MqttClientClass,
} from './broker-connection.ts';
import { BrokerSession } from './broker-session.ts';
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
import { isClosedByOtherSide } from './takeover-probe.ts';
import { TakeoverWatch } from './takeover-watch.ts';
import { TokenSource } from './token-source.ts';
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
  readonly onReady: (resumed: boolean) => void;
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
  readonly #tokens: TokenSource;
  readonly #subscribing: Subscribing;
  readonly #topicWatch: TopicWatch;
  readonly #takeoverWatch: TakeoverWatch;
  readonly #session = new BrokerSession();
  readonly #brokerHost: string;
  /** Until when there has to be a first connection. */
  readonly #firstDeadline: Deadline;
  #history: History = noHistory;
  #readySinceMs: number | undefined;
  #heardAtMs = 0;
  #deliveredAtMs = Number.NEGATIVE_INFINITY;
  #hasWarnedOfQuality2 = false;

  constructor(context: LoopContext) {
    const { Client, host, owner, clientId, topics, leaving } = context;
    const { clock, deadlineMs } = host;
    const warn = (warning: string, message: string) => host.warn(warning, message);
    this.#context = context;
    this.#login = new Login(host, owner);
    this.#tokens = new TokenSource(this.#login, warn);
    this.#subscribing = { topics, granted: new Map(), warn };
    this.#topicWatch = new TopicWatch(topics, warn);
    this.#takeoverWatch = new TakeoverWatch(Client, clock, clientId);
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
    try {
      while (!closing.aborted) {
        const ending = await this.#attemptUnlessClosing();
        if (ending === undefined || closing.aborted) return;
        await this.#takeIntoAccount(ending);
        const delayMs = reconnectDelayMs(this.#history, ending, timing.random);
        if (!this.#wasReady && delayMs >= this.#firstDeadline.remainingMs()) throw lastWord(ending);
        if (delayMs > 0) await pause(host.clock, delayMs, closing);
      }
    } finally {
      await this.#takeoverWatch.stop();
    }
  }

  get #wasReady(): boolean {
    return this.#readySinceMs !== undefined;
  }

  /** @throws VendorError, if it is one ending too many. */
  async #takeIntoAccount(ending: Ending): Promise<void> {
    const { closing } = this.#context;
    this.#history = historyAfter(this.#history, ending);
    if (ending.kind === 'unanswered' && isRefusal(this.#history, ending)) {
      throw refusedTopic(ending.topic);
    }
    const judged = this.#takeoverWatch.judge(this.#history, ending, this.#readySinceMs, closing);
    this.#history = await judged;
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
    const token = await this.#tokens.next(this.#deadline(), this.#wasReady);
    if (VendorError.is(token)) return unreachable(token);
    if (suspectsTakeover(this.#history)) {
      await this.#takeoverWatch.accompany(this.#connectionOptions(token));
    }
    return this.#connect(token);
  }

  async #connect(token: AccessToken): Promise<Ending> {
    const { Client, dispatcher, onEnd } = this.#context;
    let isReady = false;
    const connection = new BrokerConnection(Client, {
      ...this.#connectionOptions(token),
      clean: false,
      onAccepted: (isPresent) => this.#onAccepted(isPresent),
      onDelivery: (message) => {
        const room = this.#onMessage(message);
        // The answers to our subscriptions stand behind the backlog, so it is read whatever its size.
        return isReady ? room : undefined;
      },
    });
    try {
      if (!(await connection.accepted)) return this.#notAccepted(token, await connection.closed);
      this.#login.accepted();
      const unanswered = await subscribeAll(connection, this.#subscribing, this.#deadline());
      if (unanswered !== undefined) return this.#notSubscribed(unanswered, await connection.closed);
      isReady = true;
      this.#onReady();
      return await this.#stay(connection, token);
    } finally {
      dispatcher.suspend();
      onEnd();
      await connection.leave();
      this.#heardAtMs = connection.heardAtMs ?? this.#heardAtMs;
    }
  }

  /** Runs before the first message of the connection comes. */
  #onAccepted(sessionPresent: boolean): void {
    const { dispatcher } = this.#context;
    this.#session.accepted(sessionPresent, this.#heardAtMs);
    // What waits from this session comes again. What the broker has forgotten stays.
    if (sessionPresent) dispatcher.dropKept(this.#session.number);
    dispatcher.resume();
  }

  #onMessage({ qos, ...message }: IncomingMessage): Promise<void> | undefined {
    const { host, dispatcher } = this.#context;
    this.#topicWatch.see(message.topic);
    this.#deliveredAtMs = host.clock.monotonicNow();
    if (qos === 2 && !this.#hasWarnedOfQuality2) {
      this.#hasWarnedOfQuality2 = true;
      const text = `An event of ${message.topic} came with quality of service 2, as an earlier client with this clientId asked for: it is acknowledged before it is handled. A new clientId gets rid of it.`;
      host.warn('events-at-most-once', text);
    }
    return dispatcher.add({ ...message, session: this.#session.number });
  }

  #onReady(): void {
    const { host, topics, onReady, onGap } = this.#context;
    this.#readySinceMs ??= host.clock.monotonicNow();
    const { resumed, lostSinceMs } = this.#session.granted();
    onReady(resumed);
    if (lostSinceMs !== undefined) onGap({ since: new Date(lostSinceMs), topics });
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
  async #stay(connection: BrokerConnection, token: AccessToken): Promise<Ending> {
    const { clock } = this.#context.host;
    const startMs = clock.monotonicNow();
    const ended = new AbortController();
    const renewal = this.#renew(connection, token, ended.signal);
    const proving = this.#takeoverWatch.proofOf(connection.closed);
    const end = await connection.closed;
    const atMs = clock.monotonicNow();
    ended.abort();
    const isRenewed = await renewal;
    const reason = isRenewed || end.kind === 'left' ? undefined : this.#explain(end);
    this.#context.onLost(reason);
    const proof = await proving;
    if (reason === undefined) return { kind: 'again' };
    const byOtherSide = isClosedByOtherSide(end);
    const { hasProgressed } = connection;
    const livedMs = atMs - startMs;
    const hasTraffic = atMs - this.#deliveredAtMs < longLifeMs;
    return { kind: 'cut', reason, livedMs, byOtherSide, hasProgressed, hasTraffic, proof, atMs };
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
