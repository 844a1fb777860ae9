import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/** What a `signature` header says. */
export interface Signature {
  /** When the vendor signed, in seconds since the Unix epoch. The digest does not cover it. */
  readonly timestampSeconds: number;
  /** The HMAC-SHA256 of the body. */
  readonly digest: Buffer;
}

const written = /^t=(?<timestamp>0|[1-9]\d{0,10}),h=(?<digest>[\da-f]{64})$/;

/**
 * Reads a `signature` header, `t=<unix seconds>,h=<64 lower-case hexadecimal digits>`, and nothing
 * that only looks like one (S1SEVEN portal documentation of 2021, webhooks).
 */
export function parseSignature(text: string): Signature | undefined {
  const { timestamp, digest } = written.exec(text)?.groups ?? {};
  if (timestamp === undefined || digest === undefined) return undefined;
  return { timestampSeconds: Number(timestamp), digest: Buffer.from(digest, 'hex') };
}

/** Writes a `signature` header. */
export function formatSignature({ timestampSeconds, digest }: Signature): string {
  return `t=${timestampSeconds},h=${digest.toString('hex')}`;
}

/** The HMAC-SHA256 of a body (RFC 2104). */
export function digestOf(rawBody: Uint8Array, secret: KeyObject): Buffer {
  return createHmac('sha256', secret).update(rawBody).digest();
}

/**
 * Whether a digest is that of the body under one of the secrets. How long it takes tells neither how
 * much of the digest is right nor which secret it was.
 */
export function isSignedBy(
  secrets: readonly KeyObject[],
  rawBody: Uint8Array,
  digest: Buffer,
): boolean {
  const matches = secrets.map((secret) => timingSafeEqual(digestOf(rawBody, secret), digest));
  return matches.includes(true);
}
