import type { OperationModel, ServiceModel, TypeReference } from '../../wsdl/model.ts';
import { nameAnonymousTypes } from './anonymous-names.ts';
import { typeNameOf } from './identifier.ts';
import type { NameRegister } from './name-register.ts';
import type { Plan } from '../plan.ts';

/**
 * Names the types that are declared: what only one operation takes after the operation, the others as
 * the WSDL does, those without a name after their element.
 *
 * Which of several types gets a name alone depends on their names and namespaces, not on their order.
 */
export function plainNamesOf(plan: Plan, register: NameRegister): Map<TypeReference, string> {
  const { received, sent } = plan.reach;
  const declared = new Set([...received.declared, ...sent.declared]);
  const found = new Map<TypeReference, string>();
  for (const [type, { name }] of ownInputs(plan.model)) {
    if (declared.has(type)) found.set(type, register.take(typeNameOf(`${name}Parameters`)));
  }
  for (const { type, name } of namedTypes(plan.model)) {
    if (declared.has(type) && !found.has(type)) found.set(type, register.take(typeNameOf(name)));
  }
  nameAnonymousTypes(plan, declared, { found, register });
  return found;
}

/**
 * The types that one operation takes and that are used nowhere else, by type. A derived type may stand
 * wherever its base may.
 */
export function ownInputs(model: ServiceModel): ReadonlyMap<TypeReference, OperationModel> {
  const uses = new Map<TypeReference, number>();
  const count = (type: TypeReference | undefined) => {
    if (type !== undefined) uses.set(type, (uses.get(type) ?? 0) + 1);
  };
  for (const type of model.types) {
    if (type.kind === 'simple') continue;
    for (const { type: used } of [...type.fields, ...type.attributes]) count(used);
    count(type.base);
  }
  for (const { input, output } of model.operations) {
    count(input.type);
    count(output?.type);
  }
  const isDerived = (reference: TypeReference) => {
    const type = model.types[reference];
    return type?.kind === 'complex' && type.base !== undefined;
  };
  const own = model.operations.filter(
    ({ input }) => uses.get(input.type) === 1 && !isDerived(input.type),
  );
  return new Map(own.map((operation) => [operation.input.type, operation]));
}

/** The types that have a name; first those whose name is legal as it is. */
function namedTypes({ types }: ServiceModel): { type: TypeReference; name: string }[] {
  const named = types.flatMap(({ name, namespace }, type) => {
    if (name === undefined) return [];
    const rank = typeNameOf(name) === name ? '0' : '1';
    return [{ type, name, sortKey: [rank, name, namespace].join('\n') }];
  });
  return named.toSorted((one, other) => (one.sortKey < other.sortKey ? -1 : 1));
}
