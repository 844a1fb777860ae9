/**
 * The SDK for the SOAP web services of SecuTix, also called S-360.
 *
 * @packageDocumentation
 */
export { SecutixSoap } from './client.ts';
export type { DownReason } from './down-reason.ts';
export { SoapFaultError } from './errors.ts';
export { SoapMonitor, type MonitorEvents, type MonitorOptions } from './monitor.ts';
export type { MonitoredService } from './monitored-services.ts';
export type {
  SecutixSoapOptions,
  ServiceOptions,
  SoapCallOptions,
  WsdlCacheOptions,
  WsdlFile,
  WsdlSource,
} from './options.ts';
export type { SecurityForm } from './security.ts';
export type { DownEvent, ProbeEvent, UpEvent } from './service-watch.ts';
export {
  SoapService,
  type AnyOperations,
  type CallArguments,
  type OperationName,
  type ParametersOf,
  type ResultOf,
} from './service.ts';
export {
  SecutixError,
  translate,
  type Environment,
  type Maybe,
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
