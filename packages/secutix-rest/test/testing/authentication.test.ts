import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Authentication } from '../../src/testing/authentication.ts';
import { signToken } from './hand-written-client.ts';

const credentials = {
  institution: 'MOSA',
  operator: 'MOSA_B2C',
  partner: 'Partner 1',
  secret: 'a-secret-of-exactly-32-bytes-ok!',
};
const iat = 1_780_000_000;
const claims = { sub: 'MOSA', aud: 'MOSA_B2C', iss: 'Partner 1', iat, exp: iat + 30 };
const token = signToken(claims, credentials.secret);

function problemOf(authorization: string | undefined, nowMs = iat * 1_000): string | undefined {
  const options = { credentials, timestampUnit: 's', issuedTokenLifetimeMs: 1_000 } as const;
  return new Authentication(options).problem(authorization, nowMs);
}

test('a token is accepted from its first millisecond to its 999th, and at no other time', () => {
  fc.assert(
    fc.property(fc.integer({ min: -5_000, max: 40_000 }), (ageMs) => {
      const isFresh = ageMs >= 0 && ageMs < 1_000;
      expect(problemOf(`Bearer ${token}`, iat * 1_000 + ageMs) === undefined).toBe(isFresh);
    }),
  );
});

test('the scheme may be written in any case', () => {
  expect(problemOf(`bearer ${token}`)).toBeUndefined();
});

test('a token with one character changed is refused, even in bits that Base64 does not use', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';
  const other = fc.nat({ max: alphabet.length - 1 }).map((index) => alphabet.charAt(index));
  fc.assert(
    fc.property(fc.nat({ max: token.length - 1 }), other, (at, character) => {
      fc.pre(token[at] !== character);
      const altered = token.slice(0, at) + character + token.slice(at + 1);
      expect(problemOf(`Bearer ${altered}`)).toEqual(expect.any(String));
    }),
    { numRuns: 500 },
  );
});

test('no text but a token is accepted, and none makes the emulator throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(problemOf(text)).toEqual(expect.any(String));
      expect(problemOf(`Bearer ${text}`)).toEqual(expect.any(String));
    }),
  );
});

test('a lifetime of up to 30 seconds is accepted, and no longer one', () => {
  const lifetimes = [1, 29, 30, 31, 900].map((lifetime) => {
    const changed = signToken({ ...claims, exp: iat + lifetime }, credentials.secret);
    return problemOf(`Bearer ${changed}`) === undefined;
  });
  expect(lifetimes).toEqual([true, true, true, false, false]);
});
