import type { Mode } from '../operation-caller.ts';
import type { Company } from './company.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { Identity } from './identity.ts';

/** Where a company's keys are kept (OpenAPI 0.3.0 of 2021). */
export interface Wallet extends Entity {
  name: string;
  connectionUrl: string;
  backedUp: boolean;
  status: Open<'enabled' | 'disabled'>;
  mode: Open<Mode>;
  /** The language of the words that its key can be recovered with. */
  language?: string;
  owner?: Related<Company>;
  identities?: Related<Identity>[];
}

/**
 * The key that all keys of a wallet follow from. **Whoever has it has the wallet.** It is told when
 * the wallet is made, backed up or recovered.
 */
export interface MasterKey {
  /** The words that the key can be recovered with. */
  mnemonic: string;
  /** The seed, in hexadecimal digits. */
  seedHex: string;
  language?: string;
  [field: string]: unknown;
}

/** A wallet together with its key. */
export interface WalletWithKey {
  wallet: Wallet;
  masterKey: MasterKey;
  [field: string]: unknown;
}

/** How a wallet's key is made. */
export interface MasterKeyOptions {
  /** The language of its words: 3 to 20 characters. The vendor's default is `english`. */
  readonly language?: string | undefined;
  /** Protects the words. Without it they are of no use. */
  readonly password?: string | undefined;
}

/** A wallet to be. */
export interface CreateWallet {
  /** 4 to 64 characters. */
  readonly name: string;
  readonly options: MasterKeyOptions;
}

/** What of a wallet changes. */
export interface UpdateWallet {
  /** 4 to 64 characters. */
  readonly name?: string | undefined;
}

/** What a wallet is recovered with. */
export interface RecoverWallet extends MasterKeyOptions {
  /** The words: 32 to 512 characters together. */
  readonly mnemonic: string;
}

/** Which address is made: by where it stands in the wallet (BIP-0044), or for an identity. */
export type CreateWalletAddress = DerivationPath | { readonly identity: Readonly<Identity> };

/** A place in a wallet (BIP-0044). */
export interface DerivationPath {
  /** Which ledger: its number in SLIP-0044, 0 to 608589380. */
  readonly coinType: number;
  readonly account: number;
  readonly index: number;
  readonly change?: 0 | 1 | undefined;
}

/** An address in a wallet. */
export interface WalletAddress {
  publicKey?: string;
  did?: string;
  [field: string]: unknown;
}
