import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type { CreateToken, TokenResponse } from '../model/application.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { jsonBody } from './input.ts';
import { requestObject } from './request-object.ts';

const createToken: z.ZodType<CreateToken> = requestObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
});

/** The access tokens of applications. */
export class Tokens {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * Asks for a token. **One can be had for an application and day** (S1SEVEN API information, "M2M
   * access token"), so leave it to the client, which keeps it: give it `clientId` and `clientSecret`.
   * Needs no token. Never repeated by itself once it was sent.
   *
   * `POST /tokens` (documentation of 2025). Scope `tokens:create_one`.
   */
  create(body: CreateToken, options?: S1SevenCallOptions): CallPromise<TokenResponse> {
    return this.#caller.call(
      'tokens.create',
      () => ({ body: jsonBody(createToken, body) }),
      options,
    );
  }
}
