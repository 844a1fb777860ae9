import { isPlainObject, refusedInput, stringifyJson } from '@vendorkit/core';
import type { RequestBody } from '../operation-caller.ts';

/**
 * The body that a certificate is sent as: a text as it is, byte for byte; an object written once. What
 * is in the certificate is for the vendor to judge.
 *
 * @throws VendorError `INVALID_REQUEST` if it is no JSON object.
 */
export function certificateBody(certificate: unknown): RequestBody {
  if (typeof certificate === 'string' || certificate instanceof Uint8Array) {
    return { jsonText: checkedText(certificate) };
  }
  if (!isPlainObject(certificate)) throw refused('Expected an object, or the text of one');
  return { jsonText: stringifyJson(certificate, { path: 'certificate' }) };
}

function checkedText(text: string | Uint8Array): string | Uint8Array {
  const content: unknown = parsed(text);
  if (!isPlainObject(content)) throw refused('Expected the text of a JSON object');
  return text;
}

function parsed(text: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : decoder.decode(text));
  } catch {
    // The parser's own message quotes the certificate.
    throw refused('Expected JSON, in UTF-8 and without a byte order mark');
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function refused(problem: string): Error {
  return refusedInput('INVALID_REQUEST', 'certificate', problem);
}
