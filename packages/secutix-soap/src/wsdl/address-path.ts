import { isOwnOrigin } from './own-origin.ts';

/** Where calls go on the client's base URL. */
export interface ServiceAddress {
  /** The path below the base URL, beginning with a slash, encoded. */
  readonly path: string;
  /** The query, encoded and without its question mark; mostly empty. */
  readonly query: string;
  /**
   * The origin that the WSDL names if it is another one than the client's. Calls, which carry
   * credentials, go to the client's base URL all the same: this is worth a warning.
   */
  readonly foreignOrigin?: string;
}

/**
 * What the address of a port (WSDL 1.1, 3.8) means for a client: its path, on the client's own base
 * URL. A path prefix of the base URL that the address has too is not doubled.
 *
 * @param address - The address as the WSDL writes it, or `null` if it has none.
 * @param baseUrl - The client's base URL.
 * @param servicePath - The path to use if the address is no absolute URL: JAX-WS writes
 * `REPLACE_WITH_ACTUAL_URL` into WSDLs that were not served.
 */
export function addressPath(
  address: string | null,
  baseUrl: URL,
  servicePath: string,
): ServiceAddress {
  const url = address === null ? undefined : httpUrl(address.trim());
  if (url === undefined) return { path: servicePath, query: '' };
  const place = { path: withoutPrefix(url.pathname, baseUrl), query: encodeQuery(url.search) };
  return isOwnOrigin(url, baseUrl) ? place : { ...place, foreignOrigin: url.origin };
}

function httpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}

function withoutPrefix(path: string, baseUrl: URL): string {
  const prefix = baseUrl.pathname.replace(/\/$/, '');
  if (path === prefix) return '/';
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
}

/** `URL` leaves some characters as they are that have no place in a query (RFC 3986, 3.4). */
function encodeQuery(search: string): string {
  return search
    .slice(1)
    .replaceAll(/[^\w!$%&'()*+,./:;=?@~-]/gu, (character) => encodeURIComponent(character));
}
