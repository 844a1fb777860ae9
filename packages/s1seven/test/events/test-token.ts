import { createHmac, timingSafeEqual } from 'node:crypto';
import { canaries } from '../../../../tooling/canary/secrets.ts';

/** What a token of these tests says. The vendor's own claims are not published. */
export interface TestClaims {
  /** The company. */
  readonly sub: string;
  /** The topics' last levels that may be read: `certificates/notarize_one`. */
  readonly scopes: readonly string[];
  /** In seconds since the Unix epoch. */
  readonly exp: number;
  /** Makes each token another one. */
  readonly jti: string;
}

let made = 0;

/** A signed token, another one each time. */
export function testToken(claims: Partial<TestClaims> = {}): string {
  made += 1;
  const payload: TestClaims = {
    sub: '42',
    scopes: ['certificates/notarize_one'],
    exp: Math.floor(Date.now() / 1000) + 43_200,
    jti: `${process.pid}-${made}`,
    ...claims,
  };
  const content = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(payload)}`;
  return `${content}.${signatureOf(content).toString('base64url')}`;
}

/** The claims of a token that is signed rightly and has not ended. */
export function readTestToken(token: string): TestClaims | undefined {
  const [, content, payload = '', signature = ''] = /^([^.]*\.([^.]*))\.([^.]*)$/.exec(token) ?? [];
  if (content === undefined) return undefined;
  const expected = signatureOf(content);
  const actual = Buffer.from(signature, 'base64url');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as TestClaims;
  return claims.exp * 1000 > Date.now() ? claims : undefined;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signatureOf(content: string): Buffer {
  return createHmac('sha256', canaries.secret).update(content).digest();
}
