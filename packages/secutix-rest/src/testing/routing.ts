import { findService, methodsOf, versionOfSegment } from '@vendorkit/secutix-shared';

/** Where a path leads. */
export type Route =
  /** To a method of a service. */
  | { readonly kind: 'method'; readonly service: string; readonly method: string }
  /** To the endpoint that issues tokens, seen in public clients only. */
  | { readonly kind: 'auth' }
  /** Nowhere (HTTP 404). */
  | { readonly kind: 'unknown'; readonly problem: string };

const form = /^\/([a-z]+)\/backend-apis\/([A-Za-z]\w*)\/(v\d+_\d+)\/([A-Za-z]\w*)$/;
const modules: ReadonlySet<string> = new Set(['tnseb', 'tnco', 'tnci', 'tnai', 'tnpsb']);

/**
 * Reads a path of the form `/{module}/backend-apis/{service}/v{major}_{minor}/{method}`. The module,
 * the version and the method must be ones that the service has.
 *
 * @param added - Operations of the emulator's user, which exist in every module and version that the
 *   service is not known to lack.
 */
export function routeOf(path: string, added: ReadonlySet<string> = new Set()): Route {
  if (path === '/tnai/backend-apis/v1/auth') return { kind: 'auth' };
  const [, module = '', service = '', segment = '', method = ''] = form.exec(path) ?? [];
  if (service === '' || !modules.has(module)) return unknown('There is nothing at this address.');
  const version = versionOfSegment(segment);
  const info = findService(service);
  const isAdded = added.has(`${service}.${method}`);
  if (info?.restName !== service || info.module === null) {
    return isAdded ? { kind: 'method', service, method } : unknown('There is no such service.');
  }
  if (info.module !== module) return unknown('This module does not have the service.');
  if (version === undefined || !info.versions.includes(version)) {
    return unknown('The service has no such version.');
  }
  if (info.soapOnlyVersions.includes(version)) return unknown('This version has no REST form.');
  if (!isAdded && !methodsOf(info).includes(method)) {
    return unknown('The service has no such method.');
  }
  return { kind: 'method', service, method };
}

function unknown(problem: string): Route {
  return { kind: 'unknown', problem };
}
