import { expect, test } from '@jest/globals';
import { statusError, VendorError } from '@vendorkit/core';
import { allowanceEndOf, allowanceError } from '../../src/token/allowance.ts';
import { dayMs, hourMs, minuteMs } from './harness.ts';

const nowMs = 100 * dayMs;
const previous = { token: 't', obtainedAtMs: nowMs - hourMs };
const old = { token: 't', obtainedAtMs: nowMs - dayMs };
const inMs = (delayMs: number) => ({ retryAt: new Date(nowMs + delayMs) });
const dayEnd = nowMs + dayMs - hourMs;

test.each([
  ['429 that asks for hours', statusError(429, inMs(5 * hourMs)), undefined, nowMs + 5 * hourMs],
  ['429 that asks for a minute', statusError(429, inMs(minuteMs)), previous, undefined],
  ['429 that asks for nothing, after a token', statusError(429), previous, dayEnd],
  ['429 that asks for nothing, a day after a token', statusError(429), old, nowMs + dayMs],
  ['429 that asks for nothing, out of the blue', statusError(429), undefined, nowMs + dayMs],
  ['403 after a token', statusError(403), previous, dayEnd],
  ['409 after a token', statusError(409, inMs(2 * hourMs)), previous, nowMs + 2 * hourMs],
  ['422 after a token', statusError(422), previous, dayEnd],
  ['403 a day after a token', statusError(403), old, undefined],
  ['403 without a token', statusError(403), undefined, undefined],
  ['400 after a token', statusError(400), previous, undefined],
  ['401 after a token', statusError(401), previous, undefined],
  ['404 after a token', statusError(404), previous, undefined],
  ['503 after a token', statusError(503), previous, undefined],
  ['302 after a token', statusError(302), previous, undefined],
  ['a cut', new VendorError('Cut.', { code: 'CONNECTION' }), previous, undefined],
])('%s', (_name, error, token, end) => {
  expect(allowanceEndOf(error, token, nowMs)).toBe(end);
});

test('the error tells what the vendor said', () => {
  const reason = statusError(409, { details: { name: 'Conflict' }, vendorCode: 'Conflict' });
  expect(allowanceError(nowMs, reason)).toMatchObject({
    code: 'TOKEN_ALLOWANCE_EXCEEDED',
    status: 409,
    vendorCode: 'Conflict',
    details: { name: 'Conflict' },
    retryAt: new Date(nowMs),
    retryable: false,
    outcome: 'answered',
  });
});
