import { setMaxListeners } from 'node:events';
import {
  asVendorError,
  refusedInput,
  startDeadline,
  type Clock,
  type VendorError,
} from '@vendorkit/core';
import { ConnectionLoop, type LoopContext } from './connection-loop.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Delivery } from './event.ts';
import { EventPull, type ReceivedEvent } from './event-pull.ts';
import { Handling, type EventHandler, type PoisonEvent } from './handling.ts';
import { endsWithin } from './pause.ts';
import type { StreamEvents } from './stream-events.ts';
import { StreamListeners, type Listener } from './stream-listeners.ts';
import type { SubscribeSettings } from './subscribe-options.ts';

/**
 * What a stream is made of. Internal, so that the types of mqtt, which need those of a browser, are no
 * part of this package's.
 *
 * @internal
 */
export type StreamContext = Pick<
  LoopContext,
  'Client' | 'host' | 'owner' | 'clientId' | 'topics' | 'timing'
> & {
  readonly handler: EventHandler | undefined;
  readonly settings: SubscribeSettings;
};

/** RabbitMQ's window: so many unacknowledged messages stop it. */
const usualWindow = 10;

/**
 * A stream of the vendor's events, each of which is acknowledged after it was handled. It connects
 * again by itself until it is closed.
 *
 * Made without a handler it is iterated over, and each event is acknowledged with its `ack()`:
 *
 * @example
 * ```ts
 * const stream = await s1.subscribe({ resource: 'certificates', action: '+' });
 * for await (const event of stream) {
 *   await store(event.payload);
 *   event.ack();
 * }
 * ```
 */
export class EventStream implements AsyncIterable<ReceivedEvent> {
  /**
   * Resolves when the stream has been closed, and all handlers have ended or were given up. Rejects
   * with the error that ended it.
   */
  readonly ended: Promise<void>;
  readonly #context: StreamContext;
  readonly #listeners: StreamListeners<StreamEvents>;
  readonly #dispatcher: Dispatcher;
  readonly #pull: EventPull | undefined;
  readonly #closing = new AbortController();
  readonly #leaving = new AbortController();
  readonly #force = new AbortController();
  readonly #ready: Promise<void>;
  #tellReady = (): void => {};
  #resumed: boolean | undefined;
  #leftUnacknowledged = 0;

