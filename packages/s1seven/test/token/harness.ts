import {
  memoryTokenStore,
  startDeadline,
  VendorError,
  type Deadline,
  type TokenStore,
} from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import { canaries } from '../../../../tooling/canary/canary.ts';
import {
  createAccessTokens,
  type AccessTokens,
  type Credentials,
  type TokenContext,
} from '../../src/token.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const application = {
  clientId: 'application-7',
  clientSecret: canaries.clientSecret,
} as const;

/** A JSON web token that nobody signed. */
export function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.${part('signature')}`;
}

/** The error that a promise is rejected with. Anything but a VendorError fails the test. */
export async function failure(promise: Promise<unknown>): Promise<VendorError> {
  const outcome = await promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (VendorError.is(outcome)) return outcome;
  throw new Error('Expected a VendorError', { cause: outcome });
}

/** The vendor's side: it answers `POST /tokens`, after 100 ms, and counts. */
export class TokenVendor {
  readonly clock: VirtualClock;
  readonly askedAt: number[] = [];
  /** The secret that it takes. */
  clientSecret: string = canaries.clientSecret;
  /** What it answers with; by default a token of its own for each request. */
  answer: (number: number) => unknown;

  constructor(clock = new VirtualClock()) {
    this.clock = clock;
    this.answer = (number) => ({
      accessToken: this.token(number),
      application: { mode: 'test', owner: { id: 'company-9' } },
    });
  }

  /** A token that ends in a day. */
  token(number: number): string {
    return jwt({ exp: Math.floor((this.clock.now() + dayMs) / 1_000), jti: `token-${number}` });
  }

  get requests(): number {
    return this.askedAt.length;
  }

  readonly request: TokenContext['request'] = async (body, deadline: Deadline) => {
    this.askedAt.push(this.clock.now());
    const number = this.askedAt.length;
    if (body.clientSecret !== this.clientSecret) throw new Error('A wrong secret.');
    await deadline.sleep(100);
    const answer = this.answer(number);
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/** A client's tokens, and what it heard. */
export class TokenClient {
  readonly tokens: AccessTokens;
  readonly warnings: string[] = [];
  readonly secrets: string[] = [];
  readonly clock: VirtualClock;

  constructor(
    vendor: TokenVendor,
    {
      credentials = application,
      store = memoryTokenStore(),
    }: { credentials?: Credentials; store?: 'memory' | 'file' | TokenStore } = {},
  ) {
    this.clock = vendor.clock;
    this.tokens = createAccessTokens(credentials, {
      clock: vendor.clock,
      key: 's1seven application-7',
      store,
      request: vendor.request,
      warn: (warning) => this.warnings.push(warning),
      addSecret: (token) => this.secrets.push(token),
    });
  }

  deadline(deadlineMs = 10_000): Deadline {
    return startDeadline({ clock: this.clock, deadlineMs });
  }

  /** The token for a call. */
  async get(): Promise<string> {
    const { token } = await this.clock.run(this.tokens.get(this.deadline()));
    return token;
  }

  /** What a call does with a token that the vendor refuses: it tries once more, if it may. */
  async callRefused(): Promise<string | undefined> {
    return this.tokens.refuse(await this.get()) ? this.get() : undefined;
  }
}
