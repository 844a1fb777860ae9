import type { Mode } from '../operation-caller.ts';
import type { Entity, Open, Related } from './entity.ts';
import type { Transaction } from './transaction.ts';
import type { Wallet } from './wallet.ts';

/** A key of a wallet that signs for its company (OpenAPI 0.3.0 of 2021). */
export interface Identity extends Entity {
  /** Which ledger: its number in SLIP-0044. */
  coinType: number;
  account: number;
  index: number;
  change?: number;
  mode: Open<Mode>;
  /** Its decentralised identifier, made of the public key. */
  did: string;
  /** As the ledger writes public keys. */
  publicKey: string;
  /** `obsolete` once its wallet is deleted. */
  status: IdentityStatus;
  wallet: Related<Wallet>;
  transactions?: Related<Transaction>[];
}

export type IdentityStatus = Open<'valid' | 'obsolete'>;

/** An identity to be. The vendor counts its index up: made twice, it is two identities. */
export interface CreateIdentity {
  /** Which ledger: its number in SLIP-0044, 0 to 608589380. */
  readonly coinType: number;
  readonly account: number;
  readonly change?: 0 | 1 | undefined;
  /** The id of its wallet. */
  readonly wallet: string;
}

/** Which identities are listed. */
export interface IdentityQuery {
  /** Those of one ledger: its number in SLIP-0044. */
  readonly coinType?: number | undefined;
  readonly account?: number | undefined;
  readonly index?: number | undefined;
  readonly status?: 'valid' | 'obsolete' | undefined;
}

/** What a decentralised identifier stands for (W3C DID, as OpenAPI 0.3.0 of 2021 has it). */
export interface DidDocument {
  '@context': string[];
  /** The identifier. */
  id: string;
  publicKey?: DidKey[];
  authentication?: string[];
  assertionMethod?: string[];
  capabilityDelegation?: string[];
  capabilityInvocation?: string[];
  keyAgreement?: DidKey[];
  [field: string]: unknown;
}

/** A key in a {@link DidDocument}. */
export interface DidKey {
  /** The identifier with a fragment. */
  id: string;
  /** For instance `Ed25519VerificationKey2018`. */
  type: string;
  controller: string;
  publicKeyBase58?: string;
  publicKeyBase64?: string;
  [field: string]: unknown;
}
