import { refusedInput, type VendorError } from '@vendorkit/core';
import { versionSegment } from '@vendorkit/secutix-shared';
import type { LoadedService } from './loaded-service.ts';

/** The module in a path of the vendor's form (from the vendor's pages). */
const modulePath = /^\/([A-Za-z][\w-]*)\/external-remoting\//;

/**
 * Refuses options of a call that mean another service than the one whose WSDL was loaded: over SOAP
 * each version is a service of its own.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function refuseOtherTarget(
  service: LoadedService,
  { version, module }: { version: string | undefined; module: string | undefined },
): void {
  const { name, version: loaded } = service;
  if (version !== undefined && !isSameVersion(version, loaded)) {
    throw refusal('version', name, loaded);
  }
  const known = moduleOf(service);
  if (module !== undefined && module !== known) throw refusal('module', name, known);
}

function isSameVersion(version: string, loaded: string | undefined): boolean {
  return loaded !== undefined && versionSegment(version) === versionSegment(loaded);
}

/** As it was asked for, or else as the addresses of the WSDL and of the service tell it. */
function moduleOf({ address: { path, wsdl }, place }: LoadedService): string | undefined {
  return [path, 'path' in wsdl ? wsdl.path : undefined, place.path]
    .map((candidate) => modulePath.exec(candidate ?? '')?.[1])
    .find((module) => module !== undefined);
}

function refusal(
  what: 'module' | 'version',
  name: string,
  loaded: string | undefined,
): VendorError {
  const state =
    loaded === undefined
      ? `The ${what} of \`${name}\` is not known`
      : `The ${what} of \`${name}\` is ${loaded}`;
  const problem = `${state}; ask for another one with \`soap.service()\``;
  return refusedInput('INVALID_REQUEST', `options.${what}`, problem);
}
