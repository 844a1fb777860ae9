import { isUint8Array } from 'node:util/types';
import { refusedInput, type VendorError } from '@vendorkit/core';

/** A body as it was sent, byte for byte. A text stands for its UTF-8. */
export type RawBody = string | Uint8Array;

/**
 * The bytes of a body.
 *
 * @throws VendorError `INVALID_REQUEST` if it is parsed already, or nothing.
 */
export function rawBytes(rawBody: unknown): Buffer {
  if (typeof rawBody === 'string') return Buffer.from(rawBody);
  if (Buffer.isBuffer(rawBody)) return rawBody;
  if (isUint8Array(rawBody)) {
    return Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  }
  throw notRaw();
}

/** The error of a body whose bytes are gone. */
export function notRaw(): VendorError {
  return refusedInput(
    'INVALID_REQUEST',
    'rawBody',
    'The signature is over the bytes that were sent, which a parsed body no longer has. Give a ' +
      "Buffer or a text: in Express by `express.raw({ type: '*/*' })` in front of every other " +
      "parser, in Fastify by a content type parser with `parseAs: 'buffer'`",
  );
}
