import type { CallPromise, QuotaStatus } from '@vendorkit/core';
import type { EventStream } from './events/event-stream.ts';
import type { EventHandler } from './events/handling.ts';
import type { SubscribeOptions } from './events/subscribe-options.ts';
import type { EventFilter } from './events/topic.ts';
import type { S1SevenCallOptions } from './operation-caller.ts';
import { readOptions, type S1SevenOptions } from './options.ts';
import type { RawRequest } from './raw-request.ts';
import { Applications } from './resources/applications.ts';
import { Certificates } from './resources/certificates.ts';
import { CoinTypes } from './resources/coin-types.ts';
import { Companies } from './resources/companies.ts';
import { Events } from './resources/events.ts';
import { Hooks } from './resources/hooks.ts';
import { Identities } from './resources/identities.ts';
import { Mailhooks } from './resources/mailhooks.ts';
import { Mails } from './resources/mails.ts';
import { Nodes } from './resources/nodes.ts';
import { Tokens } from './resources/tokens.ts';
import { Transactions } from './resources/transactions.ts';
import { UserOnboarding } from './resources/user-onboarding.ts';
import { Users } from './resources/users.ts';
import { Wallets } from './resources/wallets.ts';
import { Vendor } from './vendor.ts';
import { webhooks, type Webhooks } from './webhooks/webhooks.ts';

/**
 * A client for S1SEVEN: its REST API, and the events that its broker sends.
 *
 * Every call waits for the quota and carries a token, which is asked for once a day and kept. It is
 * repeated where that is safe.
 *
 * @example
 * ```ts
 * const s1 = new S1Seven({
 *   environment: 'staging',
 *   mode: 'test',
 *   clientId: process.env.S1SEVEN_CLIENT_ID!,
 *   clientSecret: process.env.S1SEVEN_CLIENT_SECRET!,
 * });
 * const { id } = (await s1.identities.list())[0]!;
 * await s1.certificates.notarize(certificate, { identity: id });
 * await s1.close();
 * ```
 */
export class S1Seven {
  /** Receives webhooks: `S1Seven.webhooks.verify(rawBody, headers, { secret })`. It needs no client. */
  static readonly webhooks: Webhooks = webhooks;

  /** Users, and the one that a token belongs to. */
  readonly users: Users;
  /** What a user has yet to do. */
  readonly userOnboarding: UserOnboarding;
  /** Companies and their members. */
  readonly companies: Companies;
  /** What acts for a company without a person. */
  readonly applications: Applications;
  /** The tokens of applications. The client gets its own by itself. */
  readonly tokens: Tokens;
  /** The ledgers. */
  readonly coinTypes: CoinTypes;
  /** The ledgers' nodes. */
  readonly nodes: Nodes;
  /** What holds a company's keys. */
  readonly wallets: Wallets;
  /** The keys of a wallet, with which certificates are notarized. */
  readonly identities: Identities;
  /** What is written to a ledger. */
  readonly transactions: Transactions;
  /** Quality certificates. */
  readonly certificates: Certificates;
  /** Webhooks. */
  readonly hooks: Hooks;
  /** What webhooks were told. Those that the broker sends come by {@link S1Seven.subscribe}. */
  readonly events: Events;
  /** Mails that are sent when something happens. */
  readonly mailhooks: Mailhooks;
  /** The mails that were sent. */
  readonly mails: Mails;
  /** What is left of the quota, without using any: `s1.quota.peek()`. */
  readonly quota: { peek(): QuotaStatus };
  readonly #vendor: Vendor;

  /** @throws VendorError `CONFIGURATION` naming the field that was refused. */
  constructor(options: S1SevenOptions) {
    const { settings, s1seven, credentials } = readOptions(options);
    const vendor = new Vendor(settings, s1seven, credentials);
    this.#vendor = vendor;
    this.quota = { peek: () => vendor.peek() };
    this.users = new Users(vendor);
    this.userOnboarding = new UserOnboarding(vendor);
    this.companies = new Companies(vendor);
    this.applications = new Applications(vendor);
    this.tokens = new Tokens(vendor);
    this.coinTypes = new CoinTypes(vendor);
    this.nodes = new Nodes(vendor);
    this.wallets = new Wallets(vendor);
    this.identities = new Identities(vendor);
    this.transactions = new Transactions(vendor);
    this.certificates = new Certificates(vendor);
    this.hooks = new Hooks(vendor);
    this.events = new Events(vendor);
    this.mailhooks = new Mailhooks(vendor);
    this.mails = new Mails(vendor);
  }

  /**
   * Sends a request to an endpoint for which there is no method, through the same phases.
   *
   * @example
   * ```ts
   * await s1.request({ method: 'GET', path: '/health' });
   * ```
   *
   * @throws VendorError, whose `code` tells why; see the table of codes in the README.
   */
  request<Result = unknown>(
    request: RawRequest,
    options?: S1SevenCallOptions,
  ): CallPromise<Result> {
    return this.#vendor.request<Result>(request, options);
  }

  /**
   * Receives events over MQTT, each at least once: it is acknowledged when the handler has resolved.
   * It resolves when the broker has granted all topics. Without a handler the stream is iterated over,
   * and each event is acknowledged with its `ack()`.
   *
   * @param filters - Which events; several filters share one connection.
   * @param handler - Handles an event.
   * @throws VendorError as a rejection; `CONFIGURATION` if there is neither a `brokerUrl` nor an
   *   `environment`, or no credentials.
   *
   * @example
   * ```ts
   * const stream = await s1.subscribe(
   *   { resource: 'certificates', action: 'notarize_one' },
   *   async (event) => store(event.payload),
   *   { clientId: `company_${companyId}_archive` },
   * );
   * ```
   */
  async subscribe(
    filters: EventFilter | readonly EventFilter[],
    handler?: EventHandler,
    options?: SubscribeOptions,
  ): Promise<EventStream> {
    const host = this.#vendor.eventsHost();
    // Those who use no events load nothing of what they are made of.
    const { subscribe } = await import('./events/subscribe.ts');
    return subscribe(host, filters, handler, options);
  }

  /**
   * Ends all streams of events, whose running handlers are awaited, then all calls with `CLOSED`, and
   * gives the connections back. A request for a token that is under way is awaited: one can be had a day.
   */
  close(): Promise<void> {
    return this.#vendor.close();
  }

  /** For `await using`. The same as {@link S1Seven.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
