import { describe, expect, test } from '@jest/globals';
import { Money, VendorError } from '@vendorkit/core';
import fc from 'fast-check';
import type { BuiltinType } from '../../../src/wsdl/model.ts';
import { legalText } from '../random-service.ts';
import { saxesTree } from '../saxes-tree.ts';
import { serviceOfValue, type FieldType, type ModelMaker } from '../service-model.ts';

type Type = BuiltinType | ((maker: ModelMaker) => FieldType);

/** The text that an independent reader finds in the element of a value. */
function write(type: Type, value: unknown): string | undefined {
  return saxesTree(serviceOfValue(type).encode({ value })).children[0]?.text;
}

function refusalOf(type: Type, value: unknown): VendorError {
  try {
    serviceOfValue(type).encode({ value });
  } catch (error) {
    if (VendorError.is(error)) return error;
  }
  throw new Error('It was not refused');
}

describe('a value is written as its type', () => {
  test.each<[BuiltinType, unknown, string]>([
    ['byte', -128, '-128'],
    ['byte', 127n, '127'],
    ['unsignedByte', 255, '255'],
    ['short', 32_767, '32767'],
    ['unsignedShort', 65_535n, '65535'],
    ['int', -2_147_483_648, '-2147483648'],
    ['int', -0, '0'],
    ['unsignedInt', 4_294_967_295, '4294967295'],
    ['long', 9_223_372_036_854_775_807n, '9223372036854775807'],
    ['long', -9_223_372_036_854_775_808n, '-9223372036854775808'],
    ['long', 9_007_199_254_740_991, '9007199254740991'],
    ['long', '9007199254740993', '9007199254740993'],
    ['long', '+007', '7'],
    ['long', Money.parse('10.01'), '10010'],
    ['unsignedLong', 18_446_744_073_709_551_615n, '18446744073709551615'],
    ['integer', '123456789012345678901234567890', '123456789012345678901234567890'],
    ['nonNegativeInteger', 0, '0'],
    ['positiveInteger', 1n, '1'],
    ['nonPositiveInteger', 0n, '0'],
    ['negativeInteger', '-1', '-1'],
    ['decimal', '-0012.3400', '-0012.3400'],
    ['decimal', 12n, '12'],
    ['decimal', 12, '12'],
    ['double', 0.1, '0.1'],
    ['double', 1e21, '1e+21'],
    ['double', -0, '-0'],
    ['double', Infinity, 'INF'],
    ['double', -Infinity, '-INF'],
    ['double', Number.NaN, 'NaN'],
    ['float', 0.5, '0.5'],
    ['boolean', true, 'true'],
    ['boolean', false, 'false'],
    ['dateTime', new Date('2026-11-22T10:20:30.400Z'), '2026-11-22T10:20:30.400Z'],
    ['dateTime', '2026-11-22T10:20:30', '2026-11-22T10:20:30'],
    ['dateTime', '12026-11-22T24:00:00.0+14:00', '12026-11-22T24:00:00.0+14:00'],
    ['dateTime', '-0044-03-15T10:20:30.123456Z', '-0044-03-15T10:20:30.123456Z'],
    ['date', new Date('2026-11-22T00:00:00.000Z'), '2026-11-22Z'],
    ['date', new Date('1969-12-31'), '1969-12-31Z'],
    ['date', '2026-11-22', '2026-11-22'],
    ['date', '2024-02-29+01:00', '2024-02-29+01:00'],
    ['time', '20:30:00.5Z', '20:30:00.5Z'],
    ['base64Binary', Buffer.from([0, 1, 2, 0xfe, 0xff]), 'AAEC/v8='],
    ['base64Binary', new Uint8Array([1, 2, 3]).subarray(1), 'AgM='],
    ['hexBinary', new Uint8Array([0, 255]), '00FF'],
    ['string', '', ''],
    ['string', ' <a> & \r\n\t ]]> "\' 🚀 \u0085\u2028 ', ' <a> & \r\n\t ]]> "\' 🚀 \u0085\u2028 '],
    ['QName', 'plain', 'plain'],
  ])('%s %p as %j', (type, value, text) => {
    expect(write(type, value)).toBe(text);
  });

  test('a name with a namespace gets a prefix', () => {
    const xml = serviceOfValue('QName').encode({ value: '{urn:a&b}name' });
    expect(xml).toContain('xmlns:n2="urn:a&amp;b"');
    expect(write('QName', '{urn:a}name')).toBe('n2:name');
  });
});

