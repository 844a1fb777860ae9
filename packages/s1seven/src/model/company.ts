import type { Entity, Related } from './entity.ts';
import type { Transaction } from './transaction.ts';
import type { User } from './user.ts';
import type { Wallet } from './wallet.ts';

/** Where somebody is. */
export interface Address {
  id?: string;
  /** ISO 3166 code of two letters. */
  country: string;
  street: string;
  city: string;
  zipCode: string;
  [field: string]: unknown;
}

/** A company on the platform (OpenAPI 0.3.0 of 2021). */
export interface Company extends Entity {
  name: string;
  address: Address;
  vatId: string;
  emails?: string[];
  websites?: string[];
  /** Addresses of accreditations. */
  accreditations?: string[];
  /**
   * Whether the vendor has verified it. Until then `live` resources are refused (S1SEVEN API
   * information, "Authorization").
   */
  verified: boolean;
  owner: Related<User>;
  members: Related<User>[];
  wallets?: Related<Wallet>[];
  transactions?: Related<Transaction>[];
}

/** What the register of VAT numbers knows of a company. */
export interface ValidatedCompany {
  name: string;
  vatId: string;
  address: Address;
  [field: string]: unknown;
}

/** The countries that the vendor supports. Their form is not public. */
export type Countries = Record<string, unknown>;

/** An address to be. */
export interface CreateAddress {
  /** ISO 3166 code of two letters. */
  readonly country: string;
  /** 4 to 95 characters. */
  readonly street: string;
  /** 1 to 50 characters. */
  readonly city: string;
  readonly zipCode: string;
}

/** What of an address changes. */
export interface UpdateAddress {
  /** The address's own id, not the company's. */
  readonly id: string;
  readonly country?: string | undefined;
  readonly street?: string | undefined;
  readonly city?: string | undefined;
  readonly zipCode?: string | undefined;
}

/** Which company registers. */
export interface CreateCompany {
  /** 4 to 120 characters. */
  readonly name: string;
  /** 4 to 15 characters, for instance `ATU74488404`. */
  readonly vatId: string;
  readonly address: CreateAddress;
}

/** What of a company changes. What is left out stays. */
export interface UpdateCompany {
  /** 4 to 120 characters. */
  readonly name?: string | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly websites?: readonly string[] | undefined;
  readonly accreditations?: readonly string[] | undefined;
  readonly address?: UpdateAddress | undefined;
}
