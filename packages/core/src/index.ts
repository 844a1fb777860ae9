/**
 * The engine of the Vendorkit SDKs: everything that a vendor package, or a user of one, may import.
 *
 * @packageDocumentation
 */
export type {
  CallRequest,
  ReadContext,
  Reading,
  RequestQuery,
  SignContext,
  Step,
} from './call-request.ts';
export type { CallDurations, CallPromise, ResponseInfo, WithResponse } from './call-promise.ts';
export { Engine, type CallPlan, type PollPlan, type VendorProfile } from './client.ts';
export { codeOfStatus, invalidResponse, isRetryable, statusError } from './errors/classify.ts';
export { refusedInput, validate, type Problem, type Schema } from './errors/validate.ts';
export {
  addContext,
  asVendorError,
  VendorError,
  type CallOutcome,
  type VendorErrorCode,
  type VendorErrorFields,
} from './errors/vendor-error.ts';
export { parseJson, type ParseJsonOptions } from './json/parse.ts';
export { stringifyJson, type StringifyJsonOptions } from './json/stringify.ts';
export type { QuotaStatus } from './limiter/client-quota.ts';
export {
  Limiter,
  type Admission,
  type Permit,
  type PermitRequest,
  type QuotaLimiter,
  type QuotaPeek,
  type QuotaRulePeek,
  type Refusal,
} from './limiter/limiter.ts';
export type { ObservedQuota } from './limiter/restraint.ts';
export type { Priority, QuotaRule } from './limiter/rule.ts';
export type { UsagePeek } from './limiter/usage.ts';
export { Money, type MoneyFormat } from './money.ts';
export {
  Operation,
  type OperationHost,
  type OperationStatus,
  type OperationWait,
} from './operation.ts';
export { OpenWork } from './open-work.ts';
export { isPlainObject } from './plain-object.ts';
export {
  readCallOptions,
  readClientOptions,
  type CallOptions,
  type ClientDefaults,
  type ClientOptions,
  type ClientSettings,
  type RetrySettings,
} from './options.ts';
export type { Repeatable, RetryOptions } from './retry/policy.ts';
export type { AfterRefusal } from './retry/refusal-pause.ts';
export { combineHooks } from './telemetry/channels.ts';
export type {
  AttemptEndEvent,
  AttemptStartEvent,
  CallEndEvent,
  CallEvent,
  CallStartEvent,
  EventMap,
  Hooks,
  QuotaEvent,
  RetryEvent,
  WarningEvent,
} from './telemetry/events.ts';
export type { LogFields, Logger, LogMethod } from './telemetry/logger.ts';
export { openTelemetry } from './telemetry/otel.ts';
export { Redactor } from './telemetry/redact.ts';
export { systemClock, type Clock, type Timer } from './time/clock.ts';
export { startDeadline, type Deadline } from './time/deadline.ts';
export { pauseOf } from './time/pause.ts';
export type { ClockWindow, DateSample, ServerClock } from './time/server-clock.ts';
export { planSignature, type SignatureMoment, type SignaturePlan } from './time/signature-plan.ts';
export { FileTokenStore } from './token/file-store.ts';
export { processTokenStore } from './token/process-token-store.ts';
export { TokenCache, type TokenCacheOptions } from './token/token-cache.ts';
export type { FetchedToken, FetchReason, TokenSourceOptions } from './token/token-source.ts';
export { defaultTokenDirectory, type TokenDirectoryPlace } from './token/token-directory.ts';
export { memoryTokenStore, type StoredToken, type TokenStore } from './token/token-store.ts';
export { answerJson, isSuccess, type Answer } from './transport/answer.ts';
export { isLoopback } from './transport/base-url.ts';
export { isCertificateCode } from './transport/failure.ts';
export { encodeSegment, path, type PathValue } from './transport/path.ts';
export type { ClientCertificate } from './transport/transport.ts';
