import type { IncomingMessage } from 'node:http';
import { isUint8Array } from 'node:util/types';
import { VendorError } from '@vendorkit/core';
import { notRaw, type RawBody } from './raw-body.ts';

/** A request of node:http, with what frameworks add to it. */
export type WebhookRequest = IncomingMessage & {
  /** What a body parser of Express made of the body. */
  readonly body?: unknown;
  /** The bytes, where a framework keeps them beside the parsed body. */
  readonly rawBody?: unknown;
};

/**
 * The body of a request as it was sent: as a parser has left it, or read here.
 *
 * @throws VendorError with the `status` to answer with: `INVALID_REQUEST` if a parser has read the body
 * and kept no bytes, `BAD_REQUEST` if it is too long, `CONNECTION` if it ends before its end.
 */
export async function readRequestBody(
  request: WebhookRequest,
  maximumBytes: number,
): Promise<RawBody> {
  const kept = [request.rawBody, request.body].find(isRaw);
  if (kept !== undefined) return kept;
  if (request.readableDidRead) throw notRaw();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      // The rest is read and dropped: a client that still sends would not see the answer.
      if (length <= maximumBytes) chunks.push(chunk);
    }
  } catch {
    throw refusedDelivery('CONNECTION', 400, 'It ended before its body had come.');
  }
  if (length > maximumBytes) throw tooLong(maximumBytes);
  return Buffer.concat(chunks);
}

/** The error of a body that is too long. */
export function tooLong(maximumBytes: number): VendorError {
  return refusedDelivery('BAD_REQUEST', 413, `Its body has more than ${maximumBytes} bytes.`);
}

/** The error of a request that is no delivery. */
export function refusedDelivery(
  code: 'BAD_REQUEST' | 'CONNECTION',
  status: number,
  sentence: string,
): VendorError {
  return new VendorError(`A request to the webhook was refused. ${sentence}`, {
    code,
    vendor: 's1seven',
    status,
  });
}

function isRaw(value: unknown): value is RawBody {
  return typeof value === 'string' || isUint8Array(value);
}
