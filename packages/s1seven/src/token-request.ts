import { VendorError, type CallRequest, type Deadline, type Engine } from '@vendorkit/core';
import type { RequestContext } from './authorisation.ts';
import { operationRequest } from './operation-request.ts';
import { believingRetryAfter } from './token/vendors-patience.ts';

/**
 * How long a request for a token may take at least, in milliseconds, whatever is left for who waits:
 * one that is given up may have cost the day's token.
 */
const leastMs = 30_000;

/**
 * Asks the vendor for a token (`POST /tokens`; S1SEVEN API information, "M2M access token"), through
 * the same quota as every call. It does not wait for the quota: those who wait for the token have
 * deadlines of their own.
 *
 * @param engine - One whose attempts may take as long as {@link tokenTimeoutMs} says.
 * @returns The answer, as JSON.
 * @throws VendorError `QUOTA_WAIT_EXCEEDED` with `retryAt` if it cannot be sent now; what the request
 *   failed with.
 */
export async function requestToken(
  engine: Engine,
  context: RequestContext,
  body: { readonly clientId: string; readonly clientSecret: string },
  deadline: Deadline,
): Promise<unknown> {
  const nothing = { call: {}, mode: undefined, company: undefined, apiVersion: undefined };
  const input = { body: { json: body } };
  const plain = operationRequest<unknown>(context, 'tokens.create', input, nothing);
  const request = believingRetryAfter(plain, deadline.clock);
  const freeAtMs = nextSlotOf(engine, request);
  if (freeAtMs > deadline.clock.now()) throw noRoom(freeAtMs);
  const options = {
    deadline: Math.max(leastMs, Math.floor(deadline.remainingMs())),
    signal: deadline.signal,
  };
  try {
    return await engine.call<unknown>(() => ({ request, options }));
  } catch (error) {
    throw withNextSlot(error, nextSlotOf(engine, request));
  }
}

/** How long an attempt to get a token may take, in milliseconds, though other calls may take less. */
export function tokenTimeoutMs(timeoutMs: number): number {
  return Math.max(leastMs, timeoutMs);
}

/** When the quota lets the request through, in milliseconds since the Unix epoch; 0 if at once. */
function nextSlotOf(engine: Engine, { scopes }: CallRequest<unknown>): number {
  const rules = engine.peek().rules.filter(({ key, value }) => scopes[key] === value);
  return Math.max(0, ...rules.map(({ nextSlotAt }) => nextSlotAt?.getTime() ?? 0));
}

function noRoom(retryAtMs: number): VendorError {
  return new VendorError('The quota has no room for a request for an access token now.', {
    code: 'QUOTA_WAIT_EXCEEDED',
    retryable: true,
    retryAt: new Date(retryAtMs),
    outcome: 'not-sent',
  });
}

/** The pause of the quota may be longer than what the vendor said when it refused. */
function withNextSlot(error: unknown, freeAtMs: number): unknown {
  if (!VendorError.is(error) || error.code !== 'RATE_LIMITED') return error;
  return Object.assign(error, {
    retryAt: new Date(Math.max(freeAtMs, error.retryAt?.getTime() ?? 0)),
  });
}
