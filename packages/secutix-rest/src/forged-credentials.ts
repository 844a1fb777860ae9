import type { ServerClock } from '@vendorkit/core';
import type { CredentialSource } from './credentials.ts';
import type { TokenForge } from './jwt.ts';

/**
 * Signs each attempt with a token of its own. When the vendor refuses one and its `Date` says that
 * the clocks differ, the difference is learned and the request deserves one more try.
 */
export function forgedCredentials(forge: TokenForge, serverClock: ServerClock): CredentialSource {
  return () => {
    let issuedAtMs = 0;
    return {
      sign: async (context) => {
        const fresh = await forge.fresh(context);
        ({ issuedAtMs } = fresh);
        return { authorization: `Bearer ${fresh.token}` };
      },
      recover: ({ headers }) => {
        if (!serverClock.disagrees(headers['date'], issuedAtMs)) return false;
        serverClock.doubt();
        return true;
      },
    };
  };
}
