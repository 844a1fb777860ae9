import type { VendorProfile } from '@vendorkit/core';

const rateLimitHint =
  'S1SEVEN allows 10 calls a minute to an endpoint (S1SEVEN API information, "Rate Limit"). Other ' +
  'processes with the same credentials, or behind the same address, may be using them (assumed).';

/** What the engine is told of S1SEVEN and of one client's account. */
export function vendorProfile(client: {
  readonly account: string;
  readonly quotaHost: string | undefined;
  readonly secrets: readonly string[];
}): Omit<VendorProfile, 'baseUrl'> {
  return {
    vendor: 's1seven',
    ...client,
    scopes: ['credential', 'route'],
    // S1SEVEN API information, "Rate Limit": calls, client and minute, for each endpoint.
    rules: [{ key: 'route', limit: 10, windowMs: 60_000 }],
    // NestJS throttlers 4 and 5 refuse a request that is sent exactly after `Retry-After` (measured).
    afterRefusal: { marginMs: 1_000, jitterMs: 500 },
    rateLimitHint,
  };
}
