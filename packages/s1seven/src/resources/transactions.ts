import type { CallPromise } from '@vendorkit/core';
import { z } from 'zod';
import type { NoQuery } from '../model/entity.ts';
import type {
  CreateTransaction,
  LedgerQuery,
  LedgerTransaction,
  SignedTransaction,
  Transaction,
  TransactionType,
} from '../model/transaction.ts';
import type { OperationCaller, OperationInput, S1SevenCallOptions } from '../operation-caller.ts';
import { bigchainOptions, ethereumOptions } from './chain-options.ts';
import { coinType as coinTypeField, id as idField } from './fields.ts';
import { anyObject, noQuery, jsonBody, querySchema, readQuery } from './input.ts';
import { requestObject } from './request-object.ts';

/** The options of {@link Transactions.sign}, beside those of every call. */
export interface SignOptions extends S1SevenCallOptions {
  /** The id of the identity that signs. */
  identity: string;
  type: TransactionType;
}

/** The options of {@link Transactions.send}, beside those of every call. */
export interface SendOptions extends S1SevenCallOptions {
  /** Which ledger: 822 or 100000000 (OpenAPI 0.3.0 of 2021). */
  coinType: number;
}

const createTransaction: z.ZodType<CreateTransaction> = requestObject({
  coinType: coinTypeField,
  bcdbOptions: bigchainOptions.optional(),
  ethOptions: ethereumOptions.optional(),
});

const signQuery = z.strictObject({
  identity: idField,
  type: z.enum(['transparent', 'opaque', 'stealth']),
});

const sendQuery = z.strictObject({ coinType: coinTypeField });

const ledgerQuery = querySchema({
  coinType: coinTypeField,
  query: z.string().min(1),
  key: z.string().min(1).optional(),
  limit: z.int().min(1).optional(),
});

/** What is written to ledgers. */
export class Transactions {
  readonly #caller: OperationCaller;

  /** @internal */
  constructor(caller: OperationCaller) {
    this.#caller = caller;
  }

  /**
   * What the vendor knows of a transaction.
   *
   * `GET /transactions/{id}` (OpenAPI 0.3.0 of 2021). Scope `transactions:read_one`.
   */
  get(id: string, options?: S1SevenCallOptions): CallPromise<Transaction> {
    return this.#caller.call('transactions.get', { path: { id } }, options);
  }

  /**
   * A company's transactions in a mode.
   *
   * `GET /transactions` (OpenAPI 0.3.0 of 2021). Scope `transactions:read_many`.
   */
  list(query?: NoQuery, options?: S1SevenCallOptions): CallPromise<Transaction[]> {
    return this.#caller.call(
      'transactions.list',
      () => ({ query: readQuery(noQuery, query) }),
      options,
    );
  }

  /**
   * Searches a ledger for transactions.
   *
   * `GET /transactions/ledger` (OpenAPI 0.3.0 of 2021). Scope `transactions:read_many`.
   */
  ledger(query: LedgerQuery, options?: S1SevenCallOptions): CallPromise<LedgerTransaction[]> {
    return this.#caller.call(
      'transactions.ledger',
      () => ({ query: readQuery(ledgerQuery, query) }),
      options,
    );
  }

  /**
   * Makes a raw transaction, to be signed and sent. Nothing is written to a ledger yet (inferred).
   *
   * `POST /transactions` (OpenAPI 0.3.0 of 2021). Scope `transactions:create_one`.
   */
  create(body: CreateTransaction, options?: S1SevenCallOptions): CallPromise<LedgerTransaction> {
    return this.#caller.call(
      'transactions.create',
      () => ({ body: jsonBody(createTransaction, body) }),
      options,
    );
  }

  /**
   * Signs a raw transaction.
   *
   * `POST /transactions/sign` (OpenAPI 0.3.0 of 2021). Scope `transactions:sign`.
   */
  sign(unsigned: LedgerTransaction, options: SignOptions): CallPromise<SignedTransaction> {
    const { identity, type, ...call } = { ...options };
    return this.#caller.call(
      'transactions.sign',
      () => signInput(unsigned, { identity, type }),
      call,
    );
  }

  /**
   * Signs a raw transaction that others sign, too.
   *
   * `POST /transactions/partial-sign`. Not public: assumed from the form of the other paths; correct it with
   * the client's option `paths`. Scope `transactions:partial_sign`.
   */
  partialSign(unsigned: LedgerTransaction, options: SignOptions): CallPromise<SignedTransaction> {
    const { identity, type, ...call } = { ...options };
    return this.#caller.call(
      'transactions.partialSign',
      () => signInput(unsigned, { identity, type }),
      call,
    );
  }

  /**
   * Sends a signed transaction to a node. It may be written twice if it is sent twice.
   *
   * `POST /transactions/send` (OpenAPI 0.3.0 of 2021). Scope `transactions:send`.
   */
  send(signed: LedgerTransaction, options: SendOptions): CallPromise<SignedTransaction> {
    const { coinType, ...call } = { ...options };
    return this.#caller.call(
      'transactions.send',
      () => ({
        query: readQuery(sendQuery, { coinType }, 'options'),
        body: jsonBody(anyObject, signed),
      }),
      call,
    );
  }
}

function signInput(unsigned: unknown, query: { identity: unknown; type: unknown }): OperationInput {
  return { query: readQuery(signQuery, query, 'options'), body: jsonBody(anyObject, unsigned) };
}
