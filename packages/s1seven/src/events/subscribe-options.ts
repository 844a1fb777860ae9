import { validate } from '@vendorkit/core';
import { z } from 'zod';
import type { S1SevenEvent } from './event.ts';

/** What {@link SubscribeOptions.onPoison} decides. */
export type PoisonDecision = 'acknowledge' | 'leave' | undefined | void;

/** How a stream of events is received. `undefined` is the same as absent. */
export interface SubscribeOptions {
  /**
   * The whole MQTT client id, the vendor's prefix (`company_<id>_` or `user_<id>_`) included. It is
   * not the `clientId` of the credentials. The broker keeps what was not acknowledged under this id
   * for 30 minutes after a disconnect (S1SEVEN API information, "Persistence"), so use the same again
   * after a restart, and never twice at a time. The broker keeps what was subscribed to, too: after a
   * change of filters it goes on sending what the old ones asked for, unless the id is a new one.
   *
   * @defaultValue a random one, with a warning: nothing is kept between runs
   */
  clientId?: string | undefined;
  /**
   * How many events are handled at a time. More than the broker's window, 10 in RabbitMQ, changes
   * nothing. It has no meaning without a handler.
   *
   * @defaultValue 1, which keeps the order of all events
   */
  concurrency?: number | undefined;
  /**
   * Whether events of one topic are handled one after another, whatever the concurrency.
   *
   * @defaultValue false
   */
  ordered?: boolean | undefined;
  /**
   * How often a handler is tried with an event that makes it fail, the first time included; between
   * tries it waits 200 ms, then twice as long each time, up to 5 s.
   *
   * @defaultValue 3
   */
  retries?: number | undefined;
  /**
   * Decides about an event that failed as often as `retries` says. `acknowledge` drops it. Otherwise,
   * or if this fails itself, the broker keeps it and sends it again after the next connect, and it
   * takes a place of the broker's window until then.
   */
  onPoison?:
    | ((event: S1SevenEvent, error: unknown) => PoisonDecision | Promise<PoisonDecision>)
    | undefined;
  /**
   * Names an event, so that its duplicates are acknowledged without being handled. The last 10,000
   * names of handled events are remembered, in this process only. `undefined` names none. A key that
   * throws is a handler that failed.
   *
   * @defaultValue none: the vendor documents no identifier, and equal events may be genuine
   */
  key?: ((event: S1SevenEvent) => string | undefined) | undefined;
  /** Ends the stream at once, with `ABORTED`. */
  signal?: AbortSignal | undefined;
}

/** The same after validation, with its defaults. */
export interface SubscribeSettings {
  readonly clientId: string | undefined;
  readonly concurrency: number;
  readonly ordered: boolean;
  readonly retries: number;
  readonly onPoison: SubscribeOptions['onPoison'];
  readonly key: SubscribeOptions['key'];
  readonly signal: AbortSignal | undefined;
}

type Callback = (...parameters: never[]) => unknown;

const callback = <Kind extends Callback>() =>
  z.custom<Kind>((value) => typeof value === 'function', 'Expected a function');

const schema = z.strictObject({
  clientId: z.string().min(1).optional(),
  concurrency: z.int().min(1).max(65_535).default(1),
  ordered: z.boolean().default(false),
  retries: z.int().min(1).max(1000).default(3),
  onPoison: callback<NonNullable<SubscribeOptions['onPoison']>>().optional(),
  key: callback<NonNullable<SubscribeOptions['key']>>().optional(),
  // Not `instanceof`: a test's realm may have an AbortSignal of its own.
  signal: z
    .custom<AbortSignal>(
      (value) => typeof (value as AbortSignal | null)?.addEventListener === 'function',
      'Expected an AbortSignal',
    )
    .optional(),
});

/**
 * Checks the options of a subscription.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readSubscribeOptions(options: unknown = {}): SubscribeSettings {
  const read = validate(schema, options, { code: 'INVALID_REQUEST', root: 'options' });
  const { clientId, onPoison, key, signal } = read;
  return { ...read, clientId, onPoison, key, signal };
}
