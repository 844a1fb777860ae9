import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { parseJson } from '../../src/json/parse.ts';
import { stringifyJson } from '../../src/json/stringify.ts';
import { Money } from '../../src/money.ts';
import { show } from './reference-parser.ts';

/** What a refusal tells: `code`, `field` and message. */
function refusalOf(value: unknown, path?: string): Pick<VendorError, 'code' | 'field' | 'message'> {
  try {
    stringifyJson(value, path === undefined ? {} : { path });
  } catch (error) {
    if (!VendorError.is(error)) throw error;
    expect(error.outcome).toBe('not-sent');
    return error;
  }
  throw new Error('The value was accepted.');
}

describe('written are', () => {
  test.each<[string, unknown, string]>([
    ['a bigint as its digits', { id: 9007199254740993n }, '{"id":9007199254740993}'],
    ['the lowest long', [-9223372036854775808n], '[-9223372036854775808]'],
    ['an amount as its thousandths', { amount: Money.parse('10.01') }, '{"amount":10010}'],
    ['an amount alone', Money.fromThousandths(-1), '-1'],
    ['a date by its toJSON', [new Date(0)], '["1970-01-01T00:00:00.000Z"]'],
    ['a URL by its toJSON', new URL('https://vendor.example/a'), '"https://vendor.example/a"'],
    ['a null-prototype object', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [
      'the largest safe integers',
      [2 ** 53 - 1, 1 - 2 ** 53],
      '[9007199254740991,-9007199254740991]',
    ],
    ['a fraction', [0.1, -1.5e-7], '[0.1,-1.5e-7]'],
    ['a negative zero with its sign', -0, '-0'],
    ['an empty object and array', [{}, []], '[{},[]]'],
    ['the empty key', { '': '' }, '{"":""}'],
    ['booleans and null', [true, false, null], '[true,false,null]'],
    ['half of a surrogate pair as an escape', '\uD800', String.raw`"\ud800"`],
    [
      'quotes and control characters as escapes',
      { '"\n': '\\\u0000' },
      String.raw`{"\"\n":"\\\u0000"}`,
    ],
  ])('%s', (_name, value, expected) => {
    expect(stringifyJson(value)).toBe(expected);
  });

  test('no members that are undefined, wherever they stand', () => {
    expect(stringifyJson({ a: undefined, b: 1, c: undefined, d: 2 })).toBe('{"b":1,"d":2}');
    expect(stringifyJson({ a: { toJSON: () => undefined } })).toBe('{}');
  });

  test('own members only, and no symbols', () => {
    const value = Object.defineProperty({ a: 1, [Symbol('s')]: 2 }, 'hidden', { value: 3 });
    expect(stringifyJson(value)).toBe('{"a":1}');
  });

  test('an own __proto__ like any other key', () => {
    const text = '{"__proto__":{"admin":true},"a":1}';
    expect(stringifyJson(JSON.parse(text))).toBe(text);
  });

  test('the same object twice, if it does not contain itself', () => {
    const seat = { row: 1 };
    expect(stringifyJson([seat, { seat }, [seat]])).toBe(
      '[{"row":1},{"seat":{"row":1}},[{"row":1}]]',
    );
  });

  test('what toJSON gives, which is told the key', () => {
    const named = { toJSON: (key: string) => ({ under: key }) };
    expect(stringifyJson({ a: named, list: [1, named] })).toBe(
      '{"a":{"under":"a"},"list":[1,{"under":"1"}]}',
    );
  });

  test('a hundred thousand levels', () => {
    let value: unknown = 1n;
    for (let level = 0; level < 50_000; level += 1) value = [{ a: value }];
    const text = stringifyJson(value);
    expect(text).toBe(`${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`);
  });
});

describe('refused by its path is', () => {
  const cycle: { list: unknown[] } = { list: [1] };
  cycle.list.push({ back: cycle });
  class Basket {
    readonly seats = 2;
  }

  test.each<[string, unknown, string | undefined, RegExp]>([
    ['NaN', { a: { b: [0, 1, NaN] } }, 'a.b[2]', /is NaN/],
    ['Infinity', [-Infinity], '[0]', /is -Infinity/],
    ['an integer that has lost its digits', { id: 2 ** 53 }, 'id', /MAX_SAFE_INTEGER/],
    ['a large round number', { id: 1e30 }, 'id', /MAX_SAFE_INTEGER/],
    ['undefined alone', undefined, undefined, /^The value is undefined/],
    ['undefined in an array', { a: [1, undefined] }, 'a[1]', /an array cannot hold/],
    [
      'a hole in an array',
      { a: Array.from({ length: 1 }).concat(Array(1)) },
      'a[0]',
      /cannot hold/,
    ],
    ['a function alone', () => 1, undefined, /is a function/],
    ['a function in an object', { a: () => 1 }, 'a', /is a function/],
    ['a function in an array', [() => 1], '[0]', /is a function/],
    ['a symbol', { a: Symbol('secret') }, 'a', /is a symbol\.$/],
    ['a cycle', cycle, 'list[1].back', /contains itself/],
    ['an invalid date', { from: new Date(NaN) }, 'from', /invalid date/],
    ['a map', { a: new Map() }, 'a', /instance of Map/],
    ['a set', [new Set()], '[0]', /instance of Set/],
    ['a promise', { a: Promise.resolve(1) }, 'a', /instance of Promise/],
    ['a regular expression', { a: /x/ }, 'a', /instance of RegExp/],
    ['a boxed string', { a: new String('x') }, 'a', /instance of String/],
    ['an instance of a class', { a: new Basket() }, 'a', /instance of Basket/],
    ['an object that inherits', { a: Object.create({ b: 1 }) }, 'a', /prototype of its own/],
    ['binary data', { file: Buffer.from('x') }, 'file', /binary data/],
    ['a binary view', { file: new DataView(new ArrayBuffer(1)) }, 'file', /binary data/],
    ['a binary buffer', { file: new ArrayBuffer(1) }, 'file', /instance of ArrayBuffer/],
    ['what a toJSON gives', { a: { toJSON: () => NaN } }, 'a', /is NaN/],
    ['a value under an unusual key', { 'unit price': [NaN] }, '["unit price"][0]', /is NaN/],
  ])('%s', (_name, value, field, problem) => {
    const error = refusalOf(value);
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.field).toBe(field);
    expect(error.message).toMatch(problem);
  });

  test('a value in what has a name', () => {
    expect(refusalOf({ seats: [NaN] }, 'parameters').field).toBe('parameters.seats[0]');
    expect(refusalOf(undefined, 'parameters').message).toBe("'parameters' is undefined.");
  });

  test('an object whose toJSON fails, with the reason', () => {
    const reason = new Error('no form');
    const toJSON = () => {
      throw reason;
    };
    expect(refusalOf({ a: { toJSON } })).toMatchObject({ field: 'a', cause: reason });
  });

  test('a value a hundred thousand levels down, by both ends of its path', () => {
    let value: unknown = NaN;
    for (let level = 0; level < 100_000; level += 1) value = [value];
    const { field } = refusalOf({ deep: value });
    expect(field).toBe(`deep${'[0]'.repeat(7)}…${'[0]'.repeat(8)}`);
  });

  test('a value, without a word of what it is', () => {
    const error = refusalOf({ token: Object.assign(new Basket(), { pin: 'dr0wssap' }) });
    expect(JSON.stringify(error)).not.toContain('dr0wssap');
  });
});

// -0 and the integers that a double does not hold are left out: JSON.stringify drops the one's sign.
const number = fc
  .oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter((value) => !Number.isInteger(value) || Number.isSafeInteger(value));
const key = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'toString', '0', ''),
);

describe('properties', () => {
  test('what is written is read back the same', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        number,
        fc.bigInt().filter((integer) => !Number.isSafeInteger(Number(integer))),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(null, true, false),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: false }),
      ),
    }));
    fc.assert(
      fc.property(value, (original) => {
        expect(show(parseJson(stringifyJson(original)))).toBe(show(original));
      }),
      { numRuns: 1000 },
    );
  });

  test('what JSON can hold is written as JSON.stringify writes it', () => {
    const negativeZero = (text: string) => text.replaceAll(/(?<![\d.])-0(?![.\d])/g, '0');
    fc.assert(
      fc.property(
        fc.anything({ key, values: [number, fc.boolean(), fc.constant(null)] }),
        (value) => {
          expect(negativeZero(stringifyJson([value]))).toBe(negativeZero(JSON.stringify([value])));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
