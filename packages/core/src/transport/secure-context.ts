import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { VendorError } from '../errors/vendor-error.ts';

/** Text or bytes in PEM; certificates may be DER too. */
export type PemOrDer = string | Buffer;

/** A client's certificate for mutual TLS: either `pfx`, or `cert` and `key`. */
export interface ClientCertificate {
  /** PKCS #12: certificate, chain and key in one. */
  readonly pfx?: Buffer | undefined;
  /** The certificate and its chain, in PEM. */
  readonly cert?: string | Buffer | undefined;
  /** The private key, in PEM. */
  readonly key?: string | Buffer | undefined;
  /** What `pfx` or `key` is encrypted with. */
  readonly passphrase?: string | undefined;
}

/** Whom to trust, and as whom to appear. */
export interface TlsIdentity {
  readonly ca?: PemOrDer | readonly PemOrDer[] | undefined;
  readonly clientCertificate?: ClientCertificate | undefined;
}

/**
 * Loads certificates and keys once. The result holds them out of JavaScript's reach: given to an agent
 * as `key` or `pfx`, they would show up in the names of its sockets.
 *
 * @throws VendorError `CERTIFICATE` if they cannot be read or do not fit together.
 */
export function loadSecureContext({ ca, clientCertificate }: TlsIdentity): SecureContext {
  const authorities = ca === undefined ? undefined : [ca].flat().map(readAuthority);
  if (clientCertificate !== undefined) checkComplete(clientCertificate);
  const { pfx, cert, key, passphrase } = clientCertificate ?? {};
  try {
    return createSecureContext({
      minVersion: 'TLSv1.2',
      ...(authorities && { ca: authorities }),
      ...(pfx !== undefined && { pfx }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(passphrase !== undefined && { passphrase }),
    });
  } catch (error) {
    const problem = 'The client certificate cannot be used';
    throw certificateError('certificate', `${problem}: ${explain(error)}.`);
  }
}

/** Node passes over what it cannot read here, and would trust nobody afterwards. */
function readAuthority(authority: PemOrDer): PemOrDer {
  try {
    const { raw } = new X509Certificate(authority);
    return authority.includes('-----BEGIN') ? authority : toPem(raw);
  } catch {
    throw certificateError('ca', 'An authority in `ca` is not a certificate.');
  }
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function checkComplete({ pfx, cert, key }: ClientCertificate): void {
  if (pfx === undefined && (cert === undefined || key === undefined)) {
    const problem = 'A client certificate needs either `pfx`, or both `cert` and `key`.';
    throw certificateError('certificate', problem);
  }
}

/** OpenSSL's messages are stable in their codes only, and none of them is quoted. */
function explain(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = `${String(code)} ${String(message)}`;
  if (/mac verify|bad.?decrypt|passphrase|INTERRUPTED_OR_CANCELLED|bad.?password/i.test(text)) {
    return 'the passphrase is missing or wrong';
  }
  if (/key.?values.?mismatch/i.test(text)) return 'the key does not belong to the certificate';
  return 'it is not in a form that OpenSSL reads';
}

function certificateError(field: string, message: string): VendorError {
  return new VendorError(message, { code: 'CERTIFICATE', field, outcome: 'not-sent' });
}
