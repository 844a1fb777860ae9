import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import type { SecutixRestOptions } from '../src/index.ts';
import {
  claimsOf,
  clientOf,
  closeAll,
  connect,
  emulate,
  thrown,
  tokensOf,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

/** Makes one call and gives the token that came with it. */
async function tokenOf(
  options: Partial<SecutixRestOptions> = {},
  emulated: { secret?: string; timestampUnit?: 's' | 'ms' } = {},
): Promise<string> {
  const clock = virtualClock();
  const emulator = await emulate({ clock, ...emulated });
  await clock.run(connect(emulator, options).call('catalogService', 'getCatalog'));
  expect(emulator.requests).toHaveLength(1);
  return tokensOf(emulator).join('');
}

describe('a token', () => {
  test('has the header and the claims of SecuTix REST 4.1.1, in that order', async () => {
    const [header = '', claims = ''] = (await tokenOf()).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    const iat = Date.parse('2026-03-01T12:00:00Z') / 1000;
    expect(Buffer.from(claims, 'base64url').toString()).toBe(
      `{"sub":"MOSA","aud":"MOSA_B2C","iss":"Partner 1","iat":${iat},"exp":${iat + 30}}`,
    );
  });

  test('may count milliseconds', async () => {
    const { iat, exp } = claimsOf(await tokenOf({ timestampUnit: 'ms' }, { timestampUnit: 'ms' }));
    const now = Date.parse('2026-03-01T12:00:00.500Z');
    expect(iat).toBeGreaterThan(now - 1_000);
    expect(iat).toBeLessThanOrEqual(now);
    expect(exp - iat).toBe(30_000);
  });

  test.each([1, 30])('may live for %i s', async (tokenLifetimeSeconds) => {
    const { iat, exp } = claimsOf(await tokenOf({ tokenLifetimeSeconds }));
    expect(exp - iat).toBe(tokenLifetimeSeconds);
  });

  test('is signed with HMAC-SHA-256, as OpenSSL and node:crypto both say', async () => {
    const [header, claims, signature = ''] = (await tokenOf()).split('.');
    const signed = `${header}.${claims}`;
    const mac = createHmac('sha256', canaries.secret).update(signed);
    expect(signature).toBe(mac.digest('base64url'));
    const openssl = execFileSync(
      'openssl',
      ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `key:${canaries.secret}`, '-r'],
      { input: signed, encoding: 'utf8', timeout: 10_000 },
    );
    expect(Buffer.from(signature, 'base64url').toString('hex')).toBe(openssl.split(' ')[0]);
  });

  test('names whom the options name, in any script', async () => {
    const parties = { institution: 'MusÉe', operator: '博物館_B2C', partner: 'Partner "1" \\ Ö' };
    const emulator = await emulate(parties);
    await connect(emulator).call('catalogService', 'getCatalog');
    expect(claimsOf(tokensOf(emulator).join(''))).toMatchObject({
      sub: parties.institution,
      aud: parties.operator,
      iss: parties.partner,
    });
  });
});

describe('a secret', () => {
  const text = 'Zwölf Boxkämpfer jagen Viktor quer über den Deich'; // no canary: the emulator takes texts
  const bytes = Buffer.from(text);

  test.each<[string, Pick<SecutixRestOptions, 'secret' | 'secretEncoding'>]>([
    ['text', { secret: text }],
    ['UTF-8', { secret: text, secretEncoding: 'utf8' }],
    ['base64', { secret: bytes.toString('base64'), secretEncoding: 'base64' }],
    ['base64url', { secret: bytes.toString('base64url'), secretEncoding: 'base64' }],
    ['hex', { secret: bytes.toString('hex').toUpperCase(), secretEncoding: 'hex' }],
    ['bytes', { secret: Buffer.from(text) }],
  ])('may be given as %s', async (_form, secret) => {
    const token = await tokenOf(secret, { secret: text });
    expect(token.split('.')).toHaveLength(3);
  });

  test('is copied: bytes that change later change nothing', async () => {
    const emulator = await emulate({ secret: text });
    const secret = Buffer.from(text);
    const secutix = connect(emulator, { secret });
    secret.fill(0);
    await secutix.call('catalogService', 'getCatalog');
    expect(emulator.requests[0]?.status).toBe(200);
  });

  const short = 'a secret of 31 bytes, no more..';

  test.each<[string, Partial<SecutixRestOptions>]>([
    ['a text of 31 bytes', { secret: short }],
    ['31 bytes', { secret: Buffer.from(short) }],
    ['31 bytes in hex', { secret: Buffer.from(short).toString('hex'), secretEncoding: 'hex' }],
    ['16 bytes in 32 digits', { secret: canaries.secret.slice(0, 32), secretEncoding: 'hex' }],
    ['24 bytes in base64', { secret: 'QUJD'.repeat(8), secretEncoding: 'base64' }],
    ['nothing', { secret: '' }],
    ['half a hexadecimal digit', { secret: `${canaries.secret}a`, secretEncoding: 'hex' }],
    ['no hexadecimal digits', { secret: text, secretEncoding: 'hex' }],
    ['no base64', { secret: text, secretEncoding: 'base64' }],
    ['nothing in base64', { secret: '', secretEncoding: 'base64' }],
  ])('of %s is refused at construction', async (_what, secret) => {
    const error = await thrown(() => clientOf({ url: 'http://127.0.0.1:9' }, secret));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'secret', outcome: 'not-sent' });
    if (secret.secret !== '') expect(error.message).not.toContain(String(secret.secret));
  });

  test('of exactly 256 bits is enough', async () => {
    const secret = Buffer.alloc(32, 'ä').toString('hex');
    expect(() =>
      clientOf({ url: 'http://127.0.0.1:9' }, { secret, secretEncoding: 'hex' }),
    ).not.toThrow();
  });
});

test('each attempt and each poll has a token of its own moment', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock, longRunning: { polls: 2 } });
  const secutix = connect(emulator, { pollInterval: 5_000 });
  emulator.faults.next('nc');
  await clock.run(secutix.call('catalogService', 'getCatalog'));
  const tokens = tokensOf(emulator);
  expect(tokens).toHaveLength(4);
  // A retry may fall into the same second, in which the same claims make the same token.
  const issued = tokens.map((token) => claimsOf(token).iat);
  expect(issued.slice(1).map((iat, index) => iat - (issued[index] ?? 0))).toEqual([
    expect.any(Number),
    5,
    5,
  ]);
  expect(emulator.state.worstTokenAgeMs).toBeLessThan(1_000);
  expect(Math.min(...emulator.state.tokenAgesMs)).toBeGreaterThanOrEqual(0);
});

test('a retry in a later second has the token of that second', async () => {
  const clock = virtualClock();
  const emulator = await emulate({ clock });
  emulator.faults.answer({ status: 503, headers: { 'retry-after': '7' } });
  await clock.run(connect(emulator).call('catalogService', 'getCatalog'));
  const [first, second] = tokensOf(emulator).map((token) => claimsOf(token).iat);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(7);
  expect(emulator.requests.map(({ status }) => status)).toEqual([503, 200]);
});
