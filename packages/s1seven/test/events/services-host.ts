import { Redactor, systemClock } from '@vendorkit/core';
import type { EventsHost } from '../../src/events/events-host.ts';
import type { AccessTokenProvider } from '../../src/index.ts';
import { createAccessTokens } from '../../src/token.ts';

/** The host of a stream of company 42's events, on real time, where a test needs more than a client. */
export function servicesHost(
  brokerUrl: string,
  { vhost, accessToken }: { vhost: string | undefined; accessToken: AccessTokenProvider },
): EventsHost {
  const clock = systemClock;
  const redactor = new Redactor();
  const tokens = createAccessTokens(
    { accessToken },
    {
      clock,
      key: brokerUrl,
      store: 'memory',
      request: async () => Promise.reject(new Error('There is no vendor.')),
      warn: () => {},
      addSecret: (token) => redactor.add(token),
    },
  );
  return {
    brokerUrl,
    vhost,
    companyId: '42',
    mode: undefined,
    tokens,
    clock,
    deadlineMs: 30_000,
    ca: undefined,
    redactor,
    warn: () => {},
    whileOpen: async (caller, task) => task(caller ?? new AbortController().signal),
  };
}
