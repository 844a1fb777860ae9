import { describe, expect, test } from '@jest/globals';
import busboy from 'busboy';
import fc from 'fast-check';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { writeForm, type FormPart, type WrittenForm } from '../src/multipart.ts';
import { thrown } from './harness.ts';

interface Received {
  name: string;
  content: Buffer;
  filename?: string | undefined;
  contentType?: string | undefined;
}

/** The form as the parser of Node's own fetch reads it. */
async function readByNode({ body, contentType }: WrittenForm): Promise<Received[]> {
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const entries = [...(await response.formData()).entries()];
  return Promise.all(
    entries.map(async ([name, value]) =>
      typeof value === 'string'
        ? { name, content: Buffer.from(value) }
        : {
            name,
            content: Buffer.from(await value.arrayBuffer()),
            filename: value.name,
            contentType: value.type,
          },
    ),
  );
}

/** The form as a parser of servers reads it. */
async function readByBusboy({ body, contentType }: WrittenForm): Promise<Received[]> {
  const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' });
  const received: Promise<Received>[] = [];
  parser.on('field', (name, value) =>
    received.push(Promise.resolve({ name, content: Buffer.from(value) })),
  );
  parser.on('file', (name, stream, { filename, mimeType }) => {
    const read = async () => ({
      name,
      content: await buffer(stream),
      filename,
      contentType: mimeType,
    });
    received.push(read());
  });
  await new Promise((resolve, reject) => {
    Readable.from([body]).pipe(parser).on('close', resolve).on('error', reject);
  });
  return Promise.all(received);
}

const file = {
  name: 'file',
  filename: 'certificate.json',
  contentType: 'application/json',
  content: '{"RefSchemaUrl":"x"}',
};

test('a form is what RFC 7578 says', () => {
  const { body, contentType } = writeForm([{ name: 'algorithm', value: 'sha256' }, file]);
  const boundary = contentType.replace('multipart/form-data; boundary=', '');
  expect(body.toString()).toBe(
    [
      `--${boundary}`,
      'content-disposition: form-data; name="algorithm"',
      '',
      'sha256',
      `--${boundary}`,
      'content-disposition: form-data; name="file"; filename="certificate.json"',
      'content-type: application/json',
      '',
      '{"RefSchemaUrl":"x"}',
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
});

test('no two forms have the same boundary', () => {
  const boundaries = Array.from({ length: 100 }, () => writeForm([file]).contentType);
  expect(new Set(boundaries).size).toBe(100);
});

/** What both parsers give back as it was, and what a browser escapes. */
const anyText = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .map((text) => text.replaceAll(/[^\P{Cc}\r\n]/gu, 'x'));
const plainText = anyText.map((text) => text.replaceAll(/[\p{C}"\\%/]/gu, 'x'));
const bytes = fc.uint8Array({ maxLength: 300 });

describe('two independent parsers read', () => {
  test('files byte for byte, and names and values of all languages', async () => {
    const part = fc.record({ name: plainText, filename: plainText, content: bytes });
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        const files = parts.map((one) => ({ ...one, contentType: 'application/pdf' }));
        const form = writeForm([{ name: 'field', value: 'value' }, ...files]);
        const expected = [
          { name: 'field', content: Buffer.from('value') },
          ...files.map((one) => ({ ...one, content: Buffer.from(one.content) })),
        ];
        expect(await readByNode(form)).toEqual(expected);
        expect(await readByBusboy(form)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('as many parts as were written, whatever is in names, values and files', async () => {
    const hostile = fc.oneof(
      anyText,
      fc.constantFrom('"; filename="x', '\r\n\r\n--', 'a\r\nb: c', '"\r\n', '--', '\\"', '%22'),
    );
    const part: fc.Arbitrary<FormPart> = fc.oneof(
      fc.record({ name: hostile, value: hostile }),
      fc.record({
        name: hostile,
        filename: hostile,
        content: hostile,
        contentType: fc.constant('text/plain'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), async (parts) => {
        const form = writeForm(parts);
        const received = await readByNode(form);
        expect(received).toHaveLength(parts.length);
        expect(await readByBusboy(form)).toHaveLength(parts.length);
        for (const [index, written] of parts.entries()) {
          if (!('content' in written)) continue;
          expect(received[index]?.content).toEqual(Buffer.from(written.content));
        }
      }),
      { numRuns: 300 },
    );
  });
});

test('names are escaped as browsers do', async () => {
  const name = 'a"b\r\nc\nd';
  const form = writeForm([{ ...file, name, filename: name }]);
  expect(form.body.toString()).toContain('name="a%22b%0D%0Ac%0D%0Ad"; filename="a%22b%0D%0Ac%0Ad"');
  const browser = new FormData();
  browser.append(name, new File(['x'], name));
  const written = await new Response(browser).text();
  expect(written).toContain('name="a%22b%0D%0Ac%0D%0Ad"; filename="a%22b%0D%0Ac%0Ad"');
});

test.each(['', 'text', 'text/plain\r\nx: y', 'text/plain;\n', 'a b/c'])(
  'the media type %j is refused',
  async (contentType) => {
    const error = await thrown(() => writeForm([{ ...file, contentType }]));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'contentType' });
  },
);

test.each(['name', 'filename'])('control characters in a %s are refused', async (field) => {
  const error = await thrown(() => writeForm([{ ...file, [field]: 'a\0b' }]));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field });
});

test('a media type may have parameters', () => {
  const contentType = 'text/plain; charset=utf-8';
  expect(writeForm([{ ...file, contentType }]).body.toString()).toContain(
    `content-type: ${contentType}\r\n`,
  );
});
