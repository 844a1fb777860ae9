import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { longestRetryAfterMs, readRetryAfter } from '../../src/retry/retry-after.ts';

const now = Date.UTC(1994, 10, 6, 8, 49, 0);
const read = (value: string, nowMs = now) => readRetryAfter({ 'retry-after': value }, nowMs);

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['  5 ', 5000],
    ['007', 7000],
    ['1.5', 1500],
    ['0.0001', 1],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Sun Nov 06 08:49:37 1994', 37_000],
    ['sun, 06 nov 1994 08:49:37 gmt', 37_000],
    ['Sun, 06 Nov 1994 08:48:00 GMT', 0],
    ['Mon, 31 Dec 1990 23:59:60 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:60 GMT', 60_000],
    ['1994-11-06T08:49:37Z', 37_000],
    ['1994-11-06T09:49:37.500+01:00', 37_500],
  ])('%j waits %d ms', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test.each([
    ['120, 60', 120_000],
    ['60,120', 120_000],
    [', 60 ,', 60_000],
    ['60, Sun, 06 Nov 1994 08:49:37 GMT', 60_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT, 60', 60_000],
    ['Sun, 06 Nov 1994 08:49:07 GMT, Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994, 5', 37_000],
  ])('%j, which came twice, waits the longest: %d ms', (value, expected) => {
    expect(read(value)).toBe(expected);
  });

  test.each([
    '-1',
    '1e3',
    '0x10',
    '',
    ' ',
    ',',
    'abc',
    'NaN',
    'Infinity',
    '+5',
    '5s',
    '1.',
    '.5',
    '1 2',
    '5, abc',
    'abc, 60',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 CET',
    'Sun, 06 Nov 1994 25:00:00 GMT',
    'Sun, 06 Nov 1994 08:60:00 GMT',
    'Sun, 06 Nov 1994 08:49:61 GMT',
    'Thu, 31 Feb 1994 08:49:37 GMT',
    'Sun, 06 Now 1994 08:49:37 GMT',
    '06 Nov 1994 08:49:37 GMT',
    '1994-11-06',
    '1994-11-06T08:49:37',
    '1994-13-06T08:49:37Z',
  ])('%j is not understood', (value) => {
    expect(read(value)).toBeUndefined();
  });

  test.each([
    '99999999999999999999',
    '9'.repeat(400),
    '2147483648',
    'Fri, 31 Dec 1999 23:59:59 GMT',
  ])('%s is cut to 366 days', (value) => {
    expect(read(value)).toBe(longestRetryAfterMs);
    expect(longestRetryAfterMs).toBe(31_622_400_000);
  });

  test.each([
    [Date.UTC(1999, 11, 31, 23, 59, 0), 'Saturday, 01-Jan-00 00:00:00 GMT', 60_000],
    [Date.UTC(2024, 0, 1), 'Monday, 01-Jan-24 00:00:30 GMT', 30_000],
    [Date.UTC(2026, 0, 1), 'Sunday, 06-Nov-94 08:49:37 GMT', 0],
    [Date.UTC(2026, 0, 1), 'Saturday, 01-Jan-77 00:00:00 GMT', 0],
    [Date.UTC(2026, 0, 1), 'Wednesday, 01-Jan-76 00:00:00 GMT', longestRetryAfterMs],
  ])('a year of two digits is at most 50 years ahead: at %d, %s', (nowMs, value, expected) => {
    expect(read(value, nowMs)).toBe(expected);
  });

  test('is the same whatever the time zone of the machine', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'America/New_York';
      expect(read('Sun Nov  6 08:49:37 1994')).toBe(37_000);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

describe('Retry-After with the name of a throttler', () => {
  test.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after-short': '3' }, 3000],
    [{ 'Retry-After-Long': '60', 'Retry-After-Short': '3' }, 60_000],
    [{ 'retry-after': '5', 'retry-after-short': '3' }, 5000],
    [{ 'retry-after': '5', 'retry-after-reason': 'quota' }, 5000],
    [{ 'retry-after-short': '3', 'x-ratelimit-reset': '7' }, 3000],
    [{ 'retry-after-reason': 'quota', 'x-ratelimit-reset': '7' }, 7000],
    [{ 'retry-afterwards': '3' }, undefined],
  ])('of %p counts where there is no plain one: %p', (headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });
});

describe('X-RateLimit-Reset', () => {
  test.each<[Record<string, string>, number | undefined]>([
    [
      {
        'X-RateLimit-Limit': '10',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '42',
        'Retry-After': '42',
      },
      42_000,
    ],
    [{ 'x-ratelimit-reset': '42' }, 42_000],
    [{ 'Retry-After': '', 'X-RateLimit-Reset': '7' }, 7000],
    [{ 'Retry-After': 'soon', 'X-RateLimit-Reset': '7' }, 7000],
    [{ 'Retry-After': '3', 'X-RateLimit-Reset': '7' }, 3000],
    [{ 'Retry-After': '0', 'X-RateLimit-Reset': '7' }, 0],
    [{ 'X-RateLimit-Reset': '7, 8' }, 8000],
    [{ 'X-RateLimit-Reset': 'Sun, 06 Nov 1994 08:49:37 GMT' }, undefined],
    [{ 'X-RateLimit-Reset': '99999999999999999999' }, longestRetryAfterMs],
    [{}, undefined],
  ])('of %p counts where Retry-After says nothing: %p', (headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });
});

describe('properties', () => {
  test('any header gives a wait in range, or none; never NaN', () => {
    const odd = fc.constantFrom(
      '1',
      '9',
      ',',
      '.',
      '-',
      ' ',
      'e',
      'Sun',
      'GMT',
      'Nov',
      ':',
      'T',
      'Z',
      '06',
      '1994',
    );
    const value = fc.oneof(
      fc.string(),
      fc.array(odd).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(value, value, fc.date({ noInvalidDate: true }), (retryAfter, reset, date) => {
        const headers = { 'retry-after': retryAfter, 'x-ratelimit-reset': reset };
        const delayMs = readRetryAfter(headers, date.getTime()) ?? 0;
        expect(Number.isInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(longestRetryAfterMs);
      }),
      { numRuns: 1000 },
    );
  });

  test('any date within a year is as far away as it says', () => {
    const aheadSeconds = fc.integer({ min: 0, max: 366 * 86_400 });
    const date = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('9998-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, aheadSeconds, (today, ahead) => {
        const nowMs = Math.floor(today.getTime() / 1000) * 1000;
        const then = new Date(nowMs + ahead * 1000);
        expect(read(then.toUTCString(), nowMs)).toBe(ahead * 1000);
        expect(read(then.toISOString(), nowMs)).toBe(ahead * 1000);
      }),
    );
  });

  test('a hundred thousand commas are read in linear time', () => {
    const started = performance.now();
    expect(read('1,'.repeat(50_000) + 'a'.repeat(50_000))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
