/**
 * The SDK for S1SEVEN: REST, events over MQTT, webhooks.
 *
 * @packageDocumentation
 */
export { S1Seven } from './client.ts';
export type { Environment, UrlForm } from './environment.ts';
export type { Mode, RenderedForm, S1SevenCallOptions } from './operation-caller.ts';
export type { OperationName } from './operations.ts';
export type { S1SevenOptions } from './options.ts';
export type { PathOverrides, ResourceName } from './paths.ts';
export type { RawRequest } from './raw-request.ts';
export { scopesFor, type ScopeNeed } from './scopes.ts';
export type { ServiceName } from './service.ts';
export type { AccessTokenProvider } from './token.ts';
export type { QueryValue } from './vendor-request.ts';

// Events.
export type {
  EventAction,
  EventActions,
  EventResource,
  FilteredEvents,
} from './events/event-kinds.ts';
export type { ReceivedEvent } from './events/event-pull.ts';
export type { EventStream } from './events/event-stream.ts';
export type { S1SevenEvent } from './events/event.ts';
export type { EventHandler, HandlerContext, PoisonEvent } from './events/handling.ts';
export type { GapEvent, StreamEvents } from './events/stream-events.ts';
export type { Listener } from './events/stream-listeners.ts';
export type { PoisonDecision, SubscribeOptions } from './events/subscribe-options.ts';
export {
  buildTopic,
  parseTopic,
  type EventFilter,
  type FilteredOwner,
  type Topic,
  type TopicOwner,
} from './events/topic.ts';

// Webhooks.
export type {
  FastifyAnswer,
  FastifyIncoming,
  FastifyScope,
  WebhookFastifyOptions,
} from './webhooks/fastify.ts';
export type { WebhookHandlerOptions } from './webhooks/handler-options.ts';
export type { WebhookHandler } from './webhooks/handler.ts';
export type { RawBody } from './webhooks/raw-body.ts';
export {
  memoryReplayStore,
  type MemoryReplayStoreOptions,
  type ReplayStore,
} from './webhooks/replay-store.ts';
export type { SignatureRejection } from './webhooks/signature-rejection.ts';
export type { WebhookSignOptions } from './webhooks/sign.ts';
export type { WebhookSecret, WebhookVerifyOptions } from './webhooks/verify-options.ts';
export type { WebhookEvent } from './webhooks/webhook-event.ts';
export type { WebhookHeaders } from './webhooks/webhook-headers.ts';
export type { Webhooks } from './webhooks/webhooks.ts';

// Resources.
export type { Applications } from './resources/applications.ts';
export type {
  Certificates,
  HashFileOptions,
  NotarizeOptions,
  RenderOptions,
} from './resources/certificates.ts';
export type { CoinTypes } from './resources/coin-types.ts';
export type { Companies } from './resources/companies.ts';
export type { Events } from './resources/events.ts';
export type { Hooks } from './resources/hooks.ts';
export type { Identities } from './resources/identities.ts';
export type { Mailhooks } from './resources/mailhooks.ts';
export type { Mails } from './resources/mails.ts';
export type { Nodes } from './resources/nodes.ts';
export type { Tokens } from './resources/tokens.ts';
export type { SendOptions, SignOptions, Transactions } from './resources/transactions.ts';
export type { UserOnboarding } from './resources/user-onboarding.ts';
export type { Users } from './resources/users.ts';
export type { Wallets } from './resources/wallets.ts';

// What resources take and give.
export type {
  Application,
  CreateApplication,
  CreateToken,
  TokenResponse,
  UpdateApplication,
} from './model/application.ts';
export type {
  Certificate,
  CertificateInput,
  CertificateSchemas,
  FileInput,
  HashAlgorithm,
  HashEncoding,
  HashRequest,
  HashResult,
  NamedFile,
  Notarization,
  Verification,
} from './model/certificate.ts';
export type { CoinType, CreateCoinType } from './model/coin-type.ts';
export type {
  Address,
  Company,
  Countries,
  CreateAddress,
  CreateCompany,
  UpdateAddress,
  UpdateCompany,
  ValidatedCompany,
} from './model/company.ts';
export type { Entity, ListQuery, NoQuery, Open, Related } from './model/entity.ts';
export type { EventRecord, UpdateEvent } from './model/event-record.ts';
export type {
  CreateHook,
  DeletedHook,
  Hook,
  HookContentType,
  HookStatus,
  UpdateHook,
} from './model/hook.ts';
export type {
  CreateIdentity,
  DidDocument,
  DidKey,
  Identity,
  IdentityQuery,
  IdentityStatus,
} from './model/identity.ts';
export type { CreateNode, LedgerNode, NodeQuery, UpdateNode } from './model/ledger-node.ts';
export type { Mail, MailAttachment, UpdateMail } from './model/mail.ts';
export type { CreateMailhook, Mailhook, UpdateMailhook } from './model/mailhook.ts';
export type {
  ApplicationScopes,
  GrantedScopes,
  HookScope,
  ScopeAction,
  ScopeResource,
  WatchedScope,
} from './model/scope.ts';
export type { ScopeActions } from './scope-actions.ts';
export type {
  BigchainOptions,
  BigchainRecipient,
  CreateTransaction,
  EthereumOptions,
  LedgerQuery,
  LedgerTransaction,
  SignedTransaction,
  Transaction,
  TransactionType,
} from './model/transaction.ts';
export type {
  CreateUser,
  MailNotice,
  SetPassword,
  UpdateUser,
  User,
  UserOnboardingRecord,
  UserStatus,
} from './model/user.ts';
export type {
  CreateWallet,
  CreateWalletAddress,
  DerivationPath,
  MasterKey,
  MasterKeyOptions,
  RecoverWallet,
  UpdateWallet,
  Wallet,
  WalletAddress,
  WalletWithKey,
} from './model/wallet.ts';

// What a user of this package needs of the engine, so that one package is enough to install.
export {
  combineHooks,
  FileTokenStore,
  Limiter,
  memoryTokenStore,
  openTelemetry,
  parseJson,
  stringifyJson,
  VendorError,
  type CallOptions,
  type CallOutcome,
  type CallPromise,
  type ClientOptions,
  type Clock,
  type EventMap,
  type Hooks as ClientHooks,
  type Logger,
  type Priority,
  type QuotaRule,
  type QuotaStatus,
  type ResponseInfo,
  type RetrySettings,
  type StoredToken,
  type TokenStore,
  type VendorErrorCode,
  type WithResponse,
} from '@vendorkit/core';
