import { describe, expect, test } from '@jest/globals';
import { soundsSecret } from '../../src/telemetry/secret-names.ts';

describe('soundsSecret', () => {
  test.each([
    'password',
    'PASSWORD',
    'newPassword',
    'wsse:Password',
    'passphrase',
    'clientSecret',
    'client_secret',
    'access-token',
    'idToken',
    'Authorization',
    'proxy-authorization',
    'Set-Cookie',
    'x-api-key',
    'apiKey',
    'privateKey',
    'otp',
    'TOTP',
    'pin',
    'recoveryCodes',
    'credentials',
  ])('%s does', (name) => {
    expect(soundsSecret(name)).toBe(true);
  });

  test.each([
    'spin',
    'shippingAddress',
    'tokenType',
    'key',
    'contactNumber',
    'passwordHint',
    'laptop',
    '',
  ])('%j does not', (name) => {
    expect(soundsSecret(name)).toBe(false);
  });
});
