import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type {
  Company,
  Countries,
  CreateCompany,
  UpdateCompany,
  ValidatedCompany,
} from '../model/company.ts';
import type { NoQuery } from '../model/entity.ts';
import type { Wallet } from '../model/wallet.ts';
import type { OperationCaller, OperationInput, S1SevenCallOptions } from '../operation-caller.ts';
import { email, id as idField, text } from './fields.ts';
import { anyObject, noQuery, jsonBody, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

const country = z.string().length(2);
const street = text(4, 95);
const city = text(1, 50);
const zipCode = z.string();
const texts = z.array(z.string());
const vatId = text(4, 15);

const createCompany: z.ZodType<CreateCompany> = requestObject({
  name: text(4, 120),
  vatId,
  address: requestObject({ country, street, city, zipCode }),
});

const updateCompany: z.ZodType<UpdateCompany> = requestObject({
  name: text(4, 120).optional(),
  emails: texts.optional(),
  websites: texts.optional(),
  accreditations: texts.optional(),
  address: z
    .looseObject({
      id: idField,
      country: country.optional(),
      street: street.optional(),
      city: city.optional(),
      zipCode: zipCode.optional(),
    })
    .optional(),
});

const validateQuery = z.strictObject({ vatId });
const member = z.strictObject({ member: email });

/** Companies, which own everything else. */
export class Companies {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A company.
   *
   * `GET /companies/{id}` (documentation of 2025). Scope `companies:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Company> {
    return this.#caller.call('companies.get', { path: { id } }, options);
  }

  /**
   * All companies that the token may see.
   *
   * `GET /companies` (OpenAPI 0.3.0 of 2021). Scope `companies:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<Company[]> {
    return this.#caller.call(
      'companies.list',
      () => ({ query: readQuery(noQuery, query) }),
      options,
    );
  }

  /**
   * Registers a company. Until the vendor has verified it, its `live` resources are refused.
   *
   * `POST /companies` (OpenAPI 0.3.0 of 2021). Scope `companies:create_one`.
   */
  create(body: CreateCompany, options?: S1SevenCallOptions): CallPromise<Company> {
    return this.#caller.call(
      'companies.create',
      () => ({ body: jsonBody(createCompany, body) }),
      options,
    );
  }

  /**
   * Changes a company.
   *
   * `PATCH /companies/{id}` (OpenAPI 0.3.0 of 2021). Scope `companies:update_one`.
   */
  update(id: string, body: UpdateCompany, options?: S1SevenCallOptions): CallPromise<Company> {
    return this.#caller.call(
      'companies.update',
      () => ({ path: { id }, body: jsonBody(updateCompany, body, { id }) }),
      options,
    );
  }

  /**
   * Deletes a company. Resolves to what the vendor says, a text in 2021.
   *
   * `DELETE /companies/{id}` (OpenAPI 0.3.0 of 2021). Scope `companies:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<unknown> {
    return this.#caller.call('companies.delete', { path: { id } }, options);
  }

  /**
   * Asks the register of VAT numbers for a company.
   *
   * `GET /companies/validate` (OpenAPI 0.3.0 of 2021). Scope `companies:validate_one`.
   */
  validate(
    query: { readonly vatId: string },
    options?: S1SevenCallOptions,
  ): CallPromise<ValidatedCompany> {
    return this.#caller.call(
      'companies.validate',
      () => ({ query: readQuery(validateQuery, query) }),
      options,
    );
  }

  /**
   * Confirms a company. What the vendor wants in the body, if anything, is not known.
   *
   * `POST /companies/{id}/confirm`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `companies:confirm`.
   */
  confirm(
    id: string,
    body: Readonly<Record<string, unknown>> = {},
    options?: S1SevenCallOptions,
  ): CallPromise<unknown> {
    return this.#caller.call(
      'companies.confirm',
      () => ({ path: { id }, body: jsonBody(anyObject, body) }),
      options,
    );
  }

  /**
   * The countries that the vendor supports.
   *
   * `GET /companies/countries` (OpenAPI 0.3.0 of 2021). No scope is documented.
   */
  countries(options?: S1SevenCallOptions): CallPromise<Countries> {
    return this.#caller.call('companies.countries', {}, options);
  }

  /**
   * A company's wallet in a mode.
   *
   * `GET /companies/{id}/wallet` (OpenAPI 0.3.0 of 2021). Scope `companies:read_one`.
   */
  wallet(id: string, options?: S1SevenCallOptions): CallPromise<Wallet> {
    return this.#caller.call('companies.wallet', { path: { id } }, options);
  }

  /**
   * Makes a user a member, by e-mail address.
   *
   * `PATCH /companies/{id}/member` (OpenAPI 0.3.0 of 2021). Scope `companies:update_one`.
   */
  addMember(id: string, address: string, options?: S1SevenCallOptions): CallPromise<Company> {
    return this.#caller.call('companies.addMember', () => memberOf(id, address), options);
  }

  /**
   * Ends a user's membership, by e-mail address.
   *
   * `DELETE /companies/{id}/member` (OpenAPI 0.3.0 of 2021). Scope `companies:update_one`.
   */
  removeMember(id: string, address: string, options?: S1SevenCallOptions): CallPromise<Company> {
    return this.#caller.call('companies.removeMember', () => memberOf(id, address), options);
  }
}

function memberOf(id: string, address: unknown): OperationInput {
  return { path: { id }, body: jsonBody(member, { member: address }) };
}
