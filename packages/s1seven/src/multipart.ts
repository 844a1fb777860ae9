import { randomBytes } from 'node:crypto';
import { refusedInput } from '@vendorkit/core';
import type { FormFile } from './operation-caller.ts';

/** A form, ready to be sent. */
export interface WrittenForm {
  readonly body: Buffer;
  /** The value of `content-type`, with the boundary. */
  readonly contentType: string;
}

/** A part of a form: a file, or a field with a value. */
export type FormPart = FormFile | { readonly name: string; readonly value: string };

const lineEnd = '\r\n';

/**
 * Writes a form as `multipart/form-data` (RFC 7578), with names as browsers write them (WHATWG HTML,
 * "Multipart form data"). Files are kept byte for byte.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field, if a name or a media type would break the
 *   form.
 */
export function writeForm(parts: readonly FormPart[]): WrittenForm {
  // With 128 random bits in it, no content holds the boundary.
  const boundary = `vendorkit-${randomBytes(16).toString('hex')}`;
  const body = Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`--${boundary}${lineEnd}${headersOf(part)}${lineEnd}`),
      contentOf(part),
      Buffer.from(lineEnd),
    ]),
    Buffer.from(`--${boundary}--${lineEnd}`),
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

function headersOf(part: FormPart): string {
  const disposition = `content-disposition: form-data; name="${quoted('name', wholeLines(part.name))}"`;
  if ('value' in part) return disposition + lineEnd;
  const { filename, contentType } = part;
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;[\t\x20-\x7e]*)?$/.test(contentType)) {
    throw refusedInput('INVALID_REQUEST', 'contentType', 'Expected a media type');
  }
  return (
    `${disposition}; filename="${quoted('filename', filename)}"${lineEnd}` +
    `content-type: ${contentType}${lineEnd}`
  );
}

function contentOf(part: FormPart): Buffer {
  const content = 'value' in part ? wholeLines(part.value) : part.content;
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}

/** Every line of a name or a value ends with CR and LF, as in browsers. */
function wholeLines(text: string): string {
  return text.replaceAll(/\r\n?|\n/g, lineEnd);
}

/** What would end the quotes or the header is escaped; other control characters have no place there. */
function quoted(field: string, text: string): string {
  const escaped = text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
  if (!/\p{Cc}/u.test(escaped)) return escaped;
  throw refusedInput('INVALID_REQUEST', field, 'It has control characters');
}
