import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type { CreateIdentity, DidDocument, Identity, IdentityQuery } from '../model/identity.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { change, coinType, id as idField, pathNumber } from './fields.ts';
import { jsonBody, querySchema, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

const createIdentity: z.ZodType<CreateIdentity> = requestObject({
  coinType,
  account: pathNumber,
  change: change.optional(),
  wallet: idField,
});

const identityQuery = querySchema({
  coinType: coinType.optional(),
  account: pathNumber.optional(),
  index: pathNumber.optional(),
  status: z.enum(['valid', 'obsolete']).optional(),
});

/** The keys that sign for a company. */
export class Identities {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * An identity.
   *
   * `GET /identities/{id}` (OpenAPI 0.3.0 of 2021). Scope `identities:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Identity> {
    return this.#caller.call('identities.get', { path: { id } }, options);
  }

  /**
   * A company's identities in a mode.
   *
   * `GET /identities` (the vendor's own client). Scope `identities:read_many`.
   */
  list(query?: IdentityQuery, options?: S1SevenCallOptions): CallPromise<Identity[]> {
    return this.#caller.call(
      'identities.list',
      () => ({ query: readQuery(identityQuery, query) }),
      options,
    );
  }

  /**
   * Makes an identity. The vendor counts its index up, so twice makes two.
   *
   * `POST /identities` (OpenAPI 0.3.0 of 2021). Scope `identities:create_one`.
   */
  create(body: CreateIdentity, options?: S1SevenCallOptions): CallPromise<Identity> {
    return this.#caller.call(
      'identities.create',
      () => ({ body: jsonBody(createIdentity, body) }),
      options,
    );
  }

  /**
   * What an identity's decentralised identifier stands for.
   *
   * `GET /identities/{id}/did` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  did(id: string, options?: S1SevenCallOptions): CallPromise<DidDocument> {
    return this.#caller.call('identities.did', { path: { id } }, options);
  }
}
