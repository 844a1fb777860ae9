import type { Deadline, Engine } from '@vendorkit/core';
import type { RequestContext } from './authorisation.ts';
import { operationRequest } from './operation-request.ts';
import { believingRetryAfter } from './token/vendors-patience.ts';

/**
 * Asks the vendor for a token (`POST /tokens`; S1SEVEN API information, "M2M access token"), through
 * the same quota as every call.
 *
 * @returns The answer, as JSON.
 */
export async function requestToken(
  engine: Engine,
  context: RequestContext,
  body: { readonly clientId: string; readonly clientSecret: string },
  deadline: Deadline,
): Promise<unknown> {
  const nothing = { call: {}, mode: undefined, company: undefined, apiVersion: undefined };
  const options = {
    deadline: Math.max(1, Math.floor(deadline.remainingMs())),
    signal: deadline.signal,
  };
  return engine.call<unknown>(() => {
    const input = { body: { json: body } };
    const request = operationRequest<unknown>(context, 'tokens.create', input, nothing);
    return { request: believingRetryAfter(request, deadline.clock), options };
  });
}
