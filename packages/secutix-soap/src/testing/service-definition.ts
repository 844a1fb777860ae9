import { aliveMethodOf, upperCamel } from '@vendorkit/secutix-shared';
import type { OwnOperations } from './own-operations.ts';
import { operation, type Field, type OperationSchema } from './schema/notation.ts';
import { serviceSchemas } from './schema/services.ts';
import type { ServiceRoute } from './service-route.ts';

/** A version of a service, with all that it can do. */
export interface ServiceDefinition {
  /** The vendor's name, for instance `CatalogService`. */
  readonly name: string;
  /** The target namespace of its WSDL, which has the version in it (SecuTix SOAP 5.5). */
  readonly namespace: string;
  /** Whether its WSDL imports its schema from an address of its own. */
  readonly importsSchema: boolean;
  readonly operations: ReadonlyMap<string, OperationSchema>;
}

/** What a service can do: what is known of it, `is…Alive`, and what the emulator's user added. */
export function defineService(
  { name, key, version }: ServiceRoute,
  own: OwnOperations,
): ServiceDefinition {
  const schema = serviceSchemas.find((other) => other.name === name);
  const operations = new Map(Object.entries(schema?.operations ?? {}));
  operations.set(aliveMethodOf(name), operation({}, 'WebMethodResult'));
  for (const added of own.operations) {
    const [service, method = ''] = added.split('.');
    const known = operations.get(method) ?? openOperation(method);
    if (service === key) operations.set(method, describe(known, own.parameters.get(added)));
  }
  return {
    name,
    namespace: `http://v${version.replace('.', '_')}.${name}.service.secutix.com${schema?.hasSlash === true ? '/' : ''}`,
    importsSchema: schema?.importsSchema ?? false,
    operations,
  };
}

function describe(
  known: OperationSchema,
  parameters: readonly Field[] | undefined,
): OperationSchema {
  if (parameters === undefined) return known;
  const { open: _open, ...closed } = known;
  return { ...closed, parameters };
}

/** A method of which nothing is known: it takes and gives whatever there is. */
function openOperation(method: string): OperationSchema {
  const { parameters, result, assumed } = operation({}, 'OpenResult', 'parameters', 'result');
  const name = `${upperCamel(method)}Result`;
  return { parameters, open: true, result: { ...result, name }, assumed };
}
