import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

/** What a `signature` header says. */
export interface Signature {
  /** When the vendor signed, in seconds since the Unix epoch. The digest does not cover it. */
  readonly timestampSeconds: number;
  /** The HMAC-SHA256 of the body. */
  readonly digest: Buffer;
}

const member = /^[ \t]*(?<name>[th])[ \t]*=[ \t]*(?<value>.*)$/s;
const decimal = /^(?<digits>0|[1-9]\d{0,10})[ \t]*$/;
const hexadecimal = /^(?<digits>[\da-f]{64})[ \t]*$/i;

/**
 * Reads a `signature` header, `t=<unix seconds>,h=<64 hexadecimal digits>` (S1SEVEN portal
 * documentation of 2021, webhooks). Since nothing newer is known, the members may come in any order,
 * with blanks around them and beside others, which are ignored.
 *
 * @returns `repeated` if `t` or `h` is there twice; `malformed` if one is missing, or is no number.
 */
export function parseSignature(text: string): Signature | 'malformed' | 'repeated' {
  const known = text.split(',').map((part) => member.exec(part)?.groups);
  const [time, ...otherTimes] = known.filter((groups) => groups?.['name'] === 't');
  const [hash, ...otherHashes] = known.filter((groups) => groups?.['name'] === 'h');
  // Which of them counts is not for the reader to choose.
  if (otherTimes.length > 0 || otherHashes.length > 0) return 'repeated';
  const timestamp = decimal.exec(time?.['value'] ?? '')?.groups?.['digits'];
  const digest = hexadecimal.exec(hash?.['value'] ?? '')?.groups?.['digits'];
  if (timestamp === undefined || digest === undefined) return 'malformed';
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
