import { createSecretKey, type KeyObject } from 'node:crypto';
import { isUint8Array } from 'node:util/types';
import { systemClock, validate, type Clock, type Schema } from '@vendorkit/core';
import { z } from 'zod';
import type { ReplayStore } from './replay-store.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** A hook's secret: the one that was given to `hooks.create`, or that it answered with. */
export type WebhookSecret = string | Uint8Array;

/** How webhooks are verified. `undefined` is the same as absent. */
export interface WebhookVerifyOptions<Body = unknown> {
  /** The hook's secret; several while it is being changed, of which any may have signed. */
  secret: WebhookSecret | readonly WebhookSecret[];
  /**
   * How far the signature's time may be from now, in seconds, both ways. The vendor's sample of 2021
   * has five seconds, and lets any time in the future pass.
   * @defaultValue 5
   */
  toleranceSeconds?: number | undefined;
  /**
   * Remembers deliveries, so that the same one is not believed twice. `verify` answers with a promise
   * then.
   * @defaultValue none: equal deliveries are all believed
   */
  replayStore?: ReplayStore | undefined;
  /**
   * What makes two deliveries the same. By default it is the body: two events that are equal byte for
   * byte cannot be told apart then, and two hooks of one event that share a store count as one.
   * @defaultValue the SHA-256 of the body, in hexadecimal digits
   */
  replayKey?: ((event: WebhookEvent<Body>) => string) | undefined;
  /**
   * How long a delivery is remembered, in seconds. The signature does not cover its time, so a
   * captured delivery can be sent again with a new time whenever it is no longer remembered.
   * @defaultValue 86,400, a day
   */
  replayWindowSeconds?: number | undefined;
  /** What the body has to be; a zod schema fits. */
  schema?: Schema<Body> | undefined;
  /** @defaultValue the computer's clock */
  clock?: Pick<Clock, 'now'> | undefined;
}

/** {@link WebhookVerifyOptions} after validation. */
export interface VerifySettings<Body> {
  readonly secrets: readonly KeyObject[];
  readonly toleranceSeconds: number;
  readonly replayStore: ReplayStore | undefined;
  readonly replayKey: ((event: WebhookEvent<Body>) => string) | undefined;
  readonly replayWindowMs: number;
  readonly schema: Schema<Body> | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

const secret = z.custom<WebhookSecret>(
  (value) => (typeof value === 'string' || isUint8Array(value)) && value.length > 0,
  'Expected a text or a Buffer that is not empty',
);

/** Anything that has these methods. */
export function having<Type>(...methods: readonly (string & keyof Type)[]) {
  return z.custom<Type>(
    (value) => methods.every((name) => typeof Object(value)[name] === 'function'),
    `Expected an object with the methods ${methods.join(' and ')}`,
  );
}

/** A function. */
export function callable<Type>() {
  return z.custom<Type>((value) => typeof value === 'function', 'Expected a function');
}

/** The secret of `sign`, or one of those of `verify`. */
export const secretSchema = secret.transform((value) => createSecretKey(Buffer.from(value)));

/** What {@link WebhookVerifyOptions} has to be. */
export const verifySchemas = {
  secret: z
    .union(
      [secretSchema.transform((key) => [key]), z.array(secretSchema).min(1)],
      'Expected a text or a Buffer that is not empty, or a list of them',
    )
    .readonly(),
  toleranceSeconds: z.number().min(0).default(5),
  replayStore: having<ReplayStore>('remember').optional(),
  replayKey: callable<(event: WebhookEvent<never>) => string>().optional(),
  replayWindowSeconds: z.number().positive().default(86_400),
  schema: having<Schema<unknown>>('safeParse').optional(),
  clock: having<Pick<Clock, 'now'>>('now').default(systemClock),
};

const schema = z.strictObject(verifySchemas);

/**
 * Checks the options of `verify`.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readVerifyOptions<Body>(options: unknown): VerifySettings<Body> {
  return verifySettings(validate(schema, options, { code: 'CONFIGURATION' }));
}

/** Options that fit {@link verifySchemas}, in the units that the code counts in. */
export function verifySettings<Body>({
  secret: secrets,
  replayWindowSeconds,
  ...rest
}: z.output<typeof schema>): VerifySettings<Body> {
  return {
    ...(rest as Pick<VerifySettings<Body>, keyof VerifySettings<Body> & keyof typeof rest>),
    secrets,
    replayWindowMs: replayWindowSeconds * 1000,
  };
}
