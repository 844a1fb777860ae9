import type { Mode } from '../operation-caller.ts';
import type { Company } from './company.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { Identity } from './identity.ts';

/** What the vendor knows of a transaction (OpenAPI 0.3.0 of 2021). */
export interface Transaction extends Entity {
  /** Which ledger: its number in SLIP-0044. */
  coinType: number;
  type: Open<TransactionType>;
  /** Its id on the ledger. */
  transactionId?: string;
  /** Whether all signatures are there. */
  signed?: boolean;
  /** Whether it was sent to a node. */
  sent?: boolean;
  fulfillments?: string[];
  mode: Open<Mode>;
  identities: Related<Identity>[];
  owner: Related<Company>;
}

/** How much of a transaction others see (names from OpenAPI 0.3.0 of 2021, which explains none). */
export type TransactionType = 'transparent' | 'opaque' | 'stealth';

/**
 * A transaction as its ledger writes it: of BigchainDB (BEP 13), Ethereum, or another. What the vendor
 * made is passed on as it is.
 */
export type LedgerTransaction = Readonly<Record<string, unknown>>;

/** A signed transaction, with what the vendor knows of it. */
export interface SignedTransaction {
  transaction: Transaction;
  signedTx: LedgerTransaction[];
  /** Which ledger: its number in SLIP-0044. */
  coinType: number;
  [field: string]: unknown;
}

/** A raw transaction to be. */
export interface CreateTransaction {
  /** Which ledger: 822 is BigchainDB, 100000000 Ethereum (OpenAPI 0.3.0 of 2021; the latter inferred). */
  readonly coinType: number;
  readonly bcdbOptions?: BigchainOptions | undefined;
  readonly ethOptions?: EthereumOptions | undefined;
}

/** A raw transaction of BigchainDB: one that makes an asset, or one that hands it on. */
export interface BigchainOptions {
  readonly operation: 'CREATE' | 'TRANSFER';
  /** For `CREATE`. */
  readonly createOptions?:
    | {
        readonly asset: object;
        readonly metadata: object;
        readonly recipients: readonly BigchainRecipient[];
        /** Public keys. */
        readonly issuers: readonly string[];
      }
    | undefined;
  /** For `TRANSFER`. */
  readonly transferOptions?:
    | {
        readonly metadata: object;
        readonly recipients: readonly BigchainRecipient[];
        readonly unspentOutputs: readonly { readonly txId: string; readonly outputIndex: number }[];
      }
    | undefined;
}

/** Who receives of an asset, and how much: an integer, as a text. */
export interface BigchainRecipient {
  readonly publicKeys: readonly string[];
  readonly amount: string;
}

/** A raw transaction of Ethereum. */
export interface EthereumOptions {
  readonly from: string;
  readonly to: string;
  /** An integer, as a text. */
  readonly value: string;
  readonly gas: number;
  readonly chainId: number;
}

/** What is looked for on a ledger. */
export interface LedgerQuery {
  /** Which ledger. Text can be searched on 822 only (OpenAPI 0.3.0 of 2021). */
  readonly coinType: number;
  /** The text to search for. */
  readonly query: string;
  /** Searches on among what was found, by this key of assets or metadata. */
  readonly key?: string | undefined;
  /** How many transactions at most. */
  readonly limit?: number | undefined;
}
