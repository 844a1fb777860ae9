import { isPlainObject, parseJson } from '@vendorkit/core';
import type { EmulatorRequest } from '@vendorkit/core/testing';
import { isLongField } from '@vendorkit/secutix-shared';
import { acceptsGzip, type CallParameters } from '@vendorkit/secutix-shared/museum';

/**
 * What is wrong with the headers of a request, or `undefined` if nothing is.
 *
 * @param requireGzip - Whether a client that does not accept gzip is refused.
 */
export function headerProblem(request: EmulatorRequest, requireGzip: boolean): string | undefined {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (request.method === 'POST' && mediaType !== 'application/json') {
    return '`Content-Type` is not `application/json`.';
  }
  if (requireGzip && !acceptsGzip(request)) {
    return '`Accept-Encoding` does not offer gzip.';
  }
  return undefined;
}

/** The JSON object of a request's body, or `undefined` if it is not one. */
export function readParameters(request: EmulatorRequest): CallParameters | undefined {
  try {
    const value = parseJson(request.text, { isLong: isLongField });
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
