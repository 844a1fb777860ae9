import { lowerCamel, upperCamel } from './name.ts';
import type { MethodKind, ServiceInfo } from './service-info.ts';
import { serviceList } from './service-list.ts';

/** Every service that was seen anywhere in public. */
export const services: readonly ServiceInfo[] = serviceList;

/**
 * Finds a service by the name it has in REST addresses (`catalogService`) or by the vendor's own
 * (`CatalogService`).
 */
export function findService(name: string): ServiceInfo | undefined {
  return services.find((service) => service.restName === name || service.name === name);
}

/**
 * The one text that stands for a service, whichever way it is named and reached: its REST name where
 * there is one, else the vendor's own name with a small first letter.
 *
 * @example
 * ```ts
 * serviceKey('CatalogService'); // 'catalogService'
 * serviceKey('ExternalCampaignService'); // 'externalCampaignService', which REST does not have
 * ```
 */
export function serviceKey(name: string): string {
  return findService(name)?.restName ?? lowerCamel(name);
}

/** The newest version seen of a service, or `undefined` when none was. */
export function newestVersion(service: ServiceInfo): string | undefined {
  return service.versions.at(-1);
}

/**
 * The name of the method that every service has to tell that it is reachable: `is`, the service's
 * name, `Alive` (SecuTix SOAP 5.6; seen through REST in a public client).
 */
export function aliveMethod(service: ServiceInfo): string {
  return `is${service.name}Alive`;
}

/** The same by the service's name, known or not, in either form. */
export function aliveMethodOf(name: string): string {
  const service = findService(name);
  return service === undefined ? `is${upperCamel(name)}Alive` : aliveMethod(service);
}

/** The methods known of a service, `is…Alive` among them. */
export function methodsOf(service: ServiceInfo): readonly string[] {
  return [...service.reads, ...service.writes, aliveMethod(service)];
}

/**
 * Whether a method reads or writes. What is not known to read counts as a write, whatever its name
 * says, and so do all methods of a service that is not known.
 *
 * @param serviceName - The name of the service, in either form.
 * @param method - The name of the method.
 */
export function methodKind(serviceName: string, method: string): MethodKind {
  const service = findService(serviceName);
  if (service === undefined) return 'write';
  return service.reads.includes(method) || method === aliveMethod(service) ? 'read' : 'write';
}
