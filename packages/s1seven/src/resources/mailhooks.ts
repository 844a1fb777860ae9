import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import { mode } from '../call-options.ts';
import type { NoQuery } from '../model/entity.ts';
import type { DeletedHook } from '../model/hook.ts';
import type { CreateMailhook, Mailhook, UpdateMailhook } from '../model/mailhook.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { enabledOrDisabled } from './fields.ts';
import { noQuery, jsonBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';
import { hookScopes } from './scope-fields.ts';

const mailhook: z.ZodType<CreateMailhook> = requestObject({
  description: z.string().max(50).optional(),
  status: enabledOrDisabled,
  scopes: hookScopes,
  mode: mode.optional(),
});

/** Events that the vendor tells of by mail. */
export class Mailhooks {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A mailhook.
   *
   * `GET /mailhooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `mailhooks:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Mailhook> {
    return this.#caller.call('mailhooks.get', { path: { id } }, options);
  }

  /**
   * A company's mailhooks.
   *
   * `GET /mailhooks` (OpenAPI 0.3.0 of 2021). Scope `mailhooks:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<Mailhook[]> {
    return this.#caller.call(
      'mailhooks.list',
      () => ({ query: readQuery(noQuery, query) }),
      options,
    );
  }

  /**
   * Has mails sent about events.
   *
   * `POST /mailhooks` (OpenAPI 0.3.0 of 2021). Scope `mailhooks:create_one`.
   */
  create(body: CreateMailhook, options?: S1SevenCallOptions): CallPromise<Mailhook> {
    return this.#caller.call(
      'mailhooks.create',
      () => ({ body: jsonBody(mailhook, body) }),
      options,
    );
  }

  /**
   * Replaces what is known of a mailhook.
   *
   * `PATCH /mailhooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `mailhooks:update_one`.
   */
  update(id: string, body: UpdateMailhook, options?: S1SevenCallOptions): CallPromise<Mailhook> {
    return this.#caller.call(
      'mailhooks.update',
      () => ({ path: { id }, body: jsonBody(mailhook, body, { id }) }),
      options,
    );
  }

  /**
   * Deletes a mailhook. Resolves to its id.
   *
   * `DELETE /mailhooks/{id}` (OpenAPI 0.3.0 of 2021). Scope `mailhooks:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<DeletedHook> {
    return this.#caller.call('mailhooks.delete', { path: { id } }, options);
  }
}