describe('what is not of the type is refused', () => {
  const day = new Date(Number.NaN);
  test.each<[BuiltinType, unknown, string]>([
    ['byte', 128, 'Expected an integer from -128 to 127, as a number or a bigint'],
    ['byte', -129n, 'Expected an integer from -128 to 127'],
    ['int', 2 ** 31, 'Expected an integer from -2147483648 to 2147483647'],
    ['int', 1.5, 'Expected an integer'],
    ['int', '5', 'Expected an integer'],
    ['int', Number.NaN, 'Expected an integer'],
    ['unsignedInt', -1, 'Expected an integer from 0'],
    ['long', 2 ** 53, 'Its last digits may be lost already'],
    ['long', 1e300, 'Its last digits may be lost already'],
    ['long', Infinity, 'as a bigint, a safe integer or a string of digits'],
    ['long', 0.5, 'Expected an integer'],
    ['long', 2n ** 63n, 'Expected an integer from -9223372036854775808 to 9223372036854775807'],
    ['long', '9223372036854775808', 'Expected an integer'],
    ['long', '0x10', 'Expected an integer'],
    ['long', ' 5 ', 'Expected an integer'],
    ['long', '', 'Expected an integer'],
    ['long', true, 'Expected an integer'],
    ['long', new Date(0), 'Expected an integer'],
    ['long', [5n], 'Expected one value, not an array'],
    ['long', { value: 5n }, 'Expected an integer'],
    ['long', Object(5n), 'Expected an integer'],
    ['int', Money.parse('1'), 'Expected an integer'],
    ['unsignedLong', -1n, 'Expected an integer'],
    ['positiveInteger', 0n, 'Expected an integer from 1'],
    ['negativeInteger', 0n, 'Expected an integer up to -1'],
    ['integer', 2 ** 60, 'give integers of this size as bigints'],
    ['decimal', 0.1, 'give it as a string'],
    ['decimal', 2 ** 53, 'give it as a string'],
    ['decimal', '1e3', 'Expected a decimal'],
    ['decimal', '', 'Expected a decimal'],
    ['decimal', true, 'Expected a decimal'],
    ['double', '0.1', 'Expected a number'],
    ['double', 5n, 'Expected a number'],
    ['boolean', 'true', 'Expected true or false'],
    ['boolean', 1, 'Expected true or false'],
    ['string', 5, 'Expected a string'],
    ['string', 5n, 'Expected a string'],
    ['string', Object('text'), 'Expected a string'],
    ['string', 'a\u0000b', 'XML cannot carry its character at index 1'],
    ['string', 'ab\ud800', 'index 2'],
    ['string', '\udc00', 'index 0'],
    ['string', '\uffff', 'index 0'],
    ['string', '\u001b[31m', 'index 0'],
    ['dateTime', day, 'The Date is not valid'],
    ['dateTime', 0, 'Expected a Date, or a string as xs:dateTime has it'],
    ['dateTime', '2026-11-22', 'as xs:dateTime has it'],
    ['dateTime', '2026-02-30T00:00:00Z', 'as xs:dateTime has it'],
    ['dateTime', '2026-11-22 10:00:00', 'as xs:dateTime has it'],
    ['dateTime', new Date('+012026-01-01T00:00:00Z'), 'must be given as a string'],
    ['dateTime', new Date('0000-01-01T00:00:00Z'), 'must be given as a string'],
    ['date', '2026-11-22T00:00:00Z', 'as xs:date has it'],
    ['date', new Date('2026-11-21T23:00:00Z'), 'give it as YYYY-MM-DD'],
    ['date', new Date('1969-12-31T23:59:59.999Z'), 'give it as YYYY-MM-DD'],
    ['date', '2026-13-01', 'as xs:date has it'],
    ['date', '2026-11-00', 'as xs:date has it'],
    ['date', day, 'The Date is not valid'],
    ['time', '25:00:00', 'as xs:time has it'],
    ['time', new Date(0), 'as xs:time has it'],
    ['base64Binary', 'AAEC', 'Expected a Buffer'],
    ['base64Binary', new ArrayBuffer(2), 'Expected a Buffer'],
    ['hexBinary', [0, 1], 'Expected one value, not an array'],
    ['QName', 'a:b', 'Expected a name'],
    ['QName', '', 'Expected a name'],
    ['QName', '{}a', 'Expected a name'],
    ['QName', 5, 'Expected a string'],
    ['string', Symbol('a'), 'Expected a string'],
    ['string', () => 'a', 'Expected a string'],
  ])('%s %p: %s', (type, value, problem) => {
    const error = refusalOf(type, value);
    expect(error).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'parameters.value',
      outcome: 'not-sent',
    });
    expect(error.message).toContain(problem);
  });
});

