import { isIP } from 'node:net';

/** What TLS calls a host: names only, never addresses (RFC 6066, 3). Empty for an address. */
export function serverName(host: string): string {
  return isIP(host) === 0 ? host : '';
}
