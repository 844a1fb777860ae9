import { Redactor, systemClock } from '@vendorkit/core';
import type { EventsHost } from '../../src/events/events-host.ts';
import type { AccessToken, AccessTokens } from '../../src/token.ts';
import { readTestToken, testToken } from './test-token.ts';

/** Tokens that live for half a day, or as long as a test says, and are replaced when refused. */
export class TestTokens implements AccessTokens {
  readonly #make: () => string;
  #token: string;
  /** How many there were so far. */
  made = 1;

  constructor(make: () => string = () => testToken()) {
    this.#make = make;
    this.#token = make();
  }

  async get(): Promise<AccessToken> {
    const claims = readTestToken(this.#token);
    return { token: this.#token, expiresAtMs: claims && claims.exp * 1000 };
  }

  async getRenewed(): Promise<AccessToken> {
    this.#replace();
    return this.get();
  }

  refuse(token: string): boolean {
    if (token === this.#token) this.#replace();
    return true;
  }

  refusal(): undefined {}
  async forget(): Promise<void> {}
  async close(): Promise<void> {}

  #replace(): void {
    this.made += 1;
    this.#token = this.#make();
  }
}

/** The host of a stream of company 42's events, on real time. */
export function servicesHost(brokerUrl: string, options: Partial<EventsHost> = {}): EventsHost {
  return {
    brokerUrl,
    vhost: undefined,
    companyId: '42',
    mode: undefined,
    tokens: new TestTokens(),
    clock: systemClock,
    deadlineMs: 30_000,
    ca: undefined,
    redactor: new Redactor(),
    warn: () => {},
    whileOpen: async (caller, task) => task(caller ?? new AbortController().signal),
    ...options,
  };
}
