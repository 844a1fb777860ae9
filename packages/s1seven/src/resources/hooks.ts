import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import { mode } from '../call-options.ts';
import type { NoQuery } from '../model/entity.ts';
import type { CreateHook, DeletedHook, Hook, UpdateHook } from '../model/hook.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { enabledOrDisabled, url } from './fields.ts';
import { noQuery, jsonBody, readBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';
import { hookScopes } from './scope-fields.ts';

const fields = {
  secret: z.string().max(128).optional(),
  description: z.string().max(50).optional(),
  connectionUrl: url,
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']),
  status: enabledOrDisabled,
  scopes: hookScopes,
  mode: mode.optional(),
};
const newHook: z.ZodType<CreateHook> = requestObject({
  ...fields,
  enableSSL: z.boolean().default(true),
});
const hookChange: z.ZodType<UpdateHook> = requestObject({ ...fields, enableSSL: z.boolean() });

/** Addresses that the vendor tells of events: webhooks. */
export class Hooks {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A hook.
   *
   * `GET /hooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `hooks:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Hook> {
    return this.#caller.call('hooks.get', { path: { id } }, options);
  }

  /**
   * A company's hooks.
   *
   * `GET /hooks` (OpenAPI 0.3.0 of 2021). Scope `hooks:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<Hook[]> {
    return this.#caller.call('hooks.list', () => ({ query: readQuery(noQuery, query) }), options);
  }

  /**
   * Has events sent to an address, whose certificate is checked (`enableSSL`) unless it is said
   * otherwise. Without a `secret` of one's own, the vendor makes one, which is in the answer
   * (documentation of 2021).
   *
   * `POST /hooks` (OpenAPI 0.3.0 of 2021). Scope `hooks:create_one`.
   */
  create(body: CreateHook, options?: S1SevenCallOptions): CallPromise<Hook> {
    return this.#caller.call(
      'hooks.create',
      () => ({ body: { json: readBody(newHook, body) } }),
      options,
    );
  }

  /**
   * Replaces what is known of a hook.
   *
   * `PATCH /hooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `hooks:update_one`.
   */
  update(id: string, body: UpdateHook, options?: S1SevenCallOptions): CallPromise<Hook> {
    return this.#caller.call(
      'hooks.update',
      () => ({ path: { id }, body: jsonBody(hookChange, body, { id }) }),
      options,
    );
  }

  /**
   * Deletes a hook. Resolves to its id.
   *
   * `DELETE /hooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `hooks:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<DeletedHook> {
    return this.#caller.call('hooks.delete', { path: { id } }, options);
  }
}
