import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { readTokenResponse } from '../../src/token/token-response.ts';
import { jwt } from './harness.ts';

const accessToken = canaries.accessToken;

test('what the vendor answered in 2023 is understood', () => {
  const answer = {
    accessToken,
    application: { id: 'a', mode: 'live', owner: { id: 'c', name: 'Steel' } },
    more: 1,
  };
  expect(readTokenResponse(answer, 0)).toEqual({
    token: accessToken,
    companyId: 'c',
    mode: 'live',
    expiresAtMs: undefined,
  });
});

test.each([
  [{ accessToken, application: { owner: 'c' } }, { companyId: 'c' }],
  [{ access_token: accessToken, expires_in: 60 }, { expiresAtMs: 61_000 }],
  [{ accessToken, expiresIn: 60 }, { expiresAtMs: 61_000 }],
  [{ accessToken, expires_in: '60' }, { expiresAtMs: undefined }],
  [{ accessToken, expires_in: -60 }, { expiresAtMs: undefined }],
  [{ accessToken, expires_in: 1e12 }, { expiresAtMs: undefined }],
  [
    { accessToken, application: null },
    { companyId: undefined, mode: undefined },
  ],
  [{ accessToken, application: { mode: 'both', owner: 7 } }, { companyId: undefined }],
])('of %j is read %j', (answer, read) => {
  expect(readTokenResponse(answer, 1_000)).toMatchObject(read);
});

describe('the claims of the token', () => {
  const claims = { exp: 2_000, company: { id: 'claimed' }, mode: 'test' };

  test('tell what the answer does not', () => {
    const read = readTokenResponse({ accessToken: jwt(claims) }, 0);
    expect(read).toMatchObject({ companyId: 'claimed', mode: 'test', expiresAtMs: 2_000_000 });
  });

  test('tell its end better than the answer, and the rest worse', () => {
    const application = { mode: 'live', owner: { id: 'c' } };
    const read = readTokenResponse({ accessToken: jwt(claims), application, expires_in: 9 }, 0);
    expect(read).toMatchObject({ companyId: 'c', mode: 'live', expiresAtMs: 2_000_000 });
  });
});

test('an answer without a token that could be sent is INVALID_RESPONSE, and not repeated', () => {
  const hostile = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, '', [], { accessToken: '' }, { accessToken: 'a b' }),
    fc.string().map((text) => ({ accessToken: `${text}\n` })),
    fc.anything().map((application) => ({ application, accessToken: ['x'] })),
  );
  fc.assert(
    fc.property(hostile, (answer) => {
      expect(() => readTokenResponse(answer, 0)).toThrow(
        expect.objectContaining({
          code: 'INVALID_RESPONSE',
          message: 'S1SEVEN answered without an access token.',
        }),
      );
    }),
  );
});
