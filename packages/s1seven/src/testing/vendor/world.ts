import type { Clock } from '@vendorkit/core';
import type { Announcer } from './announcer.ts';
import { Collection } from './collection.ts';
import type { Notary } from './notary.ts';
import type {
  ApplicationRecord,
  CertificateRecord,
  CoinTypeRecord,
  CompanyRecord,
  EventRecord,
  HookRecord,
  IdentityRecord,
  MailhookRecord,
  MailRecord,
  NodeRecord,
  TransactionRecord,
  UserRecord,
  WalletRecord,
} from './records.ts';
import type { TokenDesk } from './token-desk.ts';

/** Everything that the emulated vendor remembers. */
export class Records {
  readonly users: Collection<UserRecord>;
  readonly companies: Collection<CompanyRecord>;
  readonly applications: Collection<ApplicationRecord>;
  readonly coinTypes: Collection<CoinTypeRecord>;
  readonly nodes: Collection<NodeRecord>;
  readonly wallets: Collection<WalletRecord>;
  readonly identities: Collection<IdentityRecord>;
  readonly transactions: Collection<TransactionRecord>;
  readonly certificates: Collection<CertificateRecord>;
  readonly hooks: Collection<HookRecord>;
  readonly events: Collection<EventRecord>;
  readonly mailhooks: Collection<MailhookRecord>;
  readonly mails: Collection<MailRecord>;
  /** What stands in the links of e-mails: a token for each address, to confirm it or to reset a password. */
  readonly emailTokens = new Map<string, string>();

  constructor(clock: Clock) {
    this.users = new Collection('user', clock);
    this.companies = new Collection('company', clock);
    this.applications = new Collection('application', clock);
    this.coinTypes = new Collection('coin type', clock);
    this.nodes = new Collection('node', clock);
    this.wallets = new Collection('wallet', clock);
    this.identities = new Collection('identity', clock);
    this.transactions = new Collection('transaction', clock);
    this.certificates = new Collection('certificate', clock);
    this.hooks = new Collection('hook', clock);
    this.events = new Collection('event', clock);
    this.mailhooks = new Collection('mailhook', clock);
    this.mails = new Collection('mail', clock);
  }
}

/** What the answers of the emulated vendor come from. */
export interface World {
  readonly clock: Clock;
  readonly records: Records;
  readonly tokens: TokenDesk;
  readonly announcer: Announcer;
  readonly notary: Notary;
  /** Whether the company's user has set up a second factor. */
  readonly hasMfa: boolean;
}
