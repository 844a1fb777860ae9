import type { Mode } from '../../operation-caller.ts';

/** What every record has. */
export interface Stored {
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** Which actions on which resources are allowed: the scopes of applications and tokens. */
export type EmulatedScopes = Readonly<Record<string, { readonly actions: readonly string[] }>>;

/** Which actions on a resource are watched: the scopes of hooks, which have another form. */
export interface WatchedScope {
  readonly resource: string;
  readonly actions: readonly string[];
}

export interface UserRecord extends Stored {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly role: 'USER' | 'ADMIN';
  readonly status: 'active' | 'inactive';
  readonly emailConfirmed: boolean;
  readonly onBoarded: boolean;
}

export interface AddressRecord {
  readonly id: string;
  readonly country: string;
  readonly street: string;
  readonly city: string;
  readonly zipCode: string;
}

export interface CompanyRecord extends Stored {
  readonly name: string;
  readonly vatId: string;
  readonly address: AddressRecord;
  readonly emails: readonly string[];
  readonly websites: readonly string[];
  readonly accreditations: readonly string[];
  readonly verified: boolean;
  /** A user's id. */
  readonly owner: string;
  /** Users' ids. */
  readonly members: readonly string[];
}

export interface ApplicationRecord extends Stored {
  readonly description: string;
  readonly mode: Mode;
  readonly scopes: EmulatedScopes;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A company's id. */
  readonly owner: string;
}

export interface CoinTypeRecord extends Stored {
  readonly bip44Id: number;
  readonly status: 'active' | 'inactive';
}

export interface NodeRecord extends Stored {
  readonly name: string;
  readonly coinType: number;
  readonly connectionUrl: string;
  readonly status: 'active' | 'inactive';
  readonly mode: Mode;
}

/** What belongs to a company and a mode. */
export interface Owned extends Stored {
  readonly mode: Mode;
  /** A company's id. */
  readonly owner: string;
}

export interface WalletRecord extends Owned {
  readonly name: string;
  readonly connectionUrl: string;
  readonly backedUp: boolean;
  readonly status: 'enabled' | 'disabled';
  readonly language: string;
  readonly mnemonic: string;
}

/** How the keys of an identity are derived. */
export interface DerivationPath {
  readonly coinType: number;
  readonly account: number;
  readonly index: number;
  readonly change: number;
}

export interface IdentityRecord extends Owned, DerivationPath {
  readonly did: string;
  readonly publicKey: string;
  readonly status: 'valid' | 'obsolete';
  /** A wallet's id. */
  readonly wallet: string;
}

export interface TransactionRecord extends Owned {
  readonly coinType: number;
  readonly type: 'transparent' | 'opaque' | 'stealth';
  readonly transactionId: string;
  readonly sent: boolean;
  /** The ids of those that have signed. */
  readonly identities: readonly string[];
  /** The transaction itself, signed. */
  readonly content: Readonly<Record<string, unknown>>;
}

export interface HookRecord extends Stored {
  readonly secret: string;
  readonly description: string;
  readonly connectionUrl: string;
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
  readonly status: 'enabled' | 'disabled';
  readonly enableSSL: boolean;
  readonly scopes: readonly WatchedScope[];
  /** A company's id. */
  readonly owner: string;
}

export interface EventRecord extends Stored {
  readonly resource: string;
  readonly action: string;
  readonly payload: unknown;
  readonly delivered: boolean;
  readonly deliveryError?: string | undefined;
  /** A hook's id. */
  readonly hook: string;
  /** A company's id. */
  readonly owner: string;
}

export interface MailhookRecord extends Stored {
  readonly description: string;
  readonly status: 'enabled' | 'disabled';
  readonly scopes: readonly WatchedScope[];
  /** A company's id. */
  readonly owner: string;
}

export interface MailRecord extends Stored {
  readonly resource: string;
  readonly action: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly content: readonly { readonly value: string; readonly type: string }[];
  readonly delivered: boolean;
  /** A mailhook's id. */
  readonly hook: string;
  /** A company's id. */
  readonly owner: string;
}

/** A certificate that was created, and no more. */
export interface CertificateRecord extends Stored {
  readonly content: unknown;
  /** A company's id. */
  readonly owner: string;
}
