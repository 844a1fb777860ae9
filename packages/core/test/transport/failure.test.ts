import { describe, expect, test } from '@jest/globals';
import { clientClosed } from '../../src/errors/closed.ts';
import { failureError } from '../../src/transport/failure.ts';
import type { FailureReason, Phase } from '../../src/transport/failure.ts';
import type { VendorError } from '../../src/errors/vendor-error.ts';

const request = { method: 'POST', url: new URL('https://vendor.example/canary?otp=canary') };

function errorOf(reason: FailureReason, phase: Phase): VendorError {
  return failureError({ reason, phase }, request);
}

function socketError(code: string, phase: Phase = 'connect'): VendorError {
  return errorOf({ kind: 'socket', error: { code, message: 'canary' } }, phase);
}

test.each([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
])('%s is CERTIFICATE, with a hint about authorities', (code) => {
  const error = socketError(code);
  expect(error).toMatchObject({ code: 'CERTIFICATE', outcome: 'not-sent', retryable: false });
  expect(error.hint).toMatch('`ca`');
});

test.each([
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  'ERR_SSL_TLSV1_ALERT_ACCESS_DENIED',
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
])('%s is CERTIFICATE, not sent, even where TLS 1.3 tells it late', (code) => {
  for (const phase of ['connect', 'answer'] as const) {
    expect(socketError(code, phase)).toMatchObject({ code: 'CERTIFICATE', outcome: 'not-sent' });
  }
});

test.each([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
])('%s is CONNECTION, not sent', (code) => {
  const error = socketError(code);
  expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent', retryable: true });
  expect(error.cause).toMatchObject({ message: code, code });
});

test.each<[Phase, string]>([
  ['queue', 'not-sent'],
  ['connect', 'not-sent'],
  ['sign', 'not-sent'],
  ['answer', 'unknown'],
  ['body', 'unknown'],
])('a reset in the phase "%s" is %s', (phase, outcome) => {
  expect(socketError('ECONNRESET', phase)).toMatchObject({ code: 'CONNECTION', outcome });
});

test.each(['HPE_INVALID_CONSTANT', 'HPE_HEADER_OVERFLOW', 'HPE_UNEXPECTED_CONTENT_LENGTH'])(
  '%s is INVALID_RESPONSE, unknown',
  (code) => {
    expect(socketError(code, 'answer')).toMatchObject({
      code: 'INVALID_RESPONSE',
      outcome: 'unknown',
      retryable: false,
    });
  },
);

describe('an error', () => {
  const reasons: FailureReason[] = [
    { kind: 'aborted', cause: undefined },
    { kind: 'closed' },
    { kind: 'timeout', afterMs: 5 },
    { kind: 'deadline' },
    { kind: 'too-large', maxBytes: 5 },
    { kind: 'proxy-refused', status: 407 },
    { kind: 'not-signed', error: new Error('canary') },
    { kind: 'not-sendable', error: new Error('canary') },
    { kind: 'socket', error: Object.assign(new Error('canary'), { code: 'canary ECONNRESET' }) },
    { kind: 'socket', error: null },
  ];

  test.each(reasons)('of the reason %j tells method and host, and quotes nothing', (reason) => {
    const error = errorOf(reason, 'connect');
    expect(error.message).toMatch(/^POST vendor\.example: [^:]+\.$/);
    expect(
      `${error.message} ${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`,
    ).not.toMatch('canary');
  });

  test('of a client that is closed is CLOSED, though it comes as an abort', () => {
    expect(errorOf({ kind: 'aborted', cause: clientClosed }, 'answer')).toMatchObject({
      code: 'CLOSED',
      outcome: 'unknown',
    });
  });
});