describe('a list', () => {
  const ids: Type = (maker) => maker.simple('long', { list: true });
  const words: Type = (maker) => maker.simple('string', { list: true });

  test('is an array', () => {
    expect(write(ids, [1n, 2, '3'])).toBe('1 2 3');
    expect(write(ids, [])).toBe('');
    expect(write(words, ['a', 'b'])).toBe('a b');
  });

  test.each<[Type, unknown, string]>([
    [ids, 5n, 'Expected an array'],
    [ids, '1 2', 'Expected an array'],
    [ids, [1n, 'x'], 'Expected an integer'],
    [ids, [1n, undefined], 'Expected an integer'],
    [ids, [[1n]], 'Expected one value, not an array'],
    [words, ['a b'], 'cannot be empty or have white space'],
    [words, ['a', ''], 'cannot be empty or have white space'],
  ])('is refused otherwise', (type, value, problem) => {
    expect(refusalOf(type, value).message).toContain(problem);
  });
});

describe('an enumeration', () => {
  const enumeration =
    (builtin: BuiltinType, allowed: readonly string[], list?: true): Type =>
    (maker) =>
      maker.simple(builtin, list ? { enumeration: allowed, list } : { enumeration: allowed });

  test.each<[Type, unknown, string]>([
    [enumeration('string', ['OPEN', 'COMPLETTE']), 'COMPLETTE', 'COMPLETTE'],
    [enumeration('int', ['01', '2']), 1, '1'],
    [enumeration('decimal', ['1.50', '-0.5']), '01.5', '01.5'],
    [enumeration('decimal', ['1.50', '-0.5']), '-.50', '-.50'],
    [enumeration('decimal', ['0']), '0.00', '0.00'],
    [enumeration('double', ['1.0E2']), 100, '100'],
    [enumeration('boolean', ['1']), true, 'true'],
    [enumeration('date', ['2026-01-01+00:00']), '2026-01-01Z', '2026-01-01Z'],
    [enumeration('string', ['A', 'B'], true), ['B', 'A'], 'B A'],
    [enumeration('string', ['A B'], true), ['A', 'B'], 'A B'],
    [enumeration('string', ['A'], true), [], ''],
  ])('has its values, however they are written', (type, value, text) => {
    expect(write(type, value)).toBe(text);
  });

  test.each<[Type, unknown]>([
    [enumeration('string', ['OPEN', 'CLOSED']), 'open'],
    [enumeration('string', ['OPEN', 'CLOSED']), ' OPEN'],
    [enumeration('int', ['1']), 2],
    [enumeration('decimal', ['1.5']), '-1.5'],
    [enumeration('string', ['A B'], true), ['B', 'A']],
  ])('has no others', (type, value) => {
    expect(refusalOf(type, value).message).toMatch(/refused\. Expected `\S/);
  });

  test('of a hundred values is not told whole', () => {
    const allowed = Array.from({ length: 100 }, (_, index) => `VALUE_${index}`);
    const { message } = refusalOf(enumeration('string', allowed), 'x');
    expect(message).toContain('`VALUE_29`, …');
    expect(message).not.toContain('VALUE_30');
  });
});

describe('where anything may stand', () => {
  const xml = (value: unknown) => {
    const { children } = saxesTree(serviceOfValue('anyType').encode({ value }));
    return `${children[0]?.attributes['xsi:type']} ${children[0]?.text}`;
  };

  test.each<[unknown, string]>([
    ['a < b', 'xs:string a < b'],
    [true, 'xs:boolean true'],
    [5, 'xs:int 5'],
    [2 ** 31, 'xs:long 2147483648'],
    [5n, 'xs:long 5'],
    [2n ** 63n, 'xs:integer 9223372036854775808'],
    [new Date(0), 'xs:dateTime 1970-01-01T00:00:00.000Z'],
  ])('%p says what it is: %s', (value, text) => {
    expect(xml(value)).toBe(text);
  });

  test.each([0.5, Number.NaN, 2 ** 53, {}, [], [1], Buffer.alloc(1), Symbol('a'), () => 1])(
    '%p is refused',
    (value) => {
      expect(refusalOf('anyType', value)).toMatchObject({ field: 'parameters.value' });
    },
  );
});

test('any text that XML can carry arrives as it was, at an independent reader', () => {
  const service = serviceOfValue((maker) =>
    maker.complex([], {
      text: maker.builtin('string'),
      attributes: [maker.attribute('a', 'string')],
    }),
  );
  fc.assert(
    fc.property(legalText, legalText, (text, attribute) => {
      const xml = service.encode({ value: { $value: text, $attributes: { a: attribute } } });
      expect(saxesTree(xml).children[0]).toMatchObject({ text, attributes: { a: attribute } });
    }),
    { numRuns: 500 },
  );
});
