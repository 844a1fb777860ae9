import { refusedInput } from '@vendorkit/core';
import { builtins } from './lexical.ts';
import { fieldsOf, type Elements, type Field } from './schema/notation.ts';
import { typeNamed } from './schema/services.ts';
import { operationKey } from './service-route.ts';

/** What the emulator's user added to the services. Operations are named as in `catalogService.getCatalog`. */
export interface OwnOperations {
  /** The services that have any. */
  readonly services: ReadonlySet<string>;
  /** Those with a method, or with parameters. */
  readonly operations: ReadonlySet<string>;
  readonly parameters: ReadonlyMap<string, readonly Field[]>;
}

/**
 * Collects what the options add.
 *
 * @param methods - The operations with a method.
 * @param parameters - The option.
 * @throws VendorError `CONFIGURATION` naming a parameter of a type that there is not.
 */
export function ownOperations(
  methods: ReadonlySet<string>,
  parameters: Readonly<Record<string, Elements>> = {},
): OwnOperations {
  const described = Object.entries(parameters).map(
    ([operation, elements]) => [operationKey(operation), readFields(operation, elements)] as const,
  );
  const operations = new Set([...methods, ...described.map(([operation]) => operation)]);
  const services = [...operations].map((operation) => operation.split('.')[0] ?? '');
  return { services: new Set(services), operations, parameters: new Map(described) };
}

function readFields(operation: string, elements: Elements): readonly Field[] {
  const fields = fieldsOf(elements);
  const wrong = fields.find(({ type }) => !builtins.has(type) && typeNamed(type) === undefined);
  if (wrong === undefined) return fields;
  const field = `parameters.${operation}.${wrong.name}`;
  throw refusedInput('CONFIGURATION', field, 'There is no such type');
}
