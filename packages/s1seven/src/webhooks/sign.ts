import { systemClock, validate } from '@vendorkit/core';
import { z } from 'zod';
import { rawBytes, type RawBody } from './raw-body.ts';
import { digestOf, formatSignature } from './signature.ts';
import { secretSchema, type WebhookSecret } from './verify-options.ts';

/** How a webhook is signed. */
export interface WebhookSignOptions {
  /** The hook's secret. */
  secret: WebhookSecret;
  /**
   * The time to write, in seconds since the Unix epoch.
   * @defaultValue now
   */
  timestamp?: number | undefined;
}

const schema = z.strictObject({
  secret: secretSchema,
  // Eleven digits reach to the year 5138; thirteen would be milliseconds.
  timestamp: z.int().min(0).max(99_999_999_999).optional(),
});

/** `webhooks.sign`. */
export function sign(rawBody: RawBody, options: WebhookSignOptions): string {
  const { secret, timestamp } = validate(schema, options, { code: 'CONFIGURATION' });
  const timestampSeconds = timestamp ?? Math.floor(systemClock.now() / 1000);
  return formatSignature({ timestampSeconds, digest: digestOf(rawBytes(rawBody), secret) });
}
