import type { Clock } from '@vendorkit/core';
import { readEvent, type Delivery, type S1SevenEvent } from './event.ts';
import { KeyMemory } from './key-memory.ts';
import { pause } from './pause.ts';
import type { SubscribeSettings } from './subscribe-options.ts';

/** What a handler is told, beside the event. */
export interface HandlerContext {
  /**
   * Aborted when nobody waits for the handler any more: the stream was ended by its `signal`, or was
   * closed and the handler took longer than 30 s since.
   */
  readonly signal: AbortSignal;
}

/**
 * Handles an event. When it resolves, the event is acknowledged; when it rejects, it is tried again.
 *
 * A connection that is lost meanwhile does not end the handler. The broker then sends the event again,
 * even though the handler may succeed: what must not happen twice needs the option `key`, or a
 * handler that does no harm the second time.
 */
export type EventHandler = (event: S1SevenEvent, context: HandlerContext) => unknown;

/** An event that failed as often as it was allowed to. */
export interface PoisonEvent {
  readonly event: S1SevenEvent;
  /** What the handler threw the last time. */
  readonly error: unknown;
  /** How often the handler was tried. */
  readonly attempts: number;
  /** Whether it was acknowledged nevertheless, as `onPoison` decided. */
  readonly acknowledged: boolean;
}

/** What handling needs of its stream. */
export interface HandlingContext {
  readonly handler: EventHandler;
  readonly settings: Pick<SubscribeSettings, 'retries' | 'onPoison' | 'key'>;
  readonly clock: Clock;
  /** Aborted when the stream is being closed: no handler is tried again. */
  readonly closing: AbortSignal;
  /** Aborted when handlers should give up. */
  readonly force: AbortSignal;
  readonly onPoison: (poison: PoisonEvent) => void;
  /** Is told when the caller's `onPoison` failed. */
  readonly onPoisonFailed: () => void;
}

const firstPauseMs = 200;
const longestPauseMs = 5000;

/** How long to wait after a failed try, from 1. */
export function retryPauseMs(attempt: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
}

/** Handles deliveries: skips duplicates, tries the handler, acknowledges what succeeded. */
export class Handling {
  readonly #context: HandlingContext;
  readonly #keys = new KeyMemory();

  constructor(context: HandlingContext) {
    this.#context = context;
  }

  /** Handles one delivery to its end. It does not reject. */
  async handle(delivery: Delivery): Promise<void> {
    const event = readEvent(delivery);
    if (await this.#handleOnce(event)) delivery.acknowledge();
  }

  /** @returns Whether the event is to be acknowledged. */
  async #handleOnce(event: S1SevenEvent): Promise<boolean> {
    let key: string | undefined;
    try {
      key = this.#context.settings.key?.(event);
    } catch (error) {
      return this.#giveUp(event, error, 1);
    }
    return key === undefined ? this.#try(event) : this.#keys.once(key, () => this.#try(event));
  }

  async #try(event: S1SevenEvent): Promise<boolean> {
    const { handler, settings, clock, closing, force } = this.#context;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await handler(event, { signal: force });
        return true;
      } catch (error) {
        // A handler that was told to give up has not failed: the broker sends the event again.
        if (force.aborted) return false;
        if (attempt >= settings.retries) return this.#giveUp(event, error, attempt);
      }
      await pause(clock, retryPauseMs(attempt), closing);
      if (closing.aborted) return false;
    }
  }

  async #giveUp(event: S1SevenEvent, error: unknown, attempts: number): Promise<boolean> {
    const acknowledged = await this.#isDropped(event, error);
    this.#context.onPoison({ event, error, attempts, acknowledged });
    return acknowledged;
  }

  async #isDropped(event: S1SevenEvent, error: unknown): Promise<boolean> {
    try {
      return (await this.#context.settings.onPoison?.(event, error)) === 'acknowledge';
    } catch {
      this.#context.onPoisonFailed();
      return false;
    }
  }
}
