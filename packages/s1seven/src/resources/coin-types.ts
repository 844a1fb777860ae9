import type { CallPromise } from '@vendorkit/core';
import type { CoinType, CreateCoinType } from '../model/coin-type.ts';
import type { NoQuery } from '../model/entity.ts';
import type { OperationCaller, S1SevenCallOptions } from '../operation-caller.ts';
import { anyObject, noQuery, jsonBody, readQuery } from './input.ts';

/** The ledgers that the vendor supports, by their numbers in SLIP-0044. */
export class CoinTypes {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A ledger, by its number and not by an id.
   *
   * `GET /cointypes/{coinType}` (OpenAPI 0.3.0 of 2021). Scope `cointypes:read_one`.
   */
  get(coinType: number, options?: S1SevenCallOptions): CallPromise<CoinType> {
    return this.#caller.call('coinTypes.get', { path: { coinType } }, options);
  }

  /**
   * The numbers of all ledgers.
   *
   * `GET /cointypes` (OpenAPI 0.3.0 of 2021). Scope `cointypes:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<number[]> {
    return this.#caller.call(
      'coinTypes.list',
      () => ({ query: readQuery(noQuery, query) }),
      options,
    );
  }

  /**
   * Adds a ledger. Which fields the vendor wants is not public.
   *
   * `POST /cointypes` (OpenAPI 0.3.0 of 2021). Scope `cointypes:create_one`.
   */
  create(body: CreateCoinType, options?: S1SevenCallOptions): CallPromise<CoinType> {
    return this.#caller.call(
      'coinTypes.create',
      () => ({ body: jsonBody(anyObject, body) }),
      options,
    );
  }

  /**
   * Makes an active ledger inactive, and an inactive one active. There is no body.
   *
   * `PATCH /cointypes/{coinType}` (OpenAPI 0.3.0 of 2021). Scope `cointypes:update_one`.
   */
  update(coinType: number, options?: S1SevenCallOptions): CallPromise<CoinType> {
    return this.#caller.call('coinTypes.update', { path: { coinType } }, options);
  }

  /**
   * Removes a ledger. Resolves to its number.
   *
   * `DELETE /cointypes/{coinType}` (OpenAPI 0.3.0 of 2021). Scope `cointypes:delete_one`.
   */
  delete(coinType: number, options?: S1SevenCallOptions): CallPromise<number> {
    return this.#caller.call('coinTypes.delete', { path: { coinType } }, options);
  }
}