  /**
   * Use {@link subscribe}.
   *
   * @internal
   */
  constructor(context: StreamContext) {
    const { host, settings, handler } = context;
    this.#context = context;
    // As many listen as events are handled at a time.
    setMaxListeners(0, this.#closing.signal, this.#force.signal);
    this.#listeners = new StreamListeners((name) =>
      host.warn('events-listener-failed', `A listener of the stream's "${name}" failed.`),
    );
    this.#pull = handler === undefined ? new EventPull(settings.key) : undefined;
    this.#dispatcher = this.#createDispatcher();
    this.#pull?.use(this.#dispatcher);
    this.#ready = new Promise((resolve) => {
      this.#tellReady = resolve;
    });
    this.ended = host.whileOpen(settings.signal, (signal) => this.#run(signal));
    // Whoever does not listen to the end does not want to crash by it.
    this.ended.catch(() => {});
  }

  /**
   * Whether the broker had kept the session at the first connect. If not, with a client id of your own,
   * it is the first start ever, or one after more than 30 minutes (S1SEVEN API information,
   * "Persistence"): events may be missing, though no gap is told.
   */
  get resumed(): boolean {
    return this.#resumed ?? false;
  }

  /** Listens. What a listener throws, or rejects with, is told by a warning. */
  on<Name extends keyof StreamEvents>(name: Name, listener: Listener<StreamEvents[Name]>): this {
    this.#listeners.add(name, listener);
    return this;
  }

  /** Listens no more. */
  off<Name extends keyof StreamEvents>(name: Name, listener: Listener<StreamEvents[Name]>): this {
    this.#listeners.remove(name, listener);
    return this;
  }

  /**
   * Waits for handlers that are running, for 30 s at most, acknowledges what they handled, and
   * disconnects. The broker keeps the session: what was not handled comes with the next connection of
   * the same client id. A handler that waits for this waits for itself, so it must not; nor must a loop
   * over the stream with an event that it has not acknowledged. It is left with `break`, which waits
   * for nothing.
   */
  async close(): Promise<void> {
    this.#stop();
    this.#pull?.end();
    await this.#drain();
    this.#leaving.abort();
    await this.ended.catch(() => {});
  }

  /** For `await using`. The same as {@link EventStream.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /**
   * The stream's events, one after another. Leaving the loop closes the stream. Several iterators
   * share the events.
   *
   * @throws VendorError `INVALID_REQUEST` if the stream has a handler.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<ReceivedEvent, undefined> {
    const pull = this.#pull;
    if (pull === undefined) {
      const problem = 'A stream that has a handler cannot be iterated over';
      throw refusedInput('INVALID_REQUEST', 'handler', problem);
    }
    const iterator: AsyncIterableIterator<ReceivedEvent, undefined> = {
      next: () => pull.next(),
      return: async () => {
        // What was given and not acknowledged will not be.
        pull.end();
        pull.abandon();
        await this.close();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  /**
   * Resolves when the stream is subscribed for the first time.
   *
   * @throws VendorError, the one that ended it before.
   * @internal
   */
  async ready(): Promise<void> {
    await Promise.race([this.#ready, this.ended]);
  }

  #createDispatcher(): Dispatcher {
    const { concurrency, ordered } = this.#context.settings;
    const pull = this.#pull;
    if (pull !== undefined) {
      const handle = async (delivery: Delivery) => pull.handle(delivery);
      return new Dispatcher({ concurrency: 0, ordered, handle });
    }
    const handling = this.#createHandling();
    const handle = async (delivery: Delivery) => handling.handle(delivery);
    return new Dispatcher({ concurrency, ordered, handle });
  }

  #createHandling(): Handling {
    const { host, settings, handler = () => {} } = this.#context;
    return new Handling({
      handler,
      settings,
      clock: host.clock,
      closing: this.#closing.signal,
      force: this.#force.signal,
      onPoison: (poison) => this.#onPoison(poison),
      onPoisonFailed: () => host.warn('events-poison-failed', '`onPoison` itself failed.'),
    });
  }

  /** Runs until the stream ends, in one way or another. */
  async #run(signal: AbortSignal): Promise<void> {
    const { host, settings } = this.#context;
    const abort = () => this.#onAbort();
    signal.addEventListener('abort', abort);
    try {
      if (signal.aborted) abort();
      await this.#createLoop().run();
      // Closed by the caller's signal, or with the client before there was a connection.
      if (settings.signal?.aborted === true) throwEnd(host.clock, settings.signal);
      if (this.#resumed === undefined) throwEnd(host.clock, signal);
    } catch (thrown) {
      const error = asVendorError(thrown, 'CONNECTION');
      await this.#fail(error);
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #createLoop(): ConnectionLoop {
    return new ConnectionLoop({
      ...this.#context,
      dispatcher: this.#dispatcher,
      closing: this.#closing.signal,
      leaving: this.#leaving.signal,
      onReady: (resumed) => this.#onReady(resumed),
      onLost: (reason) => this.#listeners.tell('disconnect', { reason }),
      // What was given and not acknowledged comes again.
      onEnd: () => this.#pull?.abandon(),
      onGap: (gap) => this.#listeners.tell('gap', gap),
    });
  }

  #onReady(resumed: boolean): void {
    this.#resumed ??= resumed;
    this.#leftUnacknowledged = 0;
    this.#tellReady();
    this.#listeners.tell('connect', { resumed });
  }

  #onPoison(poison: PoisonEvent): void {
    const { host, settings } = this.#context;
    const isHeard = this.#listeners.tell('poison', poison);
    if (poison.acknowledged) return;
    if (!isHeard && settings.onPoison === undefined) {
      const { event, attempts } = poison;
      const text = `An event of ${event.topic} failed ${attempts} times and was left unacknowledged.`;
      host.warn('events-poison', text);
    }
    this.#leftUnacknowledged += 1;
    if (this.#leftUnacknowledged === usualWindow) {
      const text = `${usualWindow} events were left unacknowledged, so that the broker probably sends no more before the next connect. Use \`onPoison\` to acknowledge them.`;
      host.warn('events-window-full', text);
    }
  }

  /** The caller's signal ends the stream at once; a client that is closed lets handlers finish. */
  #onAbort(): void {
    if (this.#context.settings.signal?.aborted !== true) {
      void this.close();
      return;
    }
    this.#stop();
    this.#force.abort();
    this.#leaving.abort();
  }

  /** No event is handed out from now on, and no connection made. */
  #stop(): void {
    this.#dispatcher.stop();
    this.#closing.abort();
  }

  /** Waits for what is being handled, and gives it up in the end. */
  async #drain(): Promise<void> {
    const { host, timing } = this.#context;
    const isIdle = await endsWithin(host.clock, timing.drainMs, this.#dispatcher.idle());
    if (!isIdle) this.#force.abort();
  }

  async #fail(error: VendorError): Promise<void> {
    this.#stop();
    this.#pull?.end(error);
    this.#pull?.abandon();
    const { host, settings } = this.#context;
    // Whoever waits for the first connection is told by its rejection; the caller's signal is no news.
    const isNews = this.#resumed !== undefined && settings.signal?.aborted !== true;
    if (isNews && !this.#listeners.tell('error', error)) {
      host.warn('events-ended', `The stream ended: ${error.message}`);
    }
    if (!this.#force.signal.aborted) await this.#drain();
  }
}

/** @throws VendorError `ABORTED`, or `CLOSED` if the client was closed. */
function throwEnd(clock: Clock, signal: AbortSignal): void {
  startDeadline({ clock, deadlineMs: 1, signal }).check();
}
