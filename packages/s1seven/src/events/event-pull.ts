import type { VendorError } from '@vendorkit/core';
import type { Dispatcher } from './dispatcher.ts';
import { readEvent, type Delivery, type S1SevenEvent } from './event.ts';
import { KeyMemory } from './key-memory.ts';

/** An event of a stream that is iterated over. */
export interface ReceivedEvent extends S1SevenEvent {
  /**
   * Tells the broker that the event was handled. It may be called again.
   *
   * @returns `false` if the connection that brought the event is gone. Nothing is sent then, and the
   * broker sends the event again.
   */
  ack(): boolean;
}

/** Somebody who waits for the next event. */
interface Waiter {
  readonly resolve: (result: IteratorResult<ReceivedEvent, undefined>) => void;
  readonly reject: (error: VendorError) => void;
}

const doNothing = (): void => {};

type Key = ((event: S1SevenEvent) => string | undefined) | undefined;

/**
 * Hands out one event for each `next()`. What nobody has asked for stays unacknowledged in the queue,
 * so that the broker stops sending when its window is full.
 */
export class EventPull {
  readonly #key: Key;
  readonly #keys = new KeyMemory();
  readonly #waiters: Waiter[] = [];
  /** Ends the wait for each event that was given and not acknowledged. */
  readonly #given = new Set<(isHandled: boolean) => void>();
  #dispatcher: Dispatcher | undefined;
  #end: { readonly error: VendorError | undefined } | undefined;

  constructor(key: Key) {
    this.#key = key;
  }

  /** The dispatcher whose deliveries are handed out. It begins with a concurrency of 0. */
  use(dispatcher: Dispatcher): void {
    this.#dispatcher = dispatcher;
  }

  /** Asks for an event. */
  async next(): Promise<IteratorResult<ReceivedEvent, undefined>> {
    if (this.#end !== undefined) {
      // Whoever asks for the next event has finished with the last.
      this.abandon();
      if (this.#end.error !== undefined) throw this.#end.error;
      return { done: true, value: undefined };
    }
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#dispatcher?.changeLimit(1);
    });
  }

  /** Handles a delivery: it ends when the event was acknowledged, or cannot be any more. */
  async handle(delivery: Delivery): Promise<void> {
    const event = readEvent(delivery);
    const key = this.#keyOf(event);
    const give = () => this.#give(event, delivery, key);
    const isHandled = key === undefined ? await give() : await this.#keys.once(key, give);
    if (isHandled) delivery.acknowledge();
  }

  /** Stops waiting for acknowledgements: the connection is gone, or the consumer is. */
  abandon(): void {
    for (const settle of this.#given) settle(false);
  }

  /** Ends the iteration, with an error or well. */
  end(error?: VendorError): void {
    this.#end ??= { error };
    for (const { resolve, reject } of this.#waiters.splice(0)) {
      if (error === undefined) resolve({ done: true, value: undefined });
      else reject(error);
    }
  }

  async #give(event: S1SevenEvent, delivery: Delivery, key: string | undefined): Promise<boolean> {
    const waiter = this.#waiters.shift();
    if (waiter === undefined) return false;
    let settle: (isHandled: boolean) => void = doNothing;
    const handled = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const ack = (): boolean => {
      // The consumer has done its work, even if the broker can no longer be told.
      if (key !== undefined) this.#keys.remember(key);
      settle(true);
      return delivery.acknowledge();
    };
    this.#given.add(settle);
    waiter.resolve({ done: false, value: { ...event, ack } });
    const isHandled = await handled;
    this.#given.delete(settle);
    this.#dispatcher?.changeLimit(-1);
    return isHandled;
  }

  /** A key that throws names nothing: there is no handler that could have failed. */
  #keyOf(event: S1SevenEvent): string | undefined {
    try {
      return this.#key?.(event);
    } catch {
      return undefined;
    }
  }
}
