import type { Company, Address } from './company.ts';
import type { Entity, Open, Related } from './entity.ts';

/** A person with a login (OpenAPI 0.3.0 of 2021). */
export interface User extends Entity {
  username: string;
  email: string;
  address?: Address;
  role: Open<'USER' | 'ADMIN'>;
  status: UserStatus;
  /** Whether the person followed the link in the first mail. */
  emailConfirmed: boolean;
  onBoarded: boolean;
  /** The companies that the person owns (inferred from the names). */
  companies?: Related<Company>[];
  /** The companies that the person was made a member of (inferred from the names). */
  assignedCompanies?: Related<Company>[];
}

export type UserStatus = Open<'active' | 'inactive'>;

/** Who registers. */
export interface CreateUser {
  /** 4 to 64 characters. */
  readonly username: string;
  readonly email: string;
  /** 8 characters at least. */
  readonly password: string;
}

/** What of a user changes. What is left out stays. */
export interface UpdateUser {
  /** 4 to 64 characters. */
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly onBoarded?: boolean | undefined;
}

/** A new password, with the token from the mail that allows to set it. */
export interface SetPassword {
  /** The token of the link in the mail. It works once. */
  readonly token: string;
  readonly password: string;
}

/** What the vendor says about a mail that it sent. */
export interface MailNotice {
  message?: string;
  [field: string]: unknown;
}

/** How far a user got with the first steps. Its fields are not public. */
export type UserOnboardingRecord = Record<string, unknown>;
