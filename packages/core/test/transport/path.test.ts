import { describe, expect, test } from '@jest/globals';
import {
  assert,
  bigInt,
  constantFrom,
  dictionary,
  oneof,
  property,
  string,
  webUrl,
} from 'fast-check';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { joinUrl, path } from '../../src/transport/path.ts';

function refusal(run: () => unknown): VendorError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (VendorError.is(error)) return error;
    throw error;
  }
}

const nastyUnits = './ .. / \\ %2e %2E%2e ? # @ : //host % ; ..\t'.split(' ');
const nasty = constantFrom('.', ' ', '\t', '\n', '\0', ...nastyUnits);
const anyText = oneof(string(), string({ unit: 'binary' }), string({ unit: nasty }));

describe('path', () => {
  test('writes each value as one segment', () => {
    expect(path`/a/${'b/c'}/d`).toBe('/a/b%2Fc/d');
    expect(path`/${'é ?#%'}/${12}/${9007199254740993n}`).toBe(
      '/%C3%A9%20%3F%23%25/12/9007199254740993',
    );
    expect(path`/fixed`).toBe('/fixed');
  });

  test.each([['', '.', '..']].flat())('refuses %j, naming its position', (value) => {
    expect(refusal(() => path`/${'a'}/${value}`)).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'path[1]',
      outcome: 'not-sent',
    });
  });

  test.each([1.5, Number.NaN, 2 ** 53, null, undefined, {}, ['a'], true, '\uD800'])(
    'refuses %p',
    (value) => {
      expect(refusal(() => path`/${value as string}`)).toMatchObject({ field: 'path[0]' });
    },
  );

  test('never leaves its place in the URL, whatever the values are', () => {
    const check = property(anyText, anyText, (one, other) => {
      let route: string;
      try {
        route = path`/a/${one}/b/${other}/c`;
      } catch (error) {
        return VendorError.is(error);
      }
      const url = new URL(`https://vendor.example/prefix${route}`);
      const [, prefix, a, first = '', b, second = '', c, ...rest] = url.pathname.split('/');
      expect([url.host, url.search, url.hash, prefix, a, b, c, rest]).toEqual([
        'vendor.example',
        '',
        '',
        'prefix',
        'a',
        'b',
        'c',
        [],
      ]);
      expect([decodeURIComponent(first), decodeURIComponent(second)]).toEqual([one, other]);
      return true;
    });
    expect(() => assert(check, { numRuns: 2_000 })).not.toThrow();
  });

  test('writes any bigint', () => {
    expect(() =>
      assert(property(bigInt(), (value) => path`/${value}` === `/${value}`)),
    ).not.toThrow();
  });
});

describe('joinUrl', () => {
  test.each([
    ['https://vendor.example', 'https://vendor.example/a/b'],
    ['https://vendor.example/', 'https://vendor.example/a/b'],
    ['https://vendor.example/api', 'https://vendor.example/api/a/b'],
    ['https://vendor.example:8443/api/v1/', 'https://vendor.example:8443/api/v1/a/b'],
    ['http://[::1]:80/x', 'http://[::1]/x/a/b'],
  ])('keeps the path of %s', (base, expected) => {
    expect(joinUrl(new URL(base), '/a/b').href).toBe(expected);
  });

  test('writes a query, leaving out what is undefined', () => {
    const query = { a: 'x y+z&=', b: undefined, c: 9007199254740993n, 'd é': true };
    const url = joinUrl(new URL('https://vendor.example'), '/a', query);
    expect(url.search).toBe('?a=x%20y%2Bz%26%3D&c=9007199254740993&d%20%C3%A9=true');
    expect(url.searchParams.get('a')).toBe('x y+z&=');
  });

  test.each([
    'a',
    '',
    '/a?b',
    '/a#b',
    '/..',
    '/a/../b',
    '/%2e%2E/b',
    '/.',
    '/a\\..\\b',
    '/.\t./b',
    '/a\nb',
  ])('refuses %j', (route) => {
    const base = new URL('https://vendor.example/api');
    expect(refusal(() => joinUrl(base, route))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'path',
    });
  });

  test('never leaves the base URL, whatever the path is', () => {
    const base = new URL('https://vendor.example/api');
    const check = property(anyText, dictionary(anyText, anyText), (route, query) => {
      let url: URL;
      try {
        url = joinUrl(base, `/${route}`, query);
      } catch (error) {
        return VendorError.is(error);
      }
      const again = new URL(url.href);
      return (
        again.origin === base.origin &&
        again.pathname.startsWith('/api/') &&
        again.pathname.split('/').length === `/api/${route}`.split('/').length
      );
    });
    expect(() => assert(check, { numRuns: 2_000 })).not.toThrow();
  });

  test('treats a URL as the path that it is not', () => {
    const check = property(webUrl(), (text) => {
      const base = new URL('https://vendor.example/api');
      const route = `/${text.split(/[?#]/)[0] ?? ''}`;
      const error = refusal(() => joinUrl(base, route));
      return error !== undefined || joinUrl(base, route).host === 'vendor.example';
    });
    expect(() => assert(check)).not.toThrow();
  });
});
