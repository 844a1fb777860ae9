import { clientClosed } from '../errors/closed.ts';
import { VendorError } from '../errors/vendor-error.ts';
import type { CallOutcome, VendorErrorCode } from '../errors/vendor-error.ts';

/** How far a request had come. */
export type Phase = 'queue' | 'connect' | 'sign' | 'answer' | 'body';

/** Why a request ended without an answer. */
export type FailureReason =
  | { readonly kind: 'aborted'; readonly cause: unknown }
  | { readonly kind: 'closed' }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'too-large'; readonly maxBytes: number }
  | { readonly kind: 'proxy-refused'; readonly status: number }
  | { readonly kind: 'not-signed'; readonly error: unknown }
  | { readonly kind: 'not-sendable'; readonly error: unknown }
  | { readonly kind: 'socket'; readonly error: unknown };

/** A request that ended without an answer. */
export interface Failure {
  readonly reason: FailureReason;
  readonly phase: Phase;
}

const waits: Record<Phase, string> = {
  queue: 'waiting for a free socket',
  connect: 'connecting',
  sign: 'being signed',
  answer: 'waiting for the answer',
  body: 'receiving the answer',
};

/**
 * The error of a request that ended without an answer. It tells the method and the host, never the
 * path or the query, and takes nothing over from Node's error but its code.
 */
export function failureError(failure: Failure, request: { method: string; url: URL }): VendorError {
  const { reason, phase } = failure;
  const outcome = outcomeOf(phase);
  const what = `${request.method} ${request.url.host}`;
  const fail = (code: VendorErrorCode, text: string, more: object = {}) =>
    new VendorError(`${what}: ${text}`, { code, outcome, ...more });
  switch (reason.kind) {
    case 'aborted':
      // A client that is closed ends its calls by aborting them.
      if (reason.cause === clientClosed) {
        return failureError({ reason: { kind: 'closed' }, phase }, request);
      }
      return fail('ABORTED', `aborted while ${waits[phase]}.`, { cause: reason.cause });
    case 'closed':
      return fail('CLOSED', `the client was closed while ${waits[phase]}.`);
    case 'timeout': {
      const text = `no answer within ${reason.afterMs} ms; it ended while ${waits[phase]}.`;
      return fail('TIMEOUT', text, { retryable: true });
    }
    case 'deadline':
      return fail('DEADLINE_EXCEEDED', `the call's deadline passed while ${waits[phase]}.`, {
        retryable: true,
      });
    case 'too-large':
      // The vendor has answered; asking again would bring the same length again.
      return fail('INVALID_RESPONSE', `the answer is longer than ${reason.maxBytes} bytes.`, {
        outcome: 'answered',
      });
    case 'proxy-refused': {
      const text = `the proxy refused to connect, with HTTP ${reason.status}.`;
      return fail('CONNECTION', text, { retryable: true, outcome: 'not-sent' });
    }
    case 'not-signed':
      return signingError(reason.error, what);
    case 'not-sendable':
      return fail('INVALID_REQUEST', `Node refuses to send it (${codeOf(reason.error)}).`);
    case 'socket':
      break;
  }
  return socketError(reason.error, phase, what);
}

/** Nothing of a request is written before it is signed, and all of it at once afterwards. */
function outcomeOf(phase: Phase): CallOutcome {
  return phase === 'answer' || phase === 'body' ? 'unknown' : 'not-sent';
}

function signingError(error: unknown, what: string): VendorError {
  if (VendorError.is(error)) {
    return error.outcome === undefined ? Object.assign(error, { outcome: 'not-sent' }) : error;
  }
  return new VendorError(`${what}: it could not be signed.`, {
    code: 'CONFIGURATION',
    outcome: 'not-sent',
    cause: new Error(codeOf(error)),
  });
}

function socketError(error: unknown, phase: Phase, what: string): VendorError {
  const code = codeOf(error);
  const cause = Object.assign(new Error(code), { code });
  const outcome = outcomeOf(phase);
  if (isCertificateCode(code)) {
    const text = `the certificates do not satisfy both sides (${code}).`;
    const hint =
      'If the authority of the other side is a private one, give its certificate in `ca`.';
    // A refused handshake, even one that is refused late (TLS 1.3), means that nothing was read.
    return new VendorError(`${what}: ${text}`, {
      code: 'CERTIFICATE',
      outcome: 'not-sent',
      cause,
      ...(!isAlert(code) && { hint }),
    });
  }
  if (code.startsWith('HPE_')) {
    const text = `the answer is not HTTP (${code}).`;
    return new VendorError(`${what}: ${text}`, { code: 'INVALID_RESPONSE', outcome, cause });
  }
  const text = `the connection failed while ${waits[phase]} (${code}).`;
  return new VendorError(`${what}: ${text}`, {
    code: 'CONNECTION',
    outcome,
    retryable: true,
    cause,
  });
}

/** A code of Node's or OpenSSL's. A message could quote what it was working on. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'UNKNOWN';
}

/** X509_verify_cert_error codes as Node names them, beside those that contain `CERT`. */
const verificationCodes = new Set([
  'CRL_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_SIGNATURE_FAILURE',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whether a code of Node's or OpenSSL's says that a certificate did not satisfy its other side. */
export function isCertificateCode(code: string): boolean {
  if (isAlert(code)) return /CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE/.test(code);
  return verificationCodes.has(code) || /(?:^|_)CERT(?:_|$)/.test(code);
}

/** What the other side says during the handshake (RFC 8446, 6.2). */
function isAlert(code: string): boolean {
  return code.startsWith('ERR_SSL_') && code.includes('_ALERT_');
}
