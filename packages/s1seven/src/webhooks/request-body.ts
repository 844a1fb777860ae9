import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { isUint8Array } from 'node:util/types';
import { startDeadline, VendorError, type Clock } from '@vendorkit/core';
import { notRaw, type RawBody } from './raw-body.ts';

/** A request of node:http, with what frameworks add to it. */
export type WebhookRequest = IncomingMessage & {
  /** What a body parser of Express made of the body. */
  readonly body?: unknown;
  /** The bytes, where a framework keeps them beside the parsed body. */
  readonly rawBody?: unknown;
};

/** How long a body may be, and may take. Whoever sends it has proved nothing yet. */
export interface BodyLimits {
  readonly maximumBytes: number;
  readonly bodyTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * The body of a request as it was sent: as a parser has left it, or read here.
 *
 * @throws VendorError as {@link readBytes} does; `INVALID_REQUEST` if a parser has read the body and
 * kept no bytes.
 */
export async function readRequestBody(
  request: WebhookRequest,
  limits: BodyLimits,
): Promise<RawBody> {
  const kept = [request.rawBody, request.body].find(isRaw);
  if (kept !== undefined) return kept;
  if (request.readableDidRead) throw notRaw();
  return readBytes(request, limits);
}

/**
 * The bytes that come. If they take too long, the rest is left to a connection that has to be closed.
 *
 * @throws VendorError with the `status` to answer with: `BAD_REQUEST` if they are too many, `TIMEOUT` if
 * they take too long, `CONNECTION` if they end before their end.
 */
export async function readBytes(stream: Readable, limits: BodyLimits): Promise<Buffer> {
  const { clock, bodyTimeoutMs } = limits;
  try {
    return await startDeadline({ clock, deadlineMs: bodyTimeoutMs }).until(
      collect(stream, limits.maximumBytes),
    );
  } catch (error) {
    if (!VendorError.is(error) || error.code !== 'DEADLINE_EXCEEDED') throw error;
    throw refusedDelivery('TIMEOUT', 408, `Its body did not come within ${bodyTimeoutMs} ms.`);
  }
}

async function collect(stream: AsyncIterable<Buffer>, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      // The rest is read and dropped: a client that still sends would not see the answer.
      if (length <= maximumBytes) chunks.push(chunk);
    }
  } catch {
    throw refusedDelivery('CONNECTION', 400, 'It ended before its body had come.');
  }
  if (length <= maximumBytes) return Buffer.concat(chunks);
  throw refusedDelivery('BAD_REQUEST', 413, `Its body has more than ${maximumBytes} bytes.`);
}

/** The error of a request that is no delivery. */
export function refusedDelivery(
  code: 'BAD_REQUEST' | 'CONNECTION' | 'TIMEOUT',
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
