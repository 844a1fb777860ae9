import { Redactor, systemClock, VendorError, type Deadline } from '@vendorkit/core';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import type { EventStream } from '../../src/events/event-stream.ts';
import type { EventsHost } from '../../src/events/events-host.ts';
import type { EventsTiming } from '../../src/events/events-timing.ts';
import type { EventHandler } from '../../src/events/handling.ts';
import { subscribe } from '../../src/events/subscribe.ts';
import type { SubscribeOptions } from '../../src/events/subscribe-options.ts';
import type { EventFilter } from '../../src/events/topic.ts';
import { startEmulatedBroker } from '../../src/testing/broker/start-broker.ts';
import type {
  BrokerEvent,
  EmulatedBroker,
  EmulatedBrokerOptions,
} from '../../src/testing/emulated-broker.ts';
import type { AccessToken, AccessTokens } from '../../src/token.ts';

const open: { close(): Promise<void> }[] = [];

export const filter: EventFilter = {
  resource: 'certificates',
  action: 'notarize_one',
  mode: 'live',
};
export const topic = 'company/42/live/certificates/notarize_one';
export const clientId = 'company_42_test';

/** A broker that is closed after the test. */
export async function startBroker(options?: EmulatedBrokerOptions): Promise<EmulatedBroker> {
  return closeLater(await startEmulatedBroker(options));
}

export function closeLater<Resource extends { close(): Promise<void> }>(
  resource: Resource,
): Resource {
  // Streams before their brokers.
  open.unshift(resource);
  return resource;
}

/** Ends what a test started. */
export async function closeAll(): Promise<void> {
  for (const resource of open.splice(0)) await resource.close();
}

/** Tokens that a test hands out one after another. */
export class ScriptedTokens implements AccessTokens {
  readonly #tokens: AccessToken[];
  /** What was asked, in order. */
  readonly asked: string[] = [];
  /** Whether another token may be had in place of a refused one. */
  mayReplace = false;
  /** What `get` throws instead. */
  failure: VendorError | undefined;
  refusalError: VendorError | undefined;

  constructor(...tokens: (string | AccessToken)[]) {
    this.#tokens = tokens.map((token) => (typeof token === 'string' ? { token } : token));
    if (tokens.length === 0) this.#tokens.push({ token: canaries.accessToken });
  }

  async get(_deadline: Deadline): Promise<AccessToken> {
    this.asked.push('get');
    if (this.failure !== undefined) throw this.failure;
    return this.#current();
  }

  async getRenewed(_deadline: Deadline): Promise<AccessToken> {
    this.asked.push('getRenewed');
    if (this.failure !== undefined) throw this.failure;
    if (this.#tokens.length > 1) this.#tokens.shift();
    return this.#current();
  }

  held(): AccessToken {
    return this.#current();
  }

  refuse(_token: string): boolean {
    this.asked.push('refuse');
    if (this.mayReplace && this.#tokens.length > 1) this.#tokens.shift();
    return this.mayReplace;
  }

  refusal(_token: string): VendorError | undefined {
    return this.refusalError;
  }

  async forget(): Promise<void> {}
  async close(): Promise<void> {}

  #current(): AccessToken {
    const [token] = this.#tokens;
    if (token === undefined) throw new Error('There is no token left.');
    return token;
  }
}

/** A client's side of streams. Its `close` does what a client's does. */
export interface TestHost extends EventsHost {
  readonly warnings: string[];
  close(): Promise<void>;
}

export function hostOf(
  broker: { readonly url: string },
  options: Partial<EventsHost> = {},
): TestHost {
  const warnings: string[] = [];
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();
  const host: TestHost = {
    brokerUrl: broker.url,
    vhost: 'vhost',
    companyId: '42',
    mode: undefined,
    tokens: new ScriptedTokens(),
    clock: systemClock,
    deadlineMs: 20_000,
    ca: undefined,
    redactor: new Redactor([canaries.accessToken]),
    warnings,
    warn: (warning, message) => {
      warnings.push(warning);
      canary.watch({ message });
    },
    whileOpen: async (caller, task) => {
      const signals = caller === undefined ? [] : [caller];
      const work = task(AbortSignal.any([...signals, closing.signal]));
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled(running);
    },
    ...options,
  };
  return host;
}

export interface Connected {
  readonly broker: { readonly url: string };
  readonly host?: EventsHost;
  readonly filter?: EventFilter | readonly EventFilter[];
  readonly handler?: EventHandler | undefined;
  readonly options?: SubscribeOptions;
  readonly timing?: Partial<EventsTiming>;
}

/** A stream that is closed after the test. It waits little between its attempts. */
export async function connect(what: Connected): Promise<EventStream> {
  const { broker, host = hostOf(broker), handler, options, timing } = what;
  const stream = await subscribe(
    host,
    what.filter ?? filter,
    handler,
    { clientId, ...options },
    { drainMs: 2000, random: () => 0.1, ...timing },
  );
  return canary.watch(closeLater(stream));
}

/** The error of a call that must fail. No secret may show in it. */
export async function failure(call: Promise<unknown>): Promise<VendorError> {
  try {
    await call;
  } catch (error) {
    if (VendorError.is(error)) return canary.watch(error);
    throw error;
  }
  throw new Error('It should have failed.');
}

/** How often something happened at the broker. */
export function count(broker: EmulatedBroker, kind: BrokerEvent['kind']): number {
  return broker.log.filter((event) => event.kind === kind).length;
}
