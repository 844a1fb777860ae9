import { validate, type CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type { Company } from '../model/company.ts';
import type { NoQuery, Related } from '../model/entity.ts';
import type { CreateUser, MailNotice, SetPassword, UpdateUser, User } from '../model/user.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { activeOrInactive, email, text } from './fields.ts';
import { noQuery, jsonBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

const createUser: z.ZodType<CreateUser> = requestObject({
  username: text(4, 64),
  email,
  password: z.string().min(8),
});

const updateUser: z.ZodType<UpdateUser> = requestObject({
  username: text(4, 64).optional(),
  email: email.optional(),
  status: activeOrInactive.optional(),
  onBoarded: z.boolean().optional(),
});

const setPassword: z.ZodType<SetPassword> = z.strictObject({
  token: z.string().min(1),
  password: z.string().min(1),
});

const newPassword = z.strictObject({ password: z.string().min(1) });

const confirmation = z.strictObject({ token: z.string().min(1) });

/** People with a login. */
export class Users {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * The user whom the token belongs to, with their companies.
   *
   * `GET /users/me` (documentation of 2025). Scope `users:read_one`.
   */
  me(options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call('users.me', {}, options);
  }

  /**
   * A user.
   *
   * `GET /users/{id}` (OpenAPI 0.3.0 of 2021). Scope `users:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call('users.get', { path: { id } }, options);
  }

  /**
   * All users that the token may see.
   *
   * `GET /users` (OpenAPI 0.3.0 of 2021). Scope `users:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<User[]> {
    return this.#caller.call('users.list', () => ({ query: readQuery(noQuery, query) }), options);
  }

  /**
   * Registers somebody, who gets a mail to confirm the address. Needs no token.
   *
   * `POST /users` (documentation of 2025). Scope `users:create_one`.
   */
  create(body: CreateUser, options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call('users.create', () => ({ body: jsonBody(createUser, body) }), options);
  }

  /**
   * Changes a user.
   *
   * `PATCH /users/{id}` (OpenAPI 0.3.0 of 2021). Scope `users:update_one`.
   */
  update(id: string, body: UpdateUser, options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call(
      'users.update',
      () => ({ path: { id }, body: jsonBody(updateUser, body, { id }) }),
      options,
    );
  }

  /**
   * Deletes a user. Resolves to what the vendor says, a text in 2021.
   *
   * `DELETE /users/{id}` (OpenAPI 0.3.0 of 2021). Scope `users:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('users.delete', { path: { id } }, options);
  }

  /**
   * A user's companies.
   *
   * `GET /users/{id}/companies` (OpenAPI 0.3.0 of 2021). Scope `users:read_one`.
   */
  companies(id: string, options?: S1SevenCallOptions): CallPromise<Related<Company>[]> {
    return this.#caller.call('users.companies', { path: { id } }, options);
  }

  /**
   * Confirms an address with the token from the mail, which works once. Needs no access token. The
   * vendor answers with a redirect to a page, which is not followed. Logins have gone to another
   * provider since 2021, so this may be gone.
   *
   * `GET /users/confirm-email` (OpenAPI 0.3.0 of 2021). Scope `users:confirm`.
   */
  confirm(token: string, options?: S1SevenCallOptions): CallPromise<void> {
    return this.#caller.call(
      'users.confirm',
      () => ({
        query: validate(confirmation, { token }, { code: 'INVALID_REQUEST' }),
      }),
      options,
    );
  }

  /**
   * Has the mail that asks to confirm an address sent again. Needs no token.
   *
   * `GET /users/verify-email/{email}` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  resendVerification(address: string, options?: S1SevenCallOptions): CallPromise<MailNotice> {
    return this.#caller.call('users.resendVerification', () => emailPath(address), options);
  }

  /**
   * Has a mail sent that allows to set a new password. Needs no token.
   *
   * `GET /users/reset-password/{email}` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  resetPassword(address: string, options?: S1SevenCallOptions): CallPromise<MailNotice> {
    return this.#caller.call('users.resetPassword', () => emailPath(address), options);
  }

  /**
   * Sets a new password with the token from the mail, which works once. Needs no access token.
   *
   * `POST /users/reset-password` (OpenAPI 0.3.0 of 2021). Scope `users:reset`.
   */
  setPassword(body: SetPassword, options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call(
      'users.setPassword',
      () => {
        const { token, password } = validate(setPassword, body, {
          code: 'INVALID_REQUEST',
          root: 'body',
        });
        return { query: { token }, body: { json: { password } } };
      },
      options,
    );
  }

  /**
   * Gives a user another password.
   *
   * `PUT /users/{id}/password` (OpenAPI 0.3.0 of 2021). Scope `users:reset`.
   */
  changePassword(id: string, password: string, options?: S1SevenCallOptions): CallPromise<User> {
    return this.#caller.call(
      'users.changePassword',
      () => ({ path: { id }, body: jsonBody(newPassword, { password }) }),
      options,
    );
  }
}

function emailPath(address: unknown): { path: { email: string } } {
  return { path: validate(emailAddress, { email: address }, { code: 'INVALID_REQUEST' }) };
}

const emailAddress = z.strictObject({ email });
