import type { CallPromise } from '@vendorkit/core';
import type { z } from 'zod';
import type { CreateNode, LedgerNode, NodeQuery, UpdateNode } from '../model/ledger-node.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { activeOrInactive, coinType, text, url } from './fields.ts';
import { jsonBody, querySchema, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

const createNode: z.ZodType<CreateNode> = requestObject({
  name: text(4, 64),
  coinType,
  connectionUrl: url,
});

const updateNode: z.ZodType<UpdateNode> = requestObject({
  name: text(4, 64),
  connectionUrl: url,
  status: activeOrInactive,
});

const nodeQuery = querySchema({ coinType: coinType.optional() });

/** The servers of the ledgers. */
export class Nodes {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A node.
   *
   * `GET /nodes/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `nodes:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<LedgerNode> {
    return this.#caller.call('nodes.get', { path: { id } }, options);
  }

  /**
   * The nodes of a mode.
   *
   * `GET /nodes` (OpenAPI 0.3.0 of 2021). Scope `nodes:read_many`.
   */
  list(query?: NodeQuery, options?: S1SevenCallOptions): CallPromise<LedgerNode[]> {
    return this.#caller.call('nodes.list', () => ({ query: readQuery(nodeQuery, query) }), options);
  }

  /**
   * Adds a node.
   *
   * `POST /nodes` (OpenAPI 0.3.0 of 2021). Scope `nodes:create_one`.
   */
  create(body: CreateNode, options?: S1SevenCallOptions): CallPromise<LedgerNode> {
    return this.#caller.call('nodes.create', () => ({ body: jsonBody(createNode, body) }), options);
  }

  /**
   * Replaces what is known of a node.
   *
   * `PUT /nodes/{id}` (OpenAPI 0.3.0 of 2021). Scope `nodes:update_one`.
   */
  update(id: string, body: UpdateNode, options?: S1SevenCallOptions): CallPromise<LedgerNode> {
    return this.#caller.call(
      'nodes.update',
      () => ({ path: { id }, body: jsonBody(updateNode, body) }),
      options,
    );
  }

  /**
   * Removes a node. Resolves to what the vendor says, a text in 2021.
   *
   * `DELETE /nodes/{id}` (OpenAPI 0.3.0 of 2021). Scope `nodes:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('nodes.delete', { path: { id } }, options);
  }
}
