import { createHash } from 'node:crypto';
import { askReplayStore } from './ask-replay-store.ts';
import { rawBytes, type RawBody } from './raw-body.ts';
import type { ReplayStore } from './replay-store.ts';
import { isSignedBy, parseSignature, type Signature } from './signature.ts';
import { signatureRejected, type SignatureRejection } from './signature-rejection.ts';
import {
  readVerifyOptions,
  type VerifySettings,
  type WebhookVerifyOptions,
} from './verify-options.ts';
import { readEvent, type WebhookEvent } from './webhook-event.ts';
import { headerValues, type WebhookHeaders } from './webhook-headers.ts';

/** `webhooks.verify`. */
export function verify<Body = unknown>(
  rawBody: RawBody,
  headers: WebhookHeaders,
  options: WebhookVerifyOptions<Body> & { replayStore?: undefined },
): WebhookEvent<Body>;
export function verify<Body = unknown>(
  rawBody: RawBody,
  headers: WebhookHeaders,
  options: WebhookVerifyOptions<Body> & { replayStore: ReplayStore },
): Promise<WebhookEvent<Body>>;
export function verify<Body = unknown>(
  rawBody: RawBody,
  headers: WebhookHeaders,
  options: WebhookVerifyOptions<Body>,
): WebhookEvent<Body> | Promise<WebhookEvent<Body>>;
export function verify<Body = unknown>(
  rawBody: RawBody,
  headers: WebhookHeaders,
  options: WebhookVerifyOptions<Body>,
): WebhookEvent<Body> | Promise<WebhookEvent<Body>> {
  const settings = readVerifyOptions<Body>(options);
  const { replayStore } = settings;
  if (replayStore === undefined) return verifySignature(settings, rawBody, headers);
  return verifyOnce({ ...settings, replayStore }, rawBody, headers);
}

/** Without what has to be waited for: whether it is known already. */
export function verifySignature<Body>(
  settings: VerifySettings<Body>,
  rawBody: RawBody,
  headers: WebhookHeaders,
): WebhookEvent<Body> {
  const raw = rawBytes(rawBody);
  const signature = readSignature(headers);
  if (!isSignedBy(settings.secrets, raw, signature.digest)) throw signatureRejected('mismatch');
  const rejection = timeRejection(signature, settings);
  if (rejection !== undefined) throw signatureRejected(rejection);
  const signedAt = new Date(signature.timestampSeconds * 1000);
  return readEvent({ raw, headers, signedAt }, settings.schema);
}

/** What a delivery is remembered by. */
export function replayKeyOf<Body>(
  { replayKey }: VerifySettings<Body>,
  event: WebhookEvent<Body>,
): string {
  return replayKey?.(event) ?? createHash('sha256').update(event.raw).digest('hex');
}

async function verifyOnce<Body>(
  settings: VerifySettings<Body> & { replayStore: ReplayStore },
  rawBody: RawBody,
  headers: WebhookHeaders,
): Promise<WebhookEvent<Body>> {
  const event = verifySignature(settings, rawBody, headers);
  const { replayStore, replayWindowMs } = settings;
  const key = replayKeyOf(settings, event);
  const isFirst = await askReplayStore(() => replayStore.remember(key, replayWindowMs));
  if (!isFirst) throw signatureRejected('replayed');
  return event;
}

function readSignature(headers: WebhookHeaders): Signature {
  const [value, ...others] = headerValues(headers, 'signature');
  if (value === undefined) throw signatureRejected('missing');
  if (others.length > 0) throw signatureRejected('repeated');
  const signature = parseSignature(value);
  if (typeof signature === 'string') throw signatureRejected(signature);
  return signature;
}

/** Compared in whole seconds, which is all that the signature tells. */
function timeRejection(
  { timestampSeconds }: Signature,
  { clock, toleranceSeconds }: Pick<VerifySettings<never>, 'clock' | 'toleranceSeconds'>,
): SignatureRejection | undefined {
  const ageSeconds = Math.floor(clock.now() / 1000) - timestampSeconds;
  if (ageSeconds > toleranceSeconds) return 'too-old';
  return -ageSeconds > toleranceSeconds ? 'from-the-future' : undefined;
}
