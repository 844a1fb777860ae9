import { refusedInput, type Engine } from '@vendorkit/core';
import { aliveMethodOf, methodKind } from '@vendorkit/secutix-shared';
import { codecOf, type ServiceCodec } from './codec/service-codec.ts';
import type { ServiceAddress, VendorPlace } from './service-address.ts';
import { addressPath } from './wsdl/address-path.ts';
import type { OperationModel, ServiceModel } from './wsdl/model.ts';
import { versionOfNamespace } from './wsdl/version-of-namespace.ts';
import { quoteName } from './wsdl/wsdl-error.ts';

/** A service whose WSDL has been read: everything that its calls need. */
export interface LoadedService {
  readonly address: ServiceAddress;
  /** The name that its calls go by, in errors and in the quota. */
  readonly name: string;
  readonly version: string | undefined;
  /** Where its calls go. */
  readonly place: VendorPlace;
  readonly model: ServiceModel;
  readonly codec: ServiceCodec;
}

/**
 * Puts together what was asked for and what the WSDL says.
 *
 * @throws VendorError `INVALID_REQUEST` if neither tells where calls go.
 */
export function loadedService(
  address: ServiceAddress,
  model: ServiceModel,
  { baseUrl }: Pick<Engine, 'baseUrl'>,
): LoadedService {
  const { path, query } = addressPath(model.address, baseUrl, address.path ?? '');
  if (path === '') {
    throw refusedInput(
      'INVALID_REQUEST',
      'options.module',
      'The WSDL does not tell where the service is; give its module, package and version',
    );
  }
  return {
    address,
    name: address.service ?? model.name,
    version: address.version ?? versionOfNamespace(model.namespace),
    place: { path, query },
    model,
    codec: codecOf(model),
  };
}

/** Tells what about a WSDL is not as it should be, and fails nothing. */
export function warnAbout({ name, address, model }: LoadedService, engine: Engine): void {
  const { foreignOrigin } = addressPath(model.address, engine.baseUrl, '');
  if (foreignOrigin !== undefined) {
    const message = `The WSDL of ${name} says that the service is at ${foreignOrigin}. Calls go to the client's own host.`;
    engine.warn('wsdl-address-elsewhere', message);
  }
  const version = versionOfNamespace(model.namespace);
  if (version === undefined || address.version === undefined || version === address.version) return;
  const message = `${name} was asked for in version ${address.version}, and its WSDL is of version ${version}.`;
  engine.warn('wsdl-version-differs', message);
}

/**
 * Finds a method.
 *
 * @throws VendorError `INVALID_REQUEST` naming `method`, with the names that there are.
 */
export function findOperation({ name, model }: LoadedService, method: unknown): OperationModel {
  const operation = model.operations.find((candidate) => candidate.name === method);
  if (operation !== undefined) return operation;
  const omitted = model.omitted?.find((candidate) => candidate.name === method);
  const known = model.operations.map((candidate) => candidate.name).join(', ');
  throw refusedInput(
    'INVALID_REQUEST',
    'method',
    omitted === undefined
      ? `\`${name}\` has no method ${nameOf(method)}. It has: ${known}`
      : `It cannot be called: \`${omitted.name}\` ${omitted.reason}`,
  );
}

const longestMethod = 100;

function nameOf(method: unknown): string {
  return typeof method === 'string' ? quoteName(method, longestMethod) : 'whose name is no string';
}

/**
 * The name of the method that tells whether the service is reachable: `is`, the service's name,
 * `Alive` (SecuTix SOAP 5.6).
 *
 * @throws VendorError `INVALID_REQUEST` if the service has none.
 */
export function aliveOperation({ name, model }: LoadedService): string {
  const names = model.operations.map((operation) => operation.name);
  const expected = [aliveMethodOf(name), aliveMethodOf(model.name)];
  const named = names.find((candidate) => expected.includes(candidate));
  const [only, ...others] = names.filter((candidate) => /^is\w*Alive$/.test(candidate));
  if (named !== undefined) return named;
  if (only !== undefined && others.length === 0) return only;
  throw refusedInput('INVALID_REQUEST', 'method', `\`${name}\` has no method \`is…Alive\``);
}

/** Whether a method only reads, so that it may be repeated. What is not known counts as a write. */
export function isRead({ name }: LoadedService, method: string): boolean {
  return methodKind(name, method) === 'read' || /^is\w*Alive$/.test(method);
}
