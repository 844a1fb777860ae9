import { expect, test } from '@jest/globals';
import { readRateLimitHeaders } from '../../src/limiter/learn.ts';

test.each([
  [
    { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '42' },
    { limit: 10, remaining: 3, resetMs: 42_000 },
  ],
  [
    { 'X-RateLimit-Remaining': ' 0 ', 'X-RateLimit-Reset': '0' },
    { remaining: 0, resetMs: 0 },
  ],
  [{ 'x-ratelimit-reset': '1.5' }, { resetMs: 1500 }],
  [{ 'content-type': 'application/json', 'retry-after': '5' }, {}],
  [{}, {}],
])('%j', (headers, observed) => {
  expect(readRateLimitHeaders(headers)).toEqual(observed);
});

test.each(['', '-1', '1e3', '10, 10', 'ten', '0x10', '1.5', '99999999999999999999'])(
  'a limit of "%s" is left out',
  (text) => {
    const headers = { 'x-ratelimit-limit': text, 'x-ratelimit-remaining': '2' };
    expect(readRateLimitHeaders(headers)).toEqual({ remaining: 2 });
  },
);

test('a reset that looks like an epoch is left out', () => {
  expect(readRateLimitHeaders({ 'x-ratelimit-reset': '1767225600' })).toEqual({});
});

test('a header that came more than once is left out', () => {
  expect(readRateLimitHeaders({ 'x-ratelimit-limit': ['10', '10'] })).toEqual({});
});

test('of several named throttlers the one with the fewest calls left is meant', () => {
  const headers = {
    'x-ratelimit-limit-long': '1000',
    'x-ratelimit-remaining-long': '7',
    'x-ratelimit-reset-long': '3000',
    'x-ratelimit-limit-short': '10',
    'x-ratelimit-remaining-short': '8',
    'x-ratelimit-reset-short': '1',
  };
  expect(readRateLimitHeaders(headers)).toEqual({ limit: 1000, remaining: 7, resetMs: 3_000_000 });
});
