import { describe, expect, test } from '@jest/globals';
import { locale, moduleName, readMethodCallOptions, withDefaults } from '../src/index.ts';

describe('the options of a call', () => {
  test('are those of every call, and those of SecuTix', () => {
    const options = { timeout: 5_000, version: '2.22', module: 'tnco', locale: 'fr-CH' };
    expect(readMethodCallOptions(options)).toEqual({
      call: { timeout: 5_000 },
      target: { version: '2.22', module: 'tnco', locale: 'fr-CH' },
    });
    expect(readMethodCallOptions(undefined)).toEqual({ call: {}, target: {} });
  });

  test.each([
    ['version', '2'],
    ['version', 2.22],
    ['module', '../tnco'],
    ['locale', ''],
    ['modul', 'tnco'],
    ['timeout', 0],
  ])('are refused with the %s %p', (name, value) => {
    expect(() => readMethodCallOptions({ [name]: value })).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', field: `options.${name}` }),
    );
  });
});

test.each(['fr', 'fr-CH', 'de;q=0.5', 'fr-CH, fr;q=0.9,*;q=0.1', 'zh-Hant-TW'])(
  '%j is a locale',
  (text) => {
    expect(locale.safeParse(text).success).toBe(true);
  },
);

test.each(['', 'fr_CH', 'fr;q=2', 'fr\r\nx: y', 'fr,', ' fr'])('%j is no locale', (text) => {
  expect(locale.safeParse(text).success).toBe(false);
});

test.each([
  ['tnco', true],
  ['tn-co_2', true],
  ['', false],
  ['2tn', false],
  ['tn/co', false],
  ['..', false],
])('the module %j is taken: %p', (text, isTaken) => {
  expect(moduleName.safeParse(text).success).toBe(isTaken);
});

describe('defaults', () => {
  const defaults = { version: '1.33', locale: 'fr' };

  test('hold where the call says nothing, and undefined says nothing', () => {
    expect(withDefaults(defaults, undefined)).toBe(defaults);
    expect(withDefaults<object>(defaults, { locale: 'de', version: undefined })).toEqual({
      version: '1.33',
      locale: 'de',
    });
  });

  test.each([null, 'fr', 7])('leave %j to be refused by the call', (options) => {
    expect(withDefaults<object>(defaults, options as unknown as object)).toBe(options);
  });
});
