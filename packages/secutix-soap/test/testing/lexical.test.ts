import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { builtins } from '../../src/testing/lexical.ts';

const read = (type: string, text: string) => builtins.get(type)?.read(text);
const write = (type: string, value: unknown) => builtins.get(type)?.write(value);

test('longs come back exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      expect(read('long', write('long', value) ?? '')).toBe(value);
    }),
  );
});

test('base64 comes back exactly', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = write('base64Binary', bytes) ?? '?';
      expect(Buffer.from(read('base64Binary', text) as string, 'base64')).toEqual(
        Buffer.from(bytes),
      );
    }),
  );
});

test('dates come back exactly', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (value) => {
      const text = write('dateTime', value) ?? '';
      expect(text).toMatch(/\+00:00$/);
      expect(new Date(read('dateTime', text) as string)).toEqual(value);
    }),
  );
});

describe('a text is read', () => {
  test.each([
    ['long', '-9223372036854775808', -(2n ** 63n)],
    ['long', '+0042', 42n],
    ['int', '2147483647', 2_147_483_647],
    ['boolean', '1', true],
    ['boolean', 'false', false],
    ['decimal', '-.50', '-.50'],
    ['dateTime', '2026-07-01T10:00:00', '2026-07-01T10:00:00'],
    ['dateTime', '2024-02-29T23:59:59.123456+14:00', '2024-02-29T23:59:59.123456+14:00'],
    ['date', '2026-07-01+02:00', '2026-07-01+02:00'],
    ['base64Binary', 'R3 LD\nvA==', 'R3LDvA=='],
    ['string', ' a ', ' a '],
  ])('as %s: %j', (type, text, value) => {
    expect(read(type, text)).toBe(value);
  });
});

describe('a text is not read', () => {
  test.each([
    ['long', '9223372036854775808'],
    ['long', '1e3'],
    ['long', '0x10'],
    ['long', '1_000'],
    ['long', ''],
    ['long', '+'],
    ['int', '-2147483649'],
    ['boolean', 'TRUE'],
    ['boolean', ''],
    ['decimal', '1e3'],
    ['decimal', '.'],
    ['dateTime', '2026-07-01 10:00:00'],
    ['dateTime', '2026-07-01T24:00:01'],
    ['dateTime', '2026-02-29T00:00:00Z'],
    ['dateTime', '2026-07-01T10:00:00+0200'],
    ['date', '2026-13-01'],
    ['date', '01.07.2026'],
    ['base64Binary', 'R3L'],
    ['base64Binary', 'R3L-'],
  ])('as %s: %j', (type, text) => {
    expect(read(type, text)).toBeUndefined();
  });
});

describe('a value is written', () => {
  test.each([
    ['long', 5, '5'],
    ['long', '9007199254740993', '9007199254740993'],
    ['int', 5n, '5'],
    ['string', 5n, '5'],
    ['string', 333, '333'],
    ['dateTime', '2026-07-01T10:00:00.000+00:00', '2026-07-01T10:00:00.000+00:00'],
  ])('as %s: %p', (type, value, text) => {
    expect(write(type, value)).toBe(text);
  });
});

describe('a value is not written', () => {
  test.each([
    ['long', 2 ** 53],
    ['long', 5.5],
    ['long', true],
    ['long', '5.0'],
    ['long', 2n ** 63n],
    ['int', 2 ** 31],
    ['string', {}],
    ['string', 5.5],
    ['boolean', 'true'],
    ['dateTime', new Date(Number.NaN)],
    ['dateTime', '2026-07-01'],
    ['date', new Date(0)],
    ['base64Binary', 5],
  ])('as %s: %p', (type, value) => {
    expect(write(type, value)).toBeUndefined();
  });
});
