import { invalidResponse } from '@vendorkit/core';
import { quoteName } from './wsdl-error.ts';

/**
 * Whether an address that a WSDL names belongs to the service's origin. Behind a TLS terminator
 * JAX-WS writes `http://` and some port of its own before the name of the host: that is taken as the
 * service's own https origin (inferred: how the vendor's servers write addresses is not public).
 */
export function isOwnOrigin(address: URL, service: URL): boolean {
  // The origin of `blob:https://host/` is that of the host.
  if (address.protocol === service.protocol) return address.origin === service.origin;
  return (
    service.protocol === 'https:' &&
    address.protocol === 'http:' &&
    address.hostname === service.hostname
  );
}

/**
 * Where a location that stands in a document of the vendor leads. Nothing outside the origin of the
 * service is ever fetched: a WSDL that somebody changed could otherwise make this program ask any
 * host that it can reach.
 *
 * @param service - The URL of the service, or of its WSDL.
 * @param location - The location as it is written.
 * @param base - The URL of the document in which it is written.
 * @returns The URL in the service's own origin, without a fragment.
 * @throws VendorError `INVALID_RESPONSE`, which names the other origin but not the rest of its URL.
 */
export function resolveWithinOrigin(service: URL, location: string, base: string): URL {
  if (!URL.canParse(location, base)) {
    throw invalidResponse('The WSDL imports from a location that is no URL.');
  }
  const url = new URL(location, base);
  if (url.username !== '' || url.password !== '') {
    throw invalidResponse('The WSDL imports from a location with credentials in it.');
  }
  if (!isOwnOrigin(url, service)) {
    const origin = url.protocol.startsWith('http') ? url.origin : url.protocol;
    throw invalidResponse(
      `The WSDL imports from ${quoteName(origin)}, which is not the service's own origin.`,
      { hint: 'Save the WSDL and what it imports in files, and give `wsdl: { file }`.' },
    );
  }
  // A path may begin with two slashes: beside a base it would be taken for a host.
  return new URL(`${service.origin}${url.pathname}${url.search}`);
}
