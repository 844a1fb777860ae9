import {
  findService,
  serviceKey,
  versionOfSegment,
  type ServiceInfo,
} from '@vendorkit/secutix-shared';

/** A version of a service, at its address. */
export interface ServiceRoute {
  readonly kind: 'service';
  /** The vendor's name, for instance `CatalogService`. */
  readonly name: string;
  /** The name that operations begin with, for instance `catalogService`. */
  readonly key: string;
  /** For instance `1.33`. */
  readonly version: string;
  readonly path: string;
}

/** Where a path leads. */
export type Route =
  | ServiceRoute
  /** Nowhere (HTTP 404). */
  | { readonly kind: 'unknown'; readonly problem: string };

const form =
  /^\/([a-z]+)\/external-remoting\/([a-z\d]+(?:\.[a-z\d]+)*)\.(v\d+_\d+)\.([A-Z][A-Za-z\d]*)\.webservice$/;
const modules: ReadonlySet<string> = new Set(['tnseb', 'tnco', 'tnci', 'tnai', 'tnpsb']);

/**
 * Reads a path of the form
 * `/{module}/external-remoting/{package}.v{major}_{minor}.{Service}.webservice`. The module, the package
 * and the version must be those of the service, as far as they are known.
 *
 * @param added - Services to which the emulator's user added something. Where nothing but the name of
 *   one is known, it is in every module, package and version.
 */
export function routeOf(path: string, added: ReadonlySet<string> = new Set()): Route {
  const [, module = '', soapPackage = '', segment = '', name = ''] = form.exec(path) ?? [];
  const version = versionOfSegment(segment);
  if (version === undefined || !modules.has(module)) {
    return unknown('There is nothing at this address.');
  }
  const info = findService(name);
  const route = { kind: 'service', name, key: serviceKey(name), version, path } as const;
  if (info === undefined || info.versions.length === 0) {
    return added.has(route.key) ? route : unknown('There is no such service.');
  }
  const problem = addressProblem(info, { module, soapPackage, version });
  return problem === undefined ? route : unknown(problem);
}

function addressProblem(
  info: ServiceInfo,
  address: { readonly module: string; readonly soapPackage: string; readonly version: string },
): string | undefined {
  if (info.module !== address.module) return 'This module does not have the service.';
  // Where the package is not known, none can be wrong.
  if (info.soapPackage !== null && info.soapPackage !== address.soapPackage) {
    return 'The service is in another package.';
  }
  return info.versions.includes(address.version) ? undefined : 'The service has no such version.';
}

/** `CatalogService.getCatalog` as `catalogService.getCatalog`: the form that the museum knows. */
export function operationKey(operation: string): string {
  const [service = '', ...method] = operation.split('.');
  return [serviceKey(service), ...method].join('.');
}

function unknown(problem: string): Route {
  return { kind: 'unknown', problem };
}
