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
