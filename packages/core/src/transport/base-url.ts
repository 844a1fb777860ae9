import { refusedInput } from '../errors/validate.ts';

/**
 * Reads a client's `baseUrl`: https, or http to this computer only, since credentials travel with
 * every request.
 *
 * @throws VendorError `CONFIGURATION` with the field `baseUrl`. It never quotes the value, which may
 * hold a password.
 */
export function parseBaseUrl(text: string): URL {
  const problem = problemOf(text);
  if (problem !== undefined) throw refusedInput('CONFIGURATION', 'baseUrl', problem);
  return new URL(text);
}

function problemOf(text: string): string | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return 'Expected an absolute URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Expected an https URL';
  if (url.username !== '' || url.password !== '') return 'Credentials do not belong in it';
  if (/[?#]/.test(text)) return 'It must have neither query nor fragment';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'http is allowed to this computer only (127.0.0.1, ::1, localhost); use https';
  }
  return undefined;
}

/**
 * Whether a URL's host name is this computer's own (RFC 1122, 3.2.1.3 and RFC 4291, 2.5.3). `URL` has
 * written every form of an http address as one.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
