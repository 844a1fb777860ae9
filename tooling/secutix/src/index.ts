export { baseUrlOf, type Environment } from './hosts.ts';
export { isLongField } from './long-fields.ts';
export {
  defaultQuota,
  monthlyByteAllowance,
  monthlyCallAllowance,
  quotaScopes,
  quotaScopesOf,
  type QuotaScope,
  type SecutixQuotaRule,
} from './quota.ts';
export type { Basis, MethodKind, Module, ServiceInfo } from './service-info.ts';
export {
  aliveMethod,
  findService,
  methodKind,
  methodsOf,
  newestVersion,
  services,
} from './services.ts';
export { readStatus, type ResultStatus } from './status.ts';
export { translate, type Translated, type Translation } from './translation.ts';
export {
  compareVersions,
  parseVersion,
  versionOfSegment,
  versionSegment,
  type ServiceVersion,
} from './version.ts';
