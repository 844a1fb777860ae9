import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { redactPatterns } from '../../src/telemetry/secret-patterns.ts';

const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const payload = Buffer.from('{"sub":"MOSA","iat":1767225600}').toString('base64url');
const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

describe('redactPatterns', () => {
  test.each([
    ['a JSON web token', `token ${header}.${payload}.${signature}!`, 'token [redacted]!'],
    ['one that is cut off', `(${header}.${payload}`, '([redacted]'],
    ['one after an escape', `\\n${header}.${payload}.${signature}`, '\\n[redacted]'],
    ['one with five parts', `${header}..iv.text.tag, then`, '[redacted], then'],
    ['Bearer credentials', 'Bearer abc', 'Bearer [redacted]'],
    ['Basic credentials', 'sent basic dTpw== to', 'sent basic [redacted] to'],
    ['percent-encoded credentials', 'Bearer%20abc.def', 'Bearer%20[redacted]'],
    [
      'a header line',
      'X: 1\nAuthorization: Digest a=b, c=d\nY: 2',
      'X: 1\nAuthorization: [redacted]\nY: 2',
    ],
    ['a query', '?a=1&password=x%20y&b=2', '?a=1&password=[redacted]&b=2'],
    ['the end of a name', 'clientSecret=abc', 'clientSecret=[redacted]'],
    ['JSON', '{"otp" : "12\\"34", "a": 1}', '{"otp" : "[redacted]", "a": 1}'],
    ['JSON that is cut off', '{"password":"abc', '{"password":"[redacted]'],
    [
      'JSON within JSON',
      '"{\\"pin\\":\\"1\\\\\\"2\\",\\"a\\":1}"',
      '"{\\"pin\\":\\"[redacted]\\",\\"a\\":1}"',
    ],
    ['single quotes', "{ password: 'a\\'b', c }", "{ password: '[redacted]', c }"],
    [
      'XML',
      '<o:Password Type="t">a&amp;b</o:Password>',
      '<o:Password Type="t">[redacted]</o:Password>',
    ],
    ['a label', 'password: hunter2, user: x', 'password: [redacted], user: x'],
    [
      'a private key',
      'a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b',
      'a [redacted] b',
    ],
  ])('takes out %s', (_name, text, cleaned) => {
    expect(redactPatterns(text)).toBe(cleaned);
  });

  test.each([
    'Bearer token is missing',
    'WWW-Authenticate: Bearer realm="vendor"',
    'The token has expired: sign in again.',
    'password: missing',
    'spin=3, shipping=4',
    '-----BEGIN CERTIFICATE-----',
    'eyJhbGciOiJIUzI1NiJ9 alone is no token',
    '{"tokenType":"live"}',
  ])('leaves %j as it is', (text) => {
    expect(redactPatterns(text)).toBe(text);
  });

  test('finds nothing more in what it has cleaned', () => {
    const piece = fc.constantFrom(
      'password',
      'token',
      'Bearer ',
      'eyJ',
      '.',
      '"',
      "'",
      '\\',
      '=',
      ':',
      ' ',
      '<',
      '>',
      'abc1',
      '[redacted]',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const once = redactPatterns(pieces.join(''));
        const rounds = [once, redactPatterns(once)].map((text) =>
          text.replaceAll(/(\[redacted\])+/g, '#'),
        );
        expect(rounds[1]?.length).toBeLessThanOrEqual(rounds[0]?.length ?? 0);
      }),
    );
  });
});
