export {
  clientDefaults,
  clientOptionSchemas,
  defaultBaseUrlOf,
  shortText,
  type SecutixClientOptions,
} from './client-options.ts';
export { baseUrlOf, type Environment } from './hosts.ts';
export { excerptOf, httpError } from './http-error.ts';
export { isLongField } from './long-fields.ts';
export {
  locale,
  moduleName,
  readMethodCallOptions,
  withDefaults,
  type MethodCallOptions,
} from './method-call-options.ts';
export { lowerCamel, namePattern, readName, upperCamel } from './name.ts';
export {
  defaultQuota,
  monthlyByteAllowance,
  monthlyCallAllowance,
  quotaScopes,
  quotaScopesOf,
  type QuotaScope,
  type SecutixQuotaRule,
} from './quota.ts';
export {
  longestText,
  longestVendorCode,
  SecutixError,
  sentenceEnd,
  shortCode,
} from './secutix-error.ts';
export type { Basis, MethodKind, Module, ServiceInfo } from './service-info.ts';
export {
  aliveMethod,
  aliveMethodOf,
  findService,
  methodKind,
  methodsOf,
  newestVersion,
  serviceKey,
  services,
} from './services.ts';
export { readStatus, type ResultStatus } from './status.ts';
export { translate, type Translated, type Translation } from './translation.ts';
export { vendorProfile } from './vendor-profile.ts';
export {
  compareVersions,
  parseVersion,
  versionOfSegment,
  versionSegment,
  type ServiceVersion,
} from './version.ts';
export {
  readWebMethodResult,
  type Maybe,
  type ResultContext,
  type WebMethodResult,
} from './web-method-result.ts';
