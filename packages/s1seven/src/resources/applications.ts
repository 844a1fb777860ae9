import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import { mode } from '../call-options.ts';
import type { Application, CreateApplication, UpdateApplication } from '../model/application.ts';
import type { ListQuery } from '../model/entity.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { anyQuery, jsonBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';
import { applicationScopes } from './scope-fields.ts';

const createApplication: z.ZodType<CreateApplication> = requestObject({
  description: z.string().optional(),
  mode,
  scopes: applicationScopes,
});

const updateApplication: z.ZodType<UpdateApplication> = requestObject({
  description: z.string().optional(),
  mode: mode.optional(),
  scopes: applicationScopes.optional(),
});

/** What acts for a company without a person (S1SEVEN API information, "M2M access token"). */
export class Applications {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * An application.
   *
   * `GET /applications/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `applications:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Application> {
    return this.#caller.call('applications.get', { path: { id } }, options);
  }

  /**
   * A company's applications.
   *
   * `GET /applications` (the vendor's own client). Scope `applications:read_many`.
   */
  list(query?: ListQuery, options?: S1SevenCallOptions): CallPromise<Application[]> {
    return this.#caller.call(
      'applications.list',
      () => ({ query: readQuery(anyQuery, query) }),
      options,
    );
  }

  /**
   * Makes an application, with the token of a user. Its `clientSecret` is in the answer. A company may
   * have six.
   *
   * `POST /applications` (documentation of 2025). Scope `applications:create_one`.
   */
  create(body: CreateApplication, options?: S1SevenCallOptions): CallPromise<Application> {
    return this.#caller.call(
      'applications.create',
      () => ({ body: jsonBody(createApplication, body) }),
      options,
    );
  }

  /**
   * Changes an application. Its id goes into the body, too, as in the vendor's other updates (assumed).
   *
   * `PATCH /applications/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `applications:update_one`.
   */
  update(
    id: string,
    body: UpdateApplication,
    options?: S1SevenCallOptions,
  ): CallPromise<Application> {
    return this.#caller.call(
      'applications.update',
      () => ({ path: { id }, body: jsonBody(updateApplication, body, { id }) }),
      options,
    );
  }

  /**
   * Deletes an application, and with it its credentials.
   *
   * `DELETE /applications/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `applications:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('applications.delete', { path: { id } }, options);
  }

  /**
   * Gives an application another `clientSecret`, which is in the answer. Its current access token ends
   * at once.
   *
   * `POST /applications/{id}/rotate-secret` (documentation of 2025). Scope `applications_secrets:rotate`.
   */
  rotateSecret(id: string, options?: S1SevenCallOptions): CallPromise<Application> {
    return this.#caller.call(
      'applications.rotateSecret',
      { path: { id }, body: { json: {} } },
      options,
    );
  }
}
