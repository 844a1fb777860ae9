/**
 * The SDK for the REST web services of SecuTix, also called S-360.
 *
 * @packageDocumentation
 */
export { SecutixRest } from './client.ts';
export { explainToken, type TokenExpectation, type TokenExplanation } from './explain-token.ts';
export type { SecutixRestOptions, TimestampUnit } from './options.ts';
export type { RawRequest } from './raw-request.ts';
export type { Service } from './service.ts';
export type { LongInput, MethodParameters } from './services/method.ts';
export type { ServiceMap, ServiceName } from './services/service-map.ts';
export {
  SecutixError,
  translate,
  type Environment,
  type MethodCallOptions,
  type SecutixClientOptions,
  type Translated,
  type WebMethodResult,
} from '@vendorkit/secutix-shared';
// What a user of this package needs of the engine, so that one package is enough to install.
export {
  combineHooks,
  Limiter,
  Money,
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
  type Hooks,
  type Logger,
  type Operation,
  type OperationWait,
  type Priority,
  type QuotaRule,
  type QuotaStatus,
  type ResponseInfo,
  type RetrySettings,
  type VendorErrorCode,
  type WithResponse,
} from '@vendorkit/core';
