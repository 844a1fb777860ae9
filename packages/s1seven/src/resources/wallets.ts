import { isPlainObject, type CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type { Identity } from '../model/identity.ts';
import type {
  CreateWallet,
  CreateWalletAddress,
  DerivationPath,
  MasterKeyOptions,
  RecoverWallet,
  UpdateWallet,
  Wallet,
  WalletAddress,
  WalletWithKey,
} from '../model/wallet.ts';
import type { OperationCaller, RequestBody, S1SevenCallOptions } from '../operation-caller.ts';
import { change, coinType, id as idField, pathNumber, text } from './fields.ts';
import { jsonBody } from './input.ts';
import { requestObject } from './request-object.ts';

const keyOptions = {
  language: text(3, 20).optional(),
  password: z.string().optional(),
};

const createWallet: z.ZodType<CreateWallet> = requestObject({
  name: text(4, 64),
  options: requestObject(keyOptions) satisfies z.ZodType<MasterKeyOptions>,
});

const updateWallet: z.ZodType<UpdateWallet> = requestObject({ name: text(4, 64).optional() });

const recoverWallet: z.ZodType<RecoverWallet> = requestObject({
  mnemonic: text(32, 512),
  ...keyOptions,
});

const addressOfPlace: z.ZodType<DerivationPath> = requestObject({
  coinType,
  account: pathNumber,
  index: pathNumber,
  change: change.optional(),
});

/** The identity is one that the vendor gave, with whatever it holds. */
const addressOfIdentity = requestObject({ identity: z.looseObject({ id: idField }) });

/**
 * Where a company's keys are kept. The paths are `/wallets`, as all pages of the vendor's documentation
 * have it; the OpenAPI document of 2021 wrote `/wallet`. Scopes are written as in the resource list of
 * 2025; its example of scopes has `wallet`, too, which is what `scopesFor` gives.
 */
export class Wallets {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * A wallet.
   *
   * `GET /wallets/{id}` (OpenAPI 0.3.0 of 2021). Scope `wallets:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Wallet> {
    return this.#caller.call('wallets.get', { path: { id } }, options);
  }

  /**
   * Makes a wallet. **The answer holds the words that it can be recovered with**: keep them safe, and
   * out of logs.
   *
   * `POST /wallets` (documentation of 2025). Scope `wallets:create_one`.
   */
  create(body: CreateWallet, options?: S1SevenCallOptions): CallPromise<WalletWithKey> {
    return this.#caller.call(
      'wallets.create',
      () => ({ body: jsonBody(createWallet, body) }),
      options,
    );
  }

  /**
   * Changes a wallet.
   *
   * `PATCH /wallets/{id}` (OpenAPI 0.3.0 of 2021). Scope `wallets:update_one`.
   */
  update(id: string, body: UpdateWallet, options?: S1SevenCallOptions): CallPromise<Wallet> {
    return this.#caller.call(
      'wallets.update',
      () => ({ path: { id }, body: jsonBody(updateWallet, body, { id }) }),
      options,
    );
  }

  /**
   * Wipes a wallet's key. **All its identities become obsolete.**
   *
   * `DELETE /wallets/{id}` (OpenAPI 0.3.0 of 2021). Scope `wallets:delete_one`.
   */
  delete(id: string, options?: S1SevenCallOptions): CallPromise<Wallet> {
    return this.#caller.call('wallets.delete', { path: { id } }, options);
  }

  /**
   * A wallet's identities.
   *
   * `GET /wallets/{id}/identities` (OpenAPI 0.3.0 of 2021). Scope `wallets:read_one`.
   */
  identities(id: string, options?: S1SevenCallOptions): CallPromise<Identity[]> {
    return this.#caller.call('wallets.identities', { path: { id } }, options);
  }

  /**
   * Makes an address, for an identity or for a place in the wallet.
   *
   * `PATCH /wallets/{id}/address` (OpenAPI 0.3.0 of 2021). Scope `wallets:read_one`.
   */
  createAddress(
    id: string,
    body: CreateWalletAddress,
    options?: S1SevenCallOptions,
  ): CallPromise<WalletAddress> {
    return this.#caller.call(
      'wallets.createAddress',
      () => ({ path: { id }, body: addressBody(body) }),
      options,
    );
  }

  /**
   * Tells a wallet's key, and marks it as backed up. **The answer holds the words that it can be
   * recovered with.**
   *
   * `PATCH /wallets/{id}/backup` (OpenAPI 0.3.0 of 2021). Scope `wallets:update_one`.
   */
  backup(id: string, options?: S1SevenCallOptions): CallPromise<WalletWithKey> {
    return this.#caller.call('wallets.backup', { path: { id } }, options);
  }

  /**
   * Restores a wallet's key from its words.
   *
   * `PATCH /wallets/{id}/recover` (OpenAPI 0.3.0 of 2021). Scope `wallets:update_one`.
   */
  recover(
    id: string,
    body: RecoverWallet,
    options?: S1SevenCallOptions,
  ): CallPromise<WalletWithKey> {
    return this.#caller.call(
      'wallets.recover',
      () => ({ path: { id }, body: jsonBody(recoverWallet, body) }),
      options,
    );
  }
}

function addressBody(body: unknown): RequestBody {
  const isOfIdentity = isPlainObject(body) && 'identity' in body;
  return isOfIdentity ? jsonBody(addressOfIdentity, body) : jsonBody(addressOfPlace, body);
}
