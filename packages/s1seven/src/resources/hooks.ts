import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import { mode } from '../call-options.ts';
import type { ListQuery } from '../model/entity.ts';
import type { CreateHook, DeletedHook, Hook, UpdateHook } from '../model/hook.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { enabledOrDisabled, hookScopes, url } from './fields.ts';
import { anyQuery, jsonBody, readQuery } from './input.ts';

const hook: z.ZodType<CreateHook> = z.looseObject({
  secret: z.string().max(128).optional(),
  description: z.string().max(50).optional(),
  connectionUrl: url,
  contentType: z.enum(['application/json', 'application/x-www-form-urlencoded']),
  status: enabledOrDisabled,
  enableSSL: z.boolean(),
  scopes: hookScopes,
  mode: mode.optional(),
});

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
  list(query?: ListQuery, options?: S1SevenCallOptions): CallPromise<Hook[]> {
    return this.#caller.call('hooks.list', () => ({ query: readQuery(anyQuery, query) }), options);
  }

  /**
   * Has events sent to an address. Without a `secret` of one's own, the vendor makes one, which is in
   * the answer (documentation of 2021).
   *
   * `POST /hooks` (OpenAPI 0.3.0 of 2021). Scope `hooks:create_one`.
   */
  create(body: CreateHook, options?: S1SevenCallOptions): CallPromise<Hook> {
    return this.#caller.call('hooks.create', () => ({ body: jsonBody(hook, body) }), options);
  }

  /**
   * Replaces what is known of a hook.
   *
   * `PATCH /hooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `hooks:update_one`.
   */
  update(id: string, body: UpdateHook, options?: S1SevenCallOptions): CallPromise<Hook> {
    return this.#caller.call(
      'hooks.update',
      () => ({ path: { id }, body: jsonBody(hook, body, { id }) }),
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
