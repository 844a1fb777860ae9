import type { EmulatedVendor } from './emulated-vendor.ts';
import type { Notarization } from './vendor/notary.ts';
import type {
  ApplicationRecord,
  CompanyRecord,
  EventRecord,
  HookRecord,
  IdentityRecord,
  MailhookRecord,
  MailRecord,
  TransactionRecord,
  UserRecord,
  WalletRecord,
} from './vendor/records.ts';
import { without } from './vendor/without.ts';

/** What has happened in an emulator so far. Secrets are left out. */
export interface S1SevenEmulatorState {
  /** How many tokens were given out. */
  readonly tokensIssued: number;
  /** How many tokens were refused because one can be regenerated a day. */
  readonly tokenRefusals: number;
  /** How many calls were refused because there were too many. */
  readonly quotaRefusals: number;
  readonly users: readonly Omit<UserRecord, 'password'>[];
  readonly companies: readonly CompanyRecord[];
  readonly applications: readonly Omit<ApplicationRecord, 'clientSecret'>[];
  readonly wallets: readonly Omit<WalletRecord, 'mnemonic'>[];
  readonly identities: readonly IdentityRecord[];
  readonly transactions: readonly TransactionRecord[];
  readonly hooks: readonly Omit<HookRecord, 'secret'>[];
  readonly mailhooks: readonly MailhookRecord[];
  /** What hooks were to be told. */
  readonly events: readonly EventRecord[];
  readonly mails: readonly MailRecord[];
  /** Certificates, those that wait included. */
  readonly notarizations: readonly Notarization[];
  /** The token in the link of the last e-mail to an address, to confirm it or to reset a password. */
  emailToken(email: string): string | undefined;
}

/** A view of what happened that is always up to date. */
export function observe({ world, throttler }: EmulatedVendor): S1SevenEmulatorState {
  const { records, tokens, notary } = world;
  return {
    get tokensIssued() {
      return tokens.issuedCount;
    },
    get tokenRefusals() {
      return tokens.refusals;
    },
    get quotaRefusals() {
      return throttler?.refusals ?? 0;
    },
    get users() {
      return records.users.all.map((user) => without(user, 'password'));
    },
    get companies() {
      return records.companies.all;
    },
    get applications() {
      return records.applications.all.map((application) => without(application, 'clientSecret'));
    },
    get wallets() {
      return records.wallets.all.map((wallet) => without(wallet, 'mnemonic'));
    },
    get identities() {
      return records.identities.all;
    },
    get transactions() {
      return records.transactions.all;
    },
    get hooks() {
      return records.hooks.all.map((hook) => without(hook, 'secret'));
    },
    get mailhooks() {
      return records.mailhooks.all;
    },
    get events() {
      return records.events.all;
    },
    get mails() {
      return records.mails.all;
    },
    get notarizations() {
      return notary.all;
    },
    emailToken: (email) => records.emailTokens.get(email),
  };
}
