import { validateHeaderName, validateHeaderValue } from 'node:http';
import { refusedInput } from '../errors/validate.ts';
import type { VendorError } from '../errors/vendor-error.ts';

/** Headers that belong to the connection. Setting them could split a request or fool TLS (RFC 9112). */
export const connectionHeaders: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Refuses headers that the transport answers for itself, and those that HTTP does not allow.
 *
 * @throws VendorError `INVALID_REQUEST` naming the header; the value is not quoted.
 */
export function checkRequestHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (connectionHeaders.has(name.toLowerCase()))
      throw refused(name, 'It is set by the client itself');
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw refused(name, 'HTTP allows no such header');
    }
  }
}

function refused(name: string, problem: string): VendorError {
  return refusedInput('INVALID_REQUEST', `headers.${name}`, problem);
}

/** Headers as they came over the wire: names in lower case, repeated ones joined with a comma. */
export function readHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier}, ${value}`);
  }
  return Object.fromEntries(headers);
}

/** Whether the end of a message's body was marked in the message itself (RFC 9112, 6.3). */
export function isFramed(
  method: string,
  status: number,
  headers: Readonly<Record<string, string>>,
): boolean {
  const hasNoBody = method === 'HEAD' || status === 204 || status === 304;
  const isChunked = /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');
  return hasNoBody || isChunked || headers['content-length'] !== undefined;
}
