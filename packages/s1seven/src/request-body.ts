import { refusedInput, stringifyJson } from '@vendorkit/core';
import { writeForm } from './multipart.ts';
import type { RequestBody } from './operation-caller.ts';

/** A body, ready to be sent. */
export interface WrittenBody {
  readonly body: string | Uint8Array;
  /** The value of `content-type`. */
  readonly contentType: string;
}

const json = 'application/json';

/**
 * Writes a body. A certificate's hash depends on its content: nothing is added, dropped or reordered.
 *
 * @param field - What the body is called in errors.
 * @throws VendorError `INVALID_REQUEST` naming the value that cannot be written.
 */
export function writeBody(body: RequestBody, field = 'body'): WrittenBody {
  if ('form' in body) return writeForm(body.form);
  if ('json' in body) {
    return { body: stringifyJson(body.json, { path: field }), contentType: json };
  }
  return { body: jsonBytes(body.jsonText), contentType: json };
}

/** A copy: what the caller changes afterwards is not sent. */
function jsonBytes(text: string | Uint8Array): Uint8Array {
  if (text.length === 0) throw refusedInput('INVALID_REQUEST', 'body', 'Expected a JSON text');
  if (typeof text !== 'string') return Uint8Array.from(text);
  // It would be written as another character, and the hash would be that of another text.
  if (/\p{Surrogate}/u.test(text)) {
    throw refusedInput('INVALID_REQUEST', 'body', 'It is not well-formed Unicode');
  }
  return Buffer.from(text);
}
