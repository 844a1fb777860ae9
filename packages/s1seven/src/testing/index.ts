/**
 * A strict, stateful emulator of S1SEVEN's REST services, broker and webhooks, for your own tests and
 * ours.
 *
 * @packageDocumentation
 */
export { emulatedBehaviours } from './behaviours.ts';
export { startEmulatedBroker } from './broker/start-broker.ts';
export type { EmulatedBehaviour } from './emulated-behaviour.ts';
export type {
  BrokerClient,
  BrokerCloseReason,
  BrokerEvent,
  EmulatedBroker,
  EmulatedBrokerOptions,
} from './emulated-broker.ts';
export { startS1SevenEmulator, type EmulatedEvent, type S1SevenEmulator } from './emulator.ts';
export type { S1SevenEmulatorOptions } from './emulator-options.ts';
export type { S1SevenEmulatorState } from './emulator-state.ts';
export type { Mode } from '../operation-caller.ts';
export type { ContentHash } from './vendor/canonical.ts';
export type { Notarization } from './vendor/notary.ts';
export type {
  AddressRecord,
  ApplicationRecord,
  CompanyRecord,
  DerivationPath,
  EmulatedScopes,
  EventRecord,
  HookRecord,
  IdentityRecord,
  MailhookRecord,
  MailRecord,
  Owned,
  Stored,
  TransactionRecord,
  UserRecord,
  WalletRecord,
  WatchedScope,
} from './vendor/records.ts';
export type { ThrottlerVersion } from './vendor/throttler.ts';
export type { WebhookDelivery } from './vendor/webhook-sender.ts';
