import type { IncomingHttpHeaders } from 'node:http';
import { refusedInput } from '@vendorkit/core';

/** The headers of a webhook, as Node, the Fetch API or a framework gives them. Names in any case. */
export type WebhookHeaders =
  | IncomingHttpHeaders
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Every value of a header. A `Headers` object has joined them already.
 *
 * @throws VendorError `INVALID_REQUEST` if these are no headers.
 */
export function headerValues(headers: WebhookHeaders, name: string): string[] {
  if (typeof headers !== 'object' || headers === null) {
    throw refusedInput('INVALID_REQUEST', 'headers', 'Expected the headers of the request');
  }
  if (isFetchHeaders(headers)) return [headers.get(name) ?? []].flat();
  return Object.entries(headers)
    .filter(([key]) => key.toLowerCase() === name)
    .flatMap(([, value]) => value ?? [])
    .filter((value) => typeof value === 'string');
}

/** Known by what it can do: there are several implementations of `Headers`. */
function isFetchHeaders(headers: object): headers is Headers {
  return 'get' in headers && typeof headers.get === 'function';
}
