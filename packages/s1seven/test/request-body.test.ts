import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeBody } from '../src/request-body.ts';
import { clientOf, closeAll, lastOf, startVendor, thrown } from './harness.ts';

afterEach(closeAll);

/** Whether no integer in it has lost its last digits. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExact);
}

describe('a JSON value', () => {
  test('is written as JSON.stringify does, in its own order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(isExact(value));
        expect(writeBody({ json: value })).toEqual({
          body: JSON.stringify(value),
          contentType: 'application/json',
        });
      }),
    );
  });

  test('keeps long integers, and leaves out what is undefined', () => {
    const { body } = writeBody({ json: { b: 9007199254740993n, a: undefined, c: null } });
    expect(body).toBe('{"b":9007199254740993,"c":null}');
  });

  test.each([
    ['body.value', { value: NaN }],
    ['body.list[1]', { list: [1, undefined] }],
    ['body', new Map()],
  ])('that JSON cannot hold is refused: %s', async (field, json) => {
    expect(await thrown(() => writeBody({ json }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field,
    });
  });
});

describe('a JSON text', () => {
  test('is sent byte for byte', async () => {
    const text = '{ "b" : 1.0,\r\n\t"a":"\\u00e9é" }';
    const vendor = await startVendor();
    const s1 = clientOf(vendor);
    for (const certificate of [text, Buffer.from(text)]) {
      await s1.certificates.validate(certificate);
      const { body, headers } = lastOf(vendor);
      expect(body).toEqual(Buffer.from(text));
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'content-length': String(body.length),
      });
    }
  });

  test('is what it was at the time of the call', () => {
    const bytes = Buffer.from('{"a":1}');
    const { body } = writeBody({ jsonText: bytes });
    bytes.fill(0x20);
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
  });

  test.each(['', Buffer.alloc(0), '"\ud800"'])('%p is refused', async (jsonText) => {
    expect(await thrown(() => writeBody({ jsonText }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'body',
    });
  });

  test('may hold pairs of surrogates', () => {
    expect(Buffer.from(writeBody({ jsonText: '"😀"' }).body).toString()).toBe('"😀"');
  });
});

test('a file goes as a form', async () => {
  const vendor = await startVendor();
  await clientOf(vendor).certificates.validateFile(Buffer.from('{"a":1}'));
  const { body, headers } = lastOf(vendor);
  const form = await new Response(new Uint8Array(body), { headers }).formData();
  const parts = [...form.values()];
  expect(parts).toHaveLength(1);
  expect(await (parts[0] as File).text()).toBe('{"a":1}');
});
