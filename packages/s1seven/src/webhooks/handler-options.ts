import { systemClock, validate, type Clock } from '@vendorkit/core';
import { z } from 'zod';
import type { BodyLimits } from './request-body.ts';
import {
  callable,
  having,
  verifySchemas,
  verifySettings,
  type VerifySettings,
  type WebhookVerifyOptions,
} from './verify-options.ts';
import type { WebhookEvent } from './webhook-event.ts';

/** What a handler of webhooks does with them. */
export interface WebhookHandlerOptions<Body = unknown> extends WebhookVerifyOptions<Body> {
  /**
   * Handles an event. The vendor is answered with 204 when it has resolved, and with 500 if it
   * rejects. An event may come more than once.
   *
   * @param context - Its signal is aborted when the vendor no longer waits for the answer.
   */
  onEvent: (event: WebhookEvent<Body>, context: { signal: AbortSignal }) => void | Promise<void>;
  /**
   * Hears of every delivery that is not answered with 204: the `VendorError` of one that was refused,
   * or whatever `onEvent` threw, then with the event. The vendor is told no more than a status, so this
   * is where to find out. What it throws itself is ignored.
   */
  onRejected?: ((error: unknown, event?: WebhookEvent<Body>) => void | Promise<void>) | undefined;
  /**
   * How long a body may be, in bytes. In Express it holds if no other parser has read the body.
   * @defaultValue 1,048,576 (1 MiB)
   */
  maximumBytes?: number | undefined;
  /**
   * How long a body may take to come, in milliseconds. After that the answer is a 408, and the
   * connection is closed: whoever sends it has not proved to be the vendor. In Express it holds if no
   * other parser has read the body.
   * @defaultValue 10,000
   */
  bodyTimeout?: number | undefined;
  /** @defaultValue the computer's clock */
  clock?: Clock | undefined;
}

/** {@link WebhookHandlerOptions} after validation. */
export interface HandlerSettings<Body> extends VerifySettings<Body> {
  readonly onEvent: WebhookHandlerOptions<Body>['onEvent'];
  readonly onRejected: WebhookHandlerOptions<Body>['onRejected'];
  readonly limits: BodyLimits;
}

const schema = z.strictObject({
  ...verifySchemas,
  onEvent: callable<WebhookHandlerOptions<never>['onEvent']>(),
  onRejected: callable<NonNullable<WebhookHandlerOptions<never>['onRejected']>>().optional(),
  maximumBytes: z.int().positive().default(1_048_576),
  bodyTimeout: z.number().positive().default(10_000),
  clock: having<Clock>('now', 'monotonicNow', 'schedule').default(systemClock),
});

/**
 * Checks the options of a handler.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readHandlerOptions<Body>(options: unknown): HandlerSettings<Body> {
  const read = validate(schema, options, { code: 'CONFIGURATION' });
  const { onEvent, onRejected, maximumBytes, bodyTimeout, ...verification } = read;
  return {
    ...verifySettings<Body>(verification),
    onEvent: onEvent as HandlerSettings<Body>['onEvent'],
    onRejected: onRejected as HandlerSettings<Body>['onRejected'],
    limits: { maximumBytes, bodyTimeoutMs: bodyTimeout, clock: read.clock },
  };
}
