import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepValue, restoreValue } from '../src/kept-value.ts';
import { thrown } from './harness.ts';

const kept = (value: unknown) =>
  restoreValue(JSON.parse(JSON.stringify(keepValue(value))), 'operation.result');

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.boolean(),
  fc.constant(null),
  fc.double(),
  fc.integer(),
  fc.bigInt(),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
);

/** Names that a mark could be mistaken for, and names that are dangerous in JavaScript. */
const name = fc.oneof(
  fc.constantFrom('$bigint', '$object', '$text', '$value', '$', '__proto__', 'constructor'),
  fc.string(),
);

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(name, tie('value')), { maxLength: 4 })
      .map((members) => Object.fromEntries(members)),
  ),
}));

describe('a decoded value', () => {
  test('comes back from JSON exactly as it was', () => {
    fc.assert(
      fc.property(value, (original) => {
        // Jest asks objects for their `constructor`, which may be one of their members here.
        expect(isDeepStrictEqual(kept(original), original)).toBe(true);
      }),
    );
  });

  test('keeps what JSON does not have', () => {
    const original = {
      id: 9_007_199_254_740_993n,
      big: 10n ** 40n,
      numbers: [NaN, Infinity, -Infinity, -0, 0, 1.5],
      at: new Date('2026-03-01T12:00:00.500Z'),
      photo: Buffer.from([0, 255, 128]),
      none: null,
    };
    const restored = kept(original) as typeof original;
    expect(restored).toStrictEqual(original);
    expect(Object.is(restored.numbers[3], -0)).toBe(true);
    expect(Buffer.isBuffer(restored.photo)).toBe(true);
  });

  test('may have a member named `__proto__`, and pollutes nothing', () => {
    const original: unknown = JSON.parse('{"__proto__":{"polluted":"yes"},"b":1}');
    const restored = kept(original) as object;
    expect(Object.keys(restored)).toEqual(['__proto__', 'b']);
    expect(restored).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });

  test('is readable: only what JSON does not have is marked', () => {
    const original = { code: 'A', count: 2, id: 5n, $text: 'x' };
    expect(keepValue(original)).toEqual({ code: 'A', count: 2, id: { $bigint: '5' }, $text: 'x' });
    expect(keepValue({ $text: 'x' })).toEqual({ $object: { $text: 'x' } });
  });
});

describe('what was not kept by this package is refused', () => {
  test.each([
    { $bigint: '1.5' },
    { $bigint: 5 },
    { $number: '12' },
    { $date: 'yesterday' },
    { $date: null },
    { $object: 'x' },
    { $unknown: 'x' },
    { inner: [{ $bytes: 1 }] },
  ])('%j', async (wrong) => {
    expect(await thrown(() => restoreValue(wrong, 'operation.result'))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'operation.result',
    });
  });

  test('a hundred thousand levels', async () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    expect(await thrown(() => restoreValue(deep, 'operation.result'))).toMatchObject({
      field: 'operation.result',
    });
  });
});
