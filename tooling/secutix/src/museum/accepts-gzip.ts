import type { EmulatorRequest } from '@vendorkit/core/testing';

/**
 * Whether a client takes gzip. The vendor only offers compression (SecuTix REST 2, SOAP 2); the
 * contract's 1 GB a month is why the emulators insist on it.
 */
export function acceptsGzip({ headers }: Pick<EmulatorRequest, 'headers'>): boolean {
  const gzip = /(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0\.0*[1-9]))/i;
  return gzip.test(headers['accept-encoding'] ?? '');
}
