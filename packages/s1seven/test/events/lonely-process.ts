import { Redactor, systemClock } from '@vendorkit/core';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import type { EventsHost } from '../../src/events/events-host.ts';
import { subscribe } from '../../src/events/subscribe.ts';

// A process with a stream and nothing else, run by process.test.ts: what keeps it alive, what ends it
// and what it prints is the stream's doing.
const [, , , scenario, brokerUrl = '', file = ''] = process.argv;

const host: EventsHost = {
  brokerUrl,
  vhost: 'vhost',
  companyId: '42',
  mode: undefined,
  tokens: {
    get: async () => ({ token: canaries.accessToken, expiresAtMs: Date.now() + 3_600_000 }),
    getRenewed: async () => ({ token: canaries.accessToken }),
    held: () => undefined,
    refuse: () => false,
    refusal: () => undefined,
    forget: async () => {},
    close: async () => {},
  },
  clock: systemClock,
  deadlineMs: 20_000,
  ca: undefined,
  redactor: new Redactor([]),
  warn: (warning, message) => console.log(warning, message),
  whileOpen: async (caller, task) => task(caller ?? new AbortController().signal),
};
const filter = { resource: 'certificates', action: 'notarize_one' } as const;
const options = { clientId: 'company_42_lonely' };

const scenarios: Record<string, () => Promise<void>> = {
  /** Handles slowly, until it is killed. */
  consume: async () => {
    const handler = async ({ raw }: { raw: Buffer }) => {
      await sleep(10);
      appendFileSync(file, `${raw.toString()}\n`);
    };
    await subscribe(host, filter, handler, { ...options, concurrency: 4 });
  },
  /** Handles one event, closes, and leaves nothing that keeps the process alive. */
  once: async () => {
    const stream = await subscribe(host, filter, undefined, options);
    for await (const event of stream) {
      console.log('handled', event.payload, stream);
      event.ack();
      break;
    }
  },
  /** Nobody listens to how the stream ends. */
  unheard: async () => {
    await subscribe(host, filter, () => {}, options);
    console.log('subscribed');
  },
};

void scenarios[scenario ?? '']?.();
