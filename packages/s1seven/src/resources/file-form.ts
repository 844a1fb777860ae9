import { validate } from '@vendorkit/core';
import { z } from 'zod';
import type { NamedFile } from '../model/certificate.ts';
import type { RequestBody } from '../operation-caller.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const line = z.string().regex(/^[^\p{Cc}]+$/u, 'Expected a text of one line');

const schema: z.ZodType<NamedFile> = z.strictObject({
  content: z.union([z.string(), bytes], 'Expected a text or bytes'),
  filename: line.optional(),
  contentType: line.optional(),
});

/**
 * The multipart form that a file is sent as (RFC 7578). The file's field is called `file`, as in the
 * one form that the OpenAPI document of 2021 describes (`/certificates/hash-file`); for the others this
 * is assumed. The document calls them uploads and declares them as `application/json` with a binary text,
 * which contradicts itself; the vendor's set-up guides of 2024 use multipart forms.
 *
 * @param fields - The other fields. Those that are `undefined` are left out.
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function fileForm(
  input: unknown,
  fields: Readonly<Record<string, string | undefined>> = {},
): RequestBody {
  const file = input instanceof Uint8Array ? { content: input } : input;
  const { content, filename, contentType } = validate(schema, file, {
    code: 'INVALID_REQUEST',
    root: 'file',
  });
  const values = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  return {
    form: [
      ...values,
      {
        name: 'file',
        content,
        filename: filename ?? 'certificate.json',
        contentType: contentType ?? 'application/json',
      },
    ],
  };
}
