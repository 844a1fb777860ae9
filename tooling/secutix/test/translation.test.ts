import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { translate } from '../src/translation.ts';

const name = {
  translations: [
    { locale: 'de', value: 'Museum' },
    { locale: 'fr', value: 'Musée' },
    { locale: 'fr_CA', value: 'Musée (Québec)' },
    { locale: 'zh-Hant', value: '博物館' },
    { locale: 'pt-BR', value: 'Museu' },
  ],
};

describe('the text for a reader', () => {
  test.each([
    ['fr', 'Musée'],
    ['fr-CH', 'Musée'],
    ['FR-ch', 'Musée'],
    ['fr_CH', 'Musée'],
    ['fr-CA', 'Musée (Québec)'],
    ['fr-CA-x-private', 'Musée (Québec)'],
    ['zh-Hant-TW', '博物館'],
  ])('of %s is found by cutting the tag', (locale, value) => {
    expect(translate(name, locale)).toBe(value);
  });

  test('may come from another region of the language', () => {
    expect(translate(name, 'pt')).toBe('Museu');
    expect(translate(name, 'pt-PT')).toBe('Museu');
  });

  test('comes from a fallback before it comes from another region', () => {
    expect(translate(name, 'pt-PT', 'fr')).toBe('Musée');
  });

  test('is the first there is when no language fits', () => {
    expect(translate(name, 'ja', 'ko')).toBe('Museum');
    expect(translate(name, '')).toBe('Museum');
  });

  test.each([undefined, null, { translations: [] }])('is undefined for %p', (value) => {
    expect(translate(value, 'fr')).toBeUndefined();
  });

  test('is always one of the texts there are', () => {
    const values = name.translations.map(({ value }) => value);
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (locale, fallbacks) => {
        expect(values).toContain(translate(name, locale, ...fallbacks));
      }),
    );
  });
});
