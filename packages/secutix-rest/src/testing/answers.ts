import { stringifyJson } from '@vendorkit/core';
import { compress, type EmulatorAnswer, type EmulatorRequest } from '@vendorkit/core/testing';

/** An answer in JSON. Integers of 64 bits are written with all their digits. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): EmulatorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: stringifyJson(value),
  };
}

/**
 * An answer that is not a success. That it has a detailed message is documented for the status 500
 * (SecuTix REST 5.2); its form is assumed.
 */
export function problemAnswer(
  status: number,
  message: string,
  headers?: Readonly<Record<string, string>>,
): EmulatorAnswer {
  return jsonAnswer(status, { status, message }, headers);
}

/**
 * Compresses an answer for clients that accept it, and labels it.
 *
 * @param label - What `Content-Encoding` says of a compressed answer. The vendor's text promises
 *   `UTF-8` (SecuTix REST 5.1), which is no content coding; what the server really sends is not known.
 */
export function encodeAnswer(
  request: EmulatorRequest,
  answer: EmulatorAnswer,
  label: 'gzip' | 'UTF-8' | 'UTF-8, gzip',
): EmulatorAnswer {
  const encoded = compress(request, answer);
  const headers = encoded.headers ?? {};
  const isCompressed = headers['content-encoding'] !== undefined;
  if (label === 'gzip' || !isCompressed) return encoded;
  return { ...encoded, headers: { ...headers, 'content-encoding': label } };
}
