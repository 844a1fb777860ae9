import { expect, test } from '@jest/globals';
import { acceptedLanguages } from '../../src/museum/accepted-languages.ts';

test.each([
  ['fr', ['fr']],
  ['de;q=0.4, fr;q=0.9, en', ['en', 'fr', 'de']],
  ['fr-CH, fr;q=0.9, *;q=0.5', ['fr-CH', 'fr']],
  ['fr;q=0, de', ['de']],
  ['fr;q=x, de', ['de']],
  ['', []],
  [undefined, []],
])('Accept-Language %j wants %j', (header, languages) => {
  expect(acceptedLanguages(header)).toEqual(languages);
});
