import { memoryTokenStore, systemClock, type Clock, type TokenStore } from '@vendorkit/core';
import { startServer, type EmulatorRequest, type Faults } from '@vendorkit/core/testing';
import type { Mode } from '../operation-caller.ts';
import { startEmulatedBroker } from './broker/start-broker.ts';
import type { EmulatedBroker } from './emulated-broker.ts';
import { EmulatedVendor } from './emulated-vendor.ts';
import {
  readEmulatorOptions,
  type EmulatorSettings,
  type S1SevenEmulatorOptions,
} from './emulator-options.ts';
import { observe, type S1SevenEmulatorState } from './emulator-state.ts';
import { found } from './founding.ts';
import { BrokerAccess } from './vendor/broker-access.ts';
import type { WebhookDelivery } from './vendor/webhook-sender.ts';

/** An event that a test makes happen. */
export interface EmulatedEvent {
  readonly resource: string;
  readonly action: string;
  readonly payload: unknown;
  /** @defaultValue the emulator's */
  readonly mode?: Mode;
}

/** A running emulator of S1SEVEN. */
export interface S1SevenEmulator {
  /** Where the REST services are; it ends in `/api`. */
  readonly url: string;
  /** Where the broker is, for MQTT over TCP. */
  readonly brokerUrl: string;
  /** The clock that was passed, if one was. */
  readonly clock: Clock | undefined;
  /**
   * Ready to spread into the options of a client. Tokens are kept in memory: those of an emulator are
   * worth nothing after it.
   */
  readonly options: {
    readonly baseUrl: string;
    readonly brokerUrl: string;
    readonly vhost: string;
    readonly companyId: string;
    readonly mode: Mode;
    readonly clientId: string;
    readonly clientSecret: string;
    /** One for each emulator: another may have listened at the same port. */
    readonly tokenStore: TokenStore;
    /** With `tls`, its certificate: a client trusts it if it signed itself. */
    readonly ca?: string | Buffer;
  };
  /** The id of the user who owns the company. */
  readonly userId: string;
  /** The id of the application that `options` has the credentials of. */
  readonly applicationId: string;
  /** The id of an identity that certificates can be notarized with. */
  readonly identityId: string;
  /** A new access token of the user, as the vendor's user interface shows it. */
  userToken(): string;
  /** Makes an event happen to the company, for instance `certificates`, `receive_one`. */
  announce(event: EmulatedEvent): void;
  /** Every request received so far, the oldest first. */
  readonly requests: readonly EmulatorRequest[];
  /** Makes the REST services misbehave. */
  readonly faults: Faults;
  readonly broker: EmulatedBroker;
  /** What has happened so far. */
  readonly state: S1SevenEmulatorState;
  /** The webhooks that were sent, the oldest first. */
  readonly deliveries: readonly WebhookDelivery[];
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a strict emulator of S1SEVEN on this machine: its REST services, its broker, its webhooks. There
 * is a verified company with an application, a wallet and an identity. A client that is wrong fails
 * against it. {@link emulatedBehaviours} lists its rules, and which of them are documented.
 *
 * @throws VendorError `CONFIGURATION` naming an unknown option.
 *
 * @example
 * ```ts
 * const emulator = await startS1SevenEmulator();
 * const s1 = new S1Seven(emulator.options);
 * await s1.certificates.notarize(certificate, { identity: emulator.identityId });
 * await s1.close();
 * await emulator.close();
 * ```
 */
export async function startS1SevenEmulator(
  options: S1SevenEmulatorOptions = {},
): Promise<S1SevenEmulator> {
  const settings = readEmulatorOptions(options);
  const clock = settings.clock ?? systemClock;
  const publish = (topic: string, payload: string): void => broker.publish(topic, payload);
  const vendor = new EmulatedVendor(settings, clock, publish);
  const { user, company, application, identity } = found(vendor.world.records, settings);
  // A port that is taken fails here, and leaves nothing behind.
  const server = await startRest(settings, clock, vendor);
  const broker = await startBroker(settings, clock, vendor);
  const [url, brokerUrl] = [`${server.url}/api`, broker.url];
  const { vhost, companyId, mode, clientId, clientSecret } = settings;

  return {
    url,
    brokerUrl,
    clock: settings.clock,
    options: {
      baseUrl: url,
      brokerUrl,
      vhost,
      companyId,
      mode,
      clientId,
      clientSecret,
      tokenStore: memoryTokenStore(),
      ...(settings.tls === undefined ? {} : { ca: settings.tls.cert }),
    },
    userId: user.id,
    applicationId: application.id,
    identityId: identity.id,
    userToken: () => vendor.world.tokens.issueToUser(user),
    announce: (event) => vendor.world.announcer.announce({ mode, ...event, company }),
    requests: server.requests,
    faults: server.faults,
    broker,
    state: observe(vendor),
    deliveries: vendor.sender.deliveries,
    close: async () => {
      await server.close();
      await vendor.close();
      await broker.close();
    },
  };
}

async function startBroker(
  { vhost, refusedFilter, sessionExpiryMs, dropsExpired, tls }: EmulatorSettings,
  clock: Clock,
  { world }: EmulatedVendor,
): Promise<EmulatedBroker> {
  const { authenticate, clientIdPrefixOf, authorise, expiryOf } = new BrokerAccess(world, vhost);
  return startEmulatedBroker({
    clock,
    authenticate,
    clientIdPrefixOf,
    authorise,
    sessionExpiryMs,
    refusedFilter,
    ...(dropsExpired ? { expiryOf } : {}),
    ...(tls === undefined ? {} : { tls }),
  });
}

async function startRest({ tls, port }: EmulatorSettings, clock: Clock, vendor: EmulatedVendor) {
  return startServer({
    handle: async (request) => vendor.handle(request),
    clock,
    ...(tls === undefined ? {} : { tls }),
    ...(port === undefined ? {} : { port }),
  });
}
