import type { CallPromise } from '@vendorkit/core';
import type { ListQuery } from '../model/entity.ts';
import type { Mail, UpdateMail } from '../model/mail.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { anyObject, anyQuery, jsonBody, readQuery } from './input.ts';

/** The mails that mailhooks sent. */
export class Mails {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A mail.
   *
   * `GET /mails/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `mails:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Mail> {
    return this.#caller.call('mails.get', { path: { id } }, options);
  }

  /**
   * The mails that mailhooks sent.
   *
   * `GET /mails`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `mails:read_many`.
   */
  list(query?: ListQuery, options?: S1SevenCallOptions): CallPromise<Mail[]> {
    return this.#caller.call('mails.list', () => ({ query: readQuery(anyQuery, query) }), options);
  }

  /**
   * Changes a mail. Which fields can be changed is not public. Its id goes into the body, too, as in the
   * vendor's other updates (assumed).
   *
   * `PATCH /mails/{id}`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `mails:update_one`.
   */
  update(id: string, body: UpdateMail, options?: S1SevenCallOptions): CallPromise<Mail> {
    return this.#caller.call(
      'mails.update',
      () => ({ path: { id }, body: jsonBody(anyObject, body, { id }) }),
      options,
    );
  }

  /**
   * Has a mail sent again. What the vendor answers is not public.
   *
   * `POST /mails/{id}/retry`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `mails:retry_one`.
   */
  retry(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('mails.retry', { path: { id } }, options);
  }
}
