import { describe, expect, test } from '@jest/globals';
import {
  countOf,
  isPoll,
  listOf,
  longOf,
  longsOf,
  MalformedRequest,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
  type CallParameters,
} from '../../src/museum/parameters.ts';

const readers = { countOf, listOf, longOf, longsOf, objectOf, objectsOf, textOf, textsOf };
type Reader = keyof typeof readers;

describe('a parameter', () => {
  test.each<[Reader, unknown, unknown]>([
    ['longOf', 2n ** 63n - 1n, 2n ** 63n - 1n],
    ['longOf', 17, 17n],
    ['longOf', '-9007199254740993', -9_007_199_254_740_993n],
    ['longsOf', [1n, 2, '3'], [1n, 2n, 3n]],
    ['textOf', 'x', 'x'],
    ['textOf', 333, '333'],
    ['textOf', 333n, '333'],
    ['textOf', new Date('2026-03-01T12:00:00Z'), '2026-03-01T12:00:00.000Z'],
    ['textsOf', ['333', 334, 335n], ['333', '334', '335']],
    ['countOf', 2n, 2],
    ['listOf', ['x'], ['x']],
    ['objectOf', { a: 1 }, { a: 1 }],
    ['objectsOf', [{ a: 1 }], [{ a: 1 }]],
  ])('is read by %s from %p as %p', (reader, given, read) => {
    expect(readers[reader]({ name: given }, 'name')).toEqual(read);
  });

  test.each<[Reader, unknown]>([
    ['longOf', undefined],
    ['longsOf', []],
    ['textOf', undefined],
    ['textsOf', []],
    ['countOf', undefined],
    ['listOf', []],
    ['objectOf', {}],
    ['objectsOf', []],
  ])('that is absent or null is read by %s as %p', (reader, read) => {
    expect(readers[reader]({}, 'name')).toEqual(read);
    expect(readers[reader]({ name: null }, 'name')).toEqual(read);
    const heir = Object.create({ name: 'inherited' }) as CallParameters;
    expect(readers[reader](heir, 'name')).toEqual(read);
  });

  test.each<[Reader, unknown]>([
    ['longOf', 2n ** 63n],
    ['longOf', 2 ** 53],
    ['longOf', 1.5],
    ['longOf', 'x'],
    ['longsOf', ['x']],
    ['textOf', true],
    ['textsOf', [{}]],
    ['countOf', -1n],
    ['countOf', 2n ** 53n],
    ['listOf', 'x'],
    ['objectOf', []],
    ['objectsOf', ['x']],
  ])('that %s cannot read, such as %p, is malformed and named', (reader, wrong) => {
    const read = () => readers[reader]({ name: wrong }, 'name');
    expect(read).toThrow(MalformedRequest);
    expect(read).toThrow('`name`');
  });
});

test.each([
  [undefined, false],
  [{}, false],
  [{ requestId: null }, false],
  [{ requestId: 7n }, true],
])('%p is a poll: %p', (parameters, poll) => {
  expect(isPoll(parameters)).toBe(poll);
});
