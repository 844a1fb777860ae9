import { parseJson } from '@vendorkit/core';
import type { EmulatorRequest } from '@vendorkit/core/testing';
import { isLongField } from '@vendorkit/secutix-shared';
import { isObject, type CallParameters } from './parameters.ts';

/**
 * What is wrong with the headers of a request, or `undefined` if nothing is.
 *
 * @param requireGzip - Whether a client that does not accept gzip is refused. The vendor only offers
 *   compression (SecuTix REST 2); the contract's 1 GB a month is why the emulator insists.
 */
export function headerProblem(request: EmulatorRequest, requireGzip: boolean): string | undefined {
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (request.method === 'POST' && mediaType !== 'application/json') {
    return '`Content-Type` is not `application/json`.';
  }
  const acceptsGzip = /(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0\.0*[1-9]))/i;
  if (requireGzip && !acceptsGzip.test(request.headers['accept-encoding'] ?? '')) {
    return '`Accept-Encoding` does not offer gzip.';
  }
  return undefined;
}

/** The JSON object of a request's body, or `undefined` if it is not one. */
export function readParameters(request: EmulatorRequest): CallParameters | undefined {
  try {
    const value = parseJson(request.text, { isLong: isLongField });
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a call continues a call in progress. */
export function isPoll(parameters: CallParameters | undefined): boolean {
  return (parameters?.['requestId'] ?? null) !== null;
}
