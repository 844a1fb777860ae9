import { afterEach, describe, expect, test } from '@jest/globals';
import { explainToken, type TokenExpectation } from '../src/index.ts';
import { closeAll, connect, emulate, tokensOf, virtualClock } from './harness.ts';
import { signToken } from './testing/hand-written-client.ts';

afterEach(closeAll);

const secret = 'any text, since the signature is not checked';
const iat = 1_600_949_809;
const right = { sub: 'MOSA', aud: 'MOSA_B2C', iss: 'Partner 1', iat, exp: iat + 30 };
const expected: TokenExpectation = {
  institution: 'MOSA',
  operator: 'MOSA_B2C',
  partner: 'Partner 1',
  nowMs: iat * 1000 + 400,
};
const token = (claims: Record<string, unknown> = {}, header?: Record<string, unknown>) =>
  signToken({ ...right, ...claims }, secret, header);

test('a right token has no problems', () => {
  expect(explainToken(token(), expected)).toEqual({
    header: { alg: 'HS256', typ: 'JWT' },
    claims: right,
    ageMs: 400,
    lifetimeMs: 30_000,
    problems: [],
  });
});

test('the vendor’s own example lives for a year, which its text forbids', () => {
  const example = [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'eyJzdWIiOiJNT1NBIiwiYXVkIjoiTU9TQV9CMkMiLCJpc3MiOiJQYXJ0bmVyIDEiLCJpYXQiOjE2MDA2OTU0ODUsImV4cCI6MTYzMjIzMTQ4MH0',
    'jMQIXbXdswPj-_-x2C2xhhR6Wtieq5JcVfCW4ndSr1o',
  ].join('.');
  const nowMs = 1_600_695_485_000 + 5_000;
  expect(explainToken(example, { ...expected, nowMs })).toMatchObject({
    ageMs: 5_000,
    lifetimeMs: 31_535_995_000,
    problems: [
      'It is 5000 ms old; it must arrive within a second.',
      'It lives for 31535995000 ms; 30 seconds are allowed.',
    ],
  });
});

describe('a wrong token tells why:', () => {
  test.each<[string, string, Partial<TokenExpectation>?]>([
    ['Its `alg` is not HS256.', token({}, { alg: 'none', typ: 'JWT' })],
    ['Its `alg` is not HS256.', token({}, { alg: 'HS512', typ: 'JWT' })],
    ['Its `typ` is not JWT.', token({}, { alg: 'HS256' })],
    ['Its `sub` is not the institution.', token({ sub: 'CUBE' })],
    ['Its `sub` is not the institution.', token({ sub: 5 }), { institution: undefined }],
    ['Its `aud` is not the operator.', token({ aud: undefined })],
    ['Its `iss` is not the partner.', token({ iss: 'Partner 2' })],
    ['It lies 600 ms in the future.', token({ iat: iat + 1, exp: iat + 2 })],
    ['It is 1000 ms old; it must arrive within a second.', token(), { nowMs: iat * 1000 + 1000 }],
    ['It lives for 31000 ms; 30 seconds are allowed.', token({ exp: iat + 31 })],
    ['It has expired.', token({ exp: iat })],
    ['Its `iat` is missing or not a number.', token({ iat: undefined })],
    ['Its `iat` is missing or not a number.', token({ iat: String(iat) })],
    ['Its `exp` is missing or not a number.', token({ exp: undefined })],
    ['Its times are in milliseconds, but seconds are expected.', token({ iat: iat * 1000 })],
    ['Its times are in seconds, but milliseconds are expected.', token(), { timestampUnit: 'ms' }],
  ])('%s', (problem, wrong, other = {}) => {
    expect(explainToken(wrong, { ...expected, ...other }).problems).toEqual([problem]);
  });

  test.each<unknown>([
    undefined,
    null,
    5,
    {},
    '',
    'a.b',
    'a.b.c.d',
    'Bearer x',
    token().split('.').slice(0, 2).join('.'),
    `${Buffer.from('[1]').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.x`,
    `${Buffer.from('{').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.x`,
  ])('%p is no token', (nothing) => {
    const { ageMs, lifetimeMs, problems } = explainToken(nothing);
    expect([ageMs, lifetimeMs]).toEqual([undefined, undefined]);
    expect(problems).toEqual([
      'It is not a JSON Web Token: three parts, the first two base64url of JSON.',
    ]);
  });

  test('several reasons are told at once', () => {
    const { problems } = explainToken(token({ sub: 'X', iss: 'Y', exp: iat + 900 }), expected);
    expect(problems).toHaveLength(3);
  });
});

test('without an expectation now is now, and the parties need only be there', () => {
  const now = Math.floor(Date.now() / 1000);
  expect(explainToken(token({ iat: now - 3_600, exp: now })).problems).toEqual([
    expect.stringMatching(/^It is 36\d{5} ms old/),
    'It lives for 3600000 ms; 30 seconds are allowed.',
  ]);
});

test('a client explains tokens by its own options and the vendor’s clock', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, clockSkewMs: 3_600_000 });
  const secutix = connect(emulator);
  await clock.run(secutix.call('setupService', 'listSeasons'));
  const [early = '', taken = ''] = tokensOf(emulator);
  expect(secutix.explainToken(taken).problems).toEqual([]);
  expect(secutix.explainToken(early).problems).toEqual([
    expect.stringMatching(/^It is 3\d{6} ms old; it must arrive within a second\.$/),
    'It has expired.',
  ]);
  await clock.advance(2_000);
  expect(secutix.explainToken(taken).problems).toHaveLength(1);
  expect(connect(emulator, { partner: 'Other' }).explainToken(taken).problems).toContain(
    'Its `iss` is not the partner.',
  );
});
