import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/json/parse.ts';
import { referenceParse, show } from './reference-parser.ts';

const isLong = (key: string) => key.endsWith('Id') || key.endsWith('Ids');

describe('integers', () => {
  test.each([
    ['{"id":9007199254740993}', '{"id":9007199254740993n}'],
    ['{"id":"9007199254740993"}', '{"id":"9007199254740993"}'],
    ['{"id":-9223372036854775808}', '{"id":-9223372036854775808n}'],
    [String.raw`{"note":"9007199254740993, \"id\":9007199254740993"}`, undefined],
    ['{"id":9007199254740993.0}', '{"id":9007199254740993n}'],
    ['{"id":9.007199254740993e15}', '{"id":9007199254740993n}'],
    ['[9007199254740993,1,-0,1e400]', '[9007199254740993n,1,-0,Infinity]'],
    ['[0,1,9007199254740991,-9007199254740991]', '[0,1,9007199254740991,-9007199254740991]'],
    ['[9007199254740992,-9007199254740992]', '[9007199254740992n,-9007199254740992n]'],
    ['[9223372036854775807,18446744073709551615]', '[9223372036854775807n,18446744073709551615n]'],
    ['9007199254740993', '9007199254740993n'],
    [' -9007199254740993.000 ', '-9007199254740993n'],
    ['\n12\t', '12'],
  ])('of %s are exact', (text, expected) => {
    expect(show(parseJson(text))).toBe(expected ?? text);
  });

  test.each([
    ['9007199254740993.5', '9007199254740994'],
    ['90071992547409930e-1', '9007199254740993n'],
    ['0.9007199254740993E+16', '9007199254740993n'],
    ['9007199254740992.0', '9007199254740992'],
    ['1.00000000000000000001e30', '1000000000000000000010000000000n'],
    ['1e30', '1e+30'],
    ['-1.5e300', '-1.5e+300'],
    ['1e-400', '0'],
    ['0e999999999999', '0'],
    ['48.856614000000001', '48.856614'],
  ])('written as %s are what the decimal says', (token, expected) => {
    expect(show(parseJson(`{"at":[${token}]}`))).toBe(`{"at":[${expected}]}`);
  });

  test('of a hundred thousand digits are exact', () => {
    const digits = '7'.repeat(100_000);
    const [value] = parseJson(`[${digits}]`) as unknown[];
    expect(value === BigInt(digits)).toBe(true);
  });

  test('written with a million zeros are read in linear time', () => {
    const zeros = '0'.repeat(2_000_000);
    const started = performance.now();
    expect(parseJson(`[0.${zeros}1,9007199254740993.${zeros}]`)).toEqual([0, 9007199254740993n]);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('under a key that the contract declares long', () => {
  test.each([
    ['{"seatId":5}', '{"seatId":5n}'],
    ['{"seatId":5.0}', '{"seatId":5n}'],
    ['{"seatId":5e0}', '{"seatId":5n}'],
    ['{"seatId":-0}', '{"seatId":0n}'],
    ['{"seatId":5.5}', '{"seatId":5.5}'],
    ['{"seatId":"5"}', '{"seatId":"5"}'],
    ['{"seatId":1e400}', '{"seatId":Infinity}'],
    ['{"seatIds":[1,2,[3],{"a":4,"bId":5}]}', '{"seatIds":[1n,2n,[3],{"a":4,"bId":5n}]}'],
    ['{"seatIds":[[7],8]}', '{"seatIds":[[7],8n]}'],
    ['{"seat\\u0049d":5}', '{"seatId":5n}'],
    ['[{"seatId":{"count":5}},6]', '[{"seatId":{"count":5}},6]'],
  ])('the integers of %s are bigints', (text, expected) => {
    expect(show(parseJson(text, { isLong }))).toBe(expected);
  });

  test('each name is asked about once', () => {
    const names = Array.from({ length: 500 }, (_, index) => `name${index}Id`);
    const item = `{${names.map((name) => `"${name}":1`).join()}}`;
    const asked: string[] = [];
    const ask = (key: string) => {
      asked.push(key);
      return isLong(key);
    };
    parseJson(`[${item},${item},${item}]`, { isLong: ask });
    expect(asked).toEqual(names);
  });
});

describe('duplicate keys', () => {
  test.each([
    ['{"a":9007199254740993,"a":9007199254740992}', '{"a":9007199254740992n}'],
    ['{"a":9007199254740993,"a":9007199254740992.5}', '{"a":9007199254740992}'],
    ['{"a":10000000000000000001,"a":1e19}', '{"a":10000000000000000000}'],
    ['{"a":1e19,"a":10000000000000000001}', '{"a":10000000000000000001n}'],
    ['{"a":9007199254740993,"a":7}', '{"a":7}'],
    ['{"a":7,"a":9007199254740993}', '{"a":9007199254740993n}'],
    ['{"a":9007199254740993,"a":"x"}', '{"a":"x"}'],
    ['{"a":{"b":9007199254740993},"a":{"b":7}}', '{"a":{"b":7}}'],
    ['{"a":{"b":9007199254740993},"a":{}}', '{"a":{}}'],
    ['{"a":[9007199254740993],"a":{"0":9007199254740992.5}}', '{"a":{"0":9007199254740992}}'],
    ['{"a":{"0":9007199254740993},"a":[9007199254740992.5]}', '{"a":[9007199254740992]}'],
    ['{"a":[9007199254740993,9007199254740995],"a":[1]}', '{"a":[1]}'],
    ['{"a":{"__proto__":{"b":9007199254740993}},"a":{}}', '{"a":{}}'],
    ['{"xId":5,"xId":5.5}', '{"xId":5.5}'],
    ['{"xId":9007199254740993,"xId":6}', '{"xId":6n}'],
    ['{"xId":5,"xId":5.00000000000000000001}', '{"xId":5}'],
    ['{"xId":5,"xId":1e400}', '{"xId":Infinity}'],
    ['{"xId":[5,6],"xId":{"0":7}}', '{"xId":{"0":7}}'],
    ['{"xId":[5,6],"xId":[7.5]}', '{"xId":[7.5]}'],
    ['{"a":9007199254740993,"\\u0061":9007199254740992.5}', '{"a":9007199254740992}'],
    [
      '[{"a":[1,9007199254740993],"a":9007199254740993},9007199254740995]',
      '[{"a":9007199254740993n},9007199254740995n]',
    ],
  ])('of %s: the last holds', (text, expected) => {
    expect(show(parseJson(text, { isLong }))).toBe(expected);
  });
});

describe('objects', () => {
  test('keep __proto__ as an own key and pollute nothing', () => {
    const value = parseJson(
      '{"__proto__":{"admin":9007199254740993},"constructor":{"prototype":{"admin":9007199254740993}}}',
    ) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(show(value)).toContain('"__proto__":{"admin":9007199254740993n}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('admin' in {}).toBe(false);
  });

  test('never lead to an inherited value', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    parseJson('{"a":{"__proto__":{"z":9007199254740993}},"a":{"y":1}}');
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  test('are found at two hundred thousand levels, under names and in lists', () => {
    const levels = 100_000;
    const text = `${'{"a":['.repeat(levels)}9007199254740993${']}'.repeat(levels)}`;
    let value = parseJson(text);
    for (let level = 0; level < levels; level += 1) value = (value as { a: unknown[] }).a[0];
    expect(value).toBe(9007199254740993n);
  });

  test('with a long integer on each of 50,000 levels are read in linear time', () => {
    const text = `${'[9007199254740993,'.repeat(50_000)}1${']'.repeat(50_000)}`;
    const started = performance.now();
    const value = parseJson(text) as unknown[];
    expect(performance.now() - started).toBeLessThan(3000);
    expect((value[1] as unknown[])[0]).toBe(9007199254740993n);
  });
});

test('strings of backslashes and quotes do not lead astray', () => {
  const text = String.raw`{"a\\":"\\\"","b":9007199254740993,"":"\\","\"":[9007199254740995]}`;
  expect(show(parseJson(text))).toBe(
    String.raw`{"a\\":"\\\"","b":9007199254740993n,"":"\\","\"":[9007199254740995n]}`,
  );
});

// Everything that has ever made a JSON reader stumble, in short pieces.
const key = fc.constantFrom(
  '"a"',
  '"b"',
  '"xId"',
  '"x\\u0049d"',
  '"__proto__"',
  '"0"',
  '""',
  '"\\\\"',
);
const digits = fc.stringMatching(/^[1-9]\d{0,24}$/);
const token = fc.oneof(
  digits,
  digits.map((text) => `-${text}`),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }).map(String),
  fc.stringMatching(/^-?(0|[1-9]\d{0,18})\.\d{1,18}([eE][+-]?\d{1,3})?$/),
  fc.stringMatching(/^-?(0|[1-9]\d{0,18})[eE][+-]?\d{1,3}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('0', '-0', '5', '5.0', '5e0', '1e400', '1e19', '10000000000000000001'),
);
const string = fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text));
const space = fc.constantFrom('', '', '', ' ', '\n\t\r');
const scalar = fc.oneof(
  { arbitrary: token, weight: 3 },
  string,
  fc.constantFrom('true', 'null', String.raw`"\\\",9007199254740993"`),
);
const { document } = fc.letrec<{ document: string }>((tie) => ({
  document: fc
    .oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar,
      fc.array(tie('document'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
      fc
        .array(fc.tuple(key, space, tie('document')), { maxLength: 6 })
        .map(
          (members) => `{${members.map((member) => member.join(':').replace('::', ':')).join()}}`,
        ),
    )
    .chain((text) => fc.tuple(space, space).map(([before, after]) => before + text + after)),
}));

describe('properties', () => {
  test('any text is read as a reader by the book reads it', () => {
    fc.assert(
      fc.property(document.filter(isJson), (text) => {
        expect(show(parseJson(text))).toBe(show(referenceParse(text)));
        expect(show(parseJson(text, { isLong }))).toBe(show(referenceParse(text, isLong)));
      }),
      { numRuns: 1000 },
    );
  });

  test('without unsafe integers the value is that of JSON.parse', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // A long integer prints as the same digits, whether it is a number or a bigint.
        const digitsOnly = (value: unknown) => show(value).replaceAll(/(\d)n/g, '$1');
        expect(digitsOnly(parseJson(text))).toBe(digitsOnly(JSON.parse(text)));
      }),
    );
  });

  test('a damaged text is accepted exactly when JSON.parse accepts it', () => {
    const damage = fc.constantFrom(
      '',
      '0',
      '9',
      '-',
      '.',
      'e',
      '"',
      '\\',
      ',',
      ':',
      '[',
      '}',
      ' ',
      '\u0001',
    );
    fc.assert(
      fc.property(document, fc.nat(), fc.boolean(), damage, (text, place, isReplaced, piece) => {
        const at = place % (text.length + 1);
        const mutant = text.slice(0, at) + piece + text.slice(at + (isReplaced ? 1 : 0));
        const attempt = () => parseJson(mutant, { isLong });
        if (isJson(mutant)) expect(show(attempt())).toBe(show(referenceParse(mutant, isLong)));
        else expect(attempt).toThrow(SyntaxError);
      }),
      { numRuns: 1000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
