import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareVersions, parseVersion, versionOfSegment, versionSegment } from '../src/version.ts';

describe('a version', () => {
  test('is two numbers', () => {
    expect(parseVersion('2.22')).toEqual({ major: 2, minor: 22 });
  });

  test.each([
    '2',
    '2.',
    '.22',
    '2.22.1',
    'v2_22',
    '2,22',
    ' 2.22',
    '2.22\n',
    '02.22',
    '2.022',
    '2.-1',
    '',
    '1e1.0',
    '123456.1',
  ])('is not %j', (text) => {
    expect(() => parseVersion(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_REQUEST', field: 'version', outcome: 'not-sent' }),
    );
  });

  test.each([2.22, null, undefined, {}, ['2.22']])('is not %p, which is no text', (value) => {
    expect(() => parseVersion(value, 'options.version')).toThrow(
      expect.objectContaining({ field: 'options.version' }),
    );
  });

  test('stands in an address as v2_22', () => {
    expect(versionSegment('2.22')).toBe('v2_22');
  });

  test.each(['2.22', 'v2.22', 'v2_', 'v2_22_1', 'V2_22', 'v02_22', ''])(
    'does not stand in an address as %j',
    (segment) => {
      expect(versionOfSegment(segment)).toBeUndefined();
    },
  );

  test('survives the way to an address and back', () => {
    const number = fc.nat({ max: 99_999 });
    fc.assert(
      fc.property(number, number, (major, minor) => {
        const text = `${major}.${minor}`;
        expect(versionOfSegment(versionSegment(text))).toBe(text);
      }),
    );
  });

  test('is ordered by its numbers, not its letters', () => {
    expect(['1.33', '1.9', '2.0', '1.10'].toSorted(compareVersions)).toEqual([
      '1.9',
      '1.10',
      '1.33',
      '2.0',
    ]);
  });
});
