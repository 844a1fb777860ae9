import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BuiltinType } from '../../../src/wsdl/model.ts';
import { UnreadableAnswer } from '../../../src/codec/unreadable-answer.ts';
import { serviceOfValue } from '../service-model.ts';

async function read(builtin: BuiltinType, text: string): Promise<unknown> {
  const value = await serviceOfValue(builtin).valueOf(`<value>${text}</value>`);
  return (value as { value: unknown }).value;
}

describe('a text of the type', () => {
  test.each<[BuiltinType, string, unknown]>([
    ['byte', '-128', -128],
    ['byte', '127', 127],
    ['unsignedByte', '255', 255],
    ['short', '-32768', -32_768],
    ['unsignedShort', '65535', 65_535],
    ['int', '2147483647', 2_147_483_647],
    ['int', '-2147483648', -2_147_483_648],
    ['int', ' \n\t+007\r\n ', 7],
    ['int', '-0', 0],
    ['int', '00000000000000000000000000005', 5],
    ['unsignedInt', '4294967295', 4_294_967_295],
    ['long', '5', 5n],
    ['long', '-0', 0n],
    ['long', '+12', 12n],
    ['long', ' 999999999999999 ', 999_999_999_999_999n],
    ['long', '999999999999999', 999_999_999_999_999n],
    ['long', '-99999999999999', -99_999_999_999_999n],
    ['long', '1000000000000000', 1_000_000_000_000_000n],
    ['long', '9007199254740993', 9_007_199_254_740_993n],
    ['long', '-9007199254740993', -9_007_199_254_740_993n],
    ['long', '9223372036854775807', 9_223_372_036_854_775_807n],
    ['long', '-9223372036854775808', -9_223_372_036_854_775_808n],
    ['unsignedLong', '18446744073709551615', 18_446_744_073_709_551_615n],
    ['integer', '123456789012345678901234567890', 123_456_789_012_345_678_901_234_567_890n],
    ['integer', '-123456789012345678901234567890', -123_456_789_012_345_678_901_234_567_890n],
    ['nonNegativeInteger', '0', 0n],
    ['positiveInteger', '1', 1n],
    ['nonPositiveInteger', '0', 0n],
    ['negativeInteger', '-1', -1n],
    ['decimal', ' 0012.3400 ', '0012.3400'],
    ['decimal', '-.5', '-.5'],
    ['decimal', '12.', '12.'],
    ['decimal', '1234567890.12345678901234567890', '1234567890.12345678901234567890'],
    ['double', '1.5e-3', 0.0015],
    ['double', '-0', -0],
    ['double', ' INF ', Infinity],
    ['double', '-INF', -Infinity],
    ['double', 'NaN', Number.NaN],
    ['float', '.5', 0.5],
    ['boolean', 'true', true],
    ['boolean', '1', true],
    ['boolean', ' false\n', false],
    ['boolean', '0', false],
    ['string', ' a \n b\t', ' a \n b\t'],
    ['string', '', ''],
    ['time', ' 20:30:00 ', '20:30:00'],
    ['time', '', ''],
    ['base64Binary', ' AAEC\n /v8= ', Buffer.from([0, 1, 2, 0xfe, 0xff])],
    ['base64Binary', '', Buffer.alloc(0)],
    ['hexBinary', ' 00fFa0 ', Buffer.from([0, 0xff, 0xa0])],
    ['hexBinary', '', Buffer.alloc(0)],
    ['QName', 'plain', 'plain'],
    ['QName', ' xs:long ', '{http://www.w3.org/2001/XMLSchema}long'],
  ])('%s %j is read as %p', async (builtin, text, value) => {
    await expect(read(builtin, text)).resolves.toStrictEqual(value);
  });

  test.each<BuiltinType>([
    'int',
    'long',
    'integer',
    'decimal',
    'double',
    'boolean',
    'dateTime',
    'date',
  ])('of an empty %s is null', async (builtin) => {
    await expect(read(builtin, '')).resolves.toBeNull();
    await expect(read(builtin, ' \n ')).resolves.toBeNull();
  });

  test('is read the same if it is cut by comments, references and CDATA', async () => {
    await expect(read('long', '9007<!-- -->199&#50;<![CDATA[5474]]>0993')).resolves.toBe(
      9_007_199_254_740_993n,
    );
  });
});

describe('a text of another type is not read', () => {
  test.each<[BuiltinType, string]>([
    ['byte', '128'],
    ['byte', '-129'],
    ['unsignedByte', '256'],
    ['unsignedByte', '-1'],
    ['int', '2147483648'],
    ['int', '1.0'],
    ['int', '1e3'],
    ['int', '0x10'],
    ['int', '1 2'],
    ['int', '-'],
    ['int', '+'],
    ['int', '--1'],
    ['int', '12a'],
    ['int', '١٢'],
    ['long', '9223372036854775808'],
    ['long', '-9223372036854775809'],
    ['long', '0x7fffffffffffffff'],
    ['long', '90071992547409930000000'],
    ['long', '9007199254740993.0'],
    ['long', '9007199254740993n'],
    ['long', 'abc'],
    ['long', '\u00a05'],
    ['unsignedLong', '18446744073709551616'],
    ['unsignedLong', '-1'],
    ['nonNegativeInteger', '-1'],
    ['positiveInteger', '0'],
    ['nonPositiveInteger', '1'],
    ['negativeInteger', '0'],
    ['integer', '7'.repeat(4097)],
    ['decimal', '1e3'],
    ['decimal', '.'],
    ['decimal', '1,5'],
    ['decimal', 'NaN'],
    ['double', 'Infinity'],
    ['double', '0x10'],
    ['double', '1e'],
    ['double', 'abc'],
    ['boolean', 'yes'],
    ['boolean', 'TRUE'],
    ['base64Binary', 'AAE'],
    ['base64Binary', 'A-_='],
    ['base64Binary', 'AA=A'],
    ['hexBinary', 'abc'],
    ['hexBinary', 'zz'],
    ['QName', 'nobody:knows'],
    ['QName', 'xs:'],
    ['QName', ':long'],
    ['QName', 'xs:a:b'],
  ])('%s %j', async (builtin, text) => {
    const error: unknown = await read(builtin, text).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableAnswer);
    expect((error as Error).message).toBe(
      `\`Envelope/Body/getThingResponse/value\` is not of the type ${builtin}.`,
    );
  });
});

test('every 64-bit integer is exact, however it is written', async () => {
  const service = serviceOfValue('long', { many: true });
  const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const forms = fc.record({
    value: longs,
    zeros: fc.integer({ min: 0, max: 12 }),
    space: fc.constantFrom('', ' ', '\n\t'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(forms, { minLength: 1 }), async (items) => {
      const xml = items.map(({ value, zeros, space }) => {
        const digits = '0'.repeat(zeros) + String(value < 0n ? -value : value);
        return `<value>${space}${value < 0n ? '-' : ''}${digits}${space}</value>`;
      });
      const { value } = (await service.valueOf(xml.join(''))) as { value: unknown };
      expect(value).toEqual(items.map((item) => item.value));
    }),
  );
});
