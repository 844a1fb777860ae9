import { expect, test } from '@jest/globals';
import { lowerCamel, readName, upperCamel } from '../src/index.ts';

test.each(['a', 'getCatalog', 'CatalogService', 'v2_22'])('%j is a name', (name) => {
  expect(readName('method', name)).toBe(name);
});

test.each([
  '',
  '2a',
  '_a',
  'a-b',
  'a.b',
  'a/b',
  'a b',
  'é',
  'a\n',
  undefined,
  null,
  7,
  ['getCatalog'],
])('%j is none, and the error names the field', (name) => {
  expect(() => readName('method', name)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', field: 'method', outcome: 'not-sent' }),
  );
});

test.each([
  ['CatalogService', 'catalogService'],
  ['A', 'a'],
  ['', ''],
])('%j begins with a capital letter, %j with a small one', (upper, lower) => {
  expect(lowerCamel(upper)).toBe(lower);
  expect(lowerCamel(lower)).toBe(lower);
  expect(upperCamel(lower)).toBe(upper);
  expect(upperCamel(upper)).toBe(upper);
});
