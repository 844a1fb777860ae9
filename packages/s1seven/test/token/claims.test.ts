import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readClaims } from '../../src/token/claims.ts';
import { jwt } from './harness.ts';

const nothing = { expiresAtMs: undefined, companyId: undefined, mode: undefined };
const raw = (payload: string) => `a.${Buffer.from(payload).toString('base64url')}.b`;

describe('a JSON web token', () => {
  test('tells its end, its company and its mode', () => {
    const claims = { exp: 1_767_225_600, company: { id: 'c-1', vatId: 'AT1' }, mode: 'live' };
    expect(readClaims(jwt(claims))).toEqual({
      expiresAtMs: 1_767_225_600_000,
      companyId: 'c-1',
      mode: 'live',
    });
  });

  test.each([
    [{ exp: 1_767_225_600_000 }, { expiresAtMs: 1_767_225_600_000 }],
    [{ exp: 1_767_225_600.5 }, { expiresAtMs: 1_767_225_600_500 }],
    [{ company: 'c-1' }, { companyId: 'c-1' }],
    [{ company: '6123|a.b:c@d-e_f' }, { companyId: '6123|a.b:c@d-e_f' }],
  ])('with %j tells %j', (claims, facts) => {
    expect(readClaims(jwt(claims))).toEqual({ ...nothing, ...facts });
  });

  test.each([
    [{ exp: '1767225600' }],
    [{ exp: -1 }],
    [{ exp: 0 }],
    [{ exp: 1e300 }],
    [{ exp: [1_767_225_600] }],
    [{ mode: 'LIVE' }],
    [{ mode: ['live'] }],
    [{ company: { id: 7 } }],
    [{ company: [] }],
    [{ company: { id: 'a/b' } }],
    [{ company: { id: 'a+' } }],
    [{ company: { id: '#' } }],
    [{ company: { id: 'a\r\nb' } }],
    [{ company: { id: 'x'.repeat(201) } }],
    [[]],
    [null],
    ['text'],
  ])('with %j tells nothing', (claims) => {
    expect(readClaims(jwt(claims))).toEqual(nothing);
  });

  test('cannot pass claims off through its prototype', () => {
    expect(readClaims(raw('{"__proto__":{"mode":"live","exp":9}}'))).toEqual(nothing);
    expect(readClaims(raw('{"company":{"__proto__":{"id":"c"}}}'))).toEqual(nothing);
    expect({}).not.toHaveProperty('mode');
  });

  test('that is huge, or nested without end, tells nothing and takes no time', () => {
    const startedAt = performance.now();
    expect(readClaims(raw(`{"mode":"live","x":"${'x'.repeat(2_000_000)}"}`))).toEqual(nothing);
    expect(readClaims(raw('['.repeat(40_000)))).toEqual(nothing);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

test('of any other text nothing is told, and nothing fails', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json().map(raw),
    fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.join('.')),
  );
  fc.assert(
    fc.property(text, (token) => {
      const { expiresAtMs = 1, companyId = 'c', mode = 'live' } = readClaims(token);
      expect(expiresAtMs).toBeGreaterThan(0);
      expect(companyId).toMatch(/^[!-~]+$/);
      expect(['live', 'test']).toContain(mode);
    }),
    { numRuns: 1_000 },
  );
});
