import { expect, test } from '@jest/globals';
import { isFramed, readHeaders } from '../../src/transport/headers.ts';

test('names are in lower case, and repeated headers are joined in their order', () => {
  const raw = ['X-A', '1', 'x-a', '2', 'Content-Type', 'text/plain', 'CONTENT-TYPE', 'text/html'];
  expect(readHeaders(raw)).toEqual({ 'x-a': '1, 2', 'content-type': 'text/plain, text/html' });
});

test('a header cannot reach the prototype', () => {
  const headers = readHeaders(['__proto__', 'x', 'constructor', 'y']);
  expect(Object.entries(headers)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  expect(Object.getPrototypeOf(headers)).toBe(Object.prototype);
});

test.each<[string, number, Record<string, string>, boolean]>([
  ['GET', 200, { 'content-length': '0' }, true],
  ['GET', 200, { 'transfer-encoding': 'Chunked' }, true],
  ['GET', 200, { 'transfer-encoding': 'gzip, chunked' }, true],
  ['GET', 200, { 'transfer-encoding': 'gzip' }, false],
  ['GET', 200, {}, false],
  ['GET', 204, {}, true],
  ['GET', 304, {}, true],
  ['HEAD', 200, {}, true],
])('%s, status %d, %j: framed %p', (method, status, headers, expected) => {
  expect(isFramed(method, status, headers)).toBe(expected);
});
