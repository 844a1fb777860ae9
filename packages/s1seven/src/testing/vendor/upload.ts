import type { EmulatorRequest } from '@vendorkit/core/testing';
import { VendorProblem } from './problem.ts';

/** A file that came with a request, and the form's other fields. */
export interface Upload {
  readonly file: Buffer;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Reads a file out of a multipart form (RFC 7578), or the body itself if it is sent as JSON: the
 * vendor's document of 2021 has the one for `hash-file` and the other for the rest.
 *
 * @throws VendorProblem 415 for another type of body; 400 if the form is broken, or holds no file called
 * `file`, as multer says it in NestJS (assumed).
 */
export async function readUpload(request: EmulatorRequest): Promise<Upload> {
  const contentType = request.headers['content-type'] ?? '';
  if (/^application\/json\b/i.test(contentType)) return { file: request.body, fields: {} };
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new VendorProblem(415, 'The body must be `multipart/form-data` or `application/json`.');
  }
  const form = await readForm(request.body, contentType);
  const fields: Record<string, string> = {};
  let file: Buffer | undefined;
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value;
    else if (name === 'file') file = Buffer.from(await value.arrayBuffer());
    else throw new VendorProblem(400, `Unexpected field ${name}`);
  }
  if (file === undefined) throw new VendorProblem(400, 'The form holds no file.');
  return { file, fields };
}

async function readForm(body: Buffer, contentType: string) {
  try {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    return [...form];
  } catch {
    throw new VendorProblem(400, 'The form cannot be read.');
  }
}
