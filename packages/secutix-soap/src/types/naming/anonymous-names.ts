import { mapEntryOf } from '../../codec/map-type.ts';
import type { ComplexTypeModel, ServiceModel, TypeReference } from '../../wsdl/model.ts';
import { onlyFieldOf } from '../bodies.ts';
import { typeNameOf } from './identifier.ts';
import type { NameRegister } from './name-register.ts';
import type { Plan } from '../plan.ts';

/** @param prefix - What the names of the types within begin with; the type's own name if absent. */
type See = (type: TypeReference, name: string, prefix?: string) => void;

/**
 * Names the declared types without a name after what they stand in and their element, in the order in
 * which the operations come to them.
 *
 * @param found - The names of the other types, to which these are added.
 */
export function nameAnonymousTypes(
  { model, families }: Plan,
  declared: ReadonlySet<TypeReference>,
  { found, register }: { found: Map<TypeReference, string>; register: NameRegister },
): void {
  const visited = new Set<TypeReference>();
  const queue: { type: TypeReference; prefix: string }[] = [];
  const see: See = (type, name, prefix) => {
    const seen = model.types[type];
    if (seen === undefined || visited.has(type)) return;
    visited.add(type);
    // What a base type brings along is named after the base type.
    if (seen.kind === 'complex' && seen.base !== undefined) see(seen.base, name);
    if (declared.has(type) && !found.has(type)) found.set(type, register.take(typeNameOf(name)));
    queue.push({ type, prefix: prefix ?? found.get(type) ?? name });
    for (const derived of families.get(type) ?? []) see(derived, name);
  };
  seeBodies(model, see);
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { type, prefix } = next;
    const complex = model.types[type];
    if (complex?.kind !== 'complex') continue;
    for (const part of partsOf(model, complex)) see(part.type, `${prefix}-${part.name}`);
  }
}

function seeBodies(model: ServiceModel, see: See): void {
  for (const operation of model.operations) {
    const { name, input, output } = operation;
    const result = onlyFieldOf(model, operation);
    see(input.type, `${name}Parameters`, name);
    if (result !== undefined) see(result.type, `${name}Result`);
    if (output !== null) see(output.type, output.name, name);
  }
}

/** The types within a type, each with what it adds to a name. */
function partsOf(
  model: ServiceModel,
  type: ComplexTypeModel,
): { readonly name: string; readonly type: TypeReference }[] {
  const entry = mapEntryOf(model.types, type);
  if (entry !== undefined) return [entry.key, entry.value];
  const text = type.text === undefined ? [] : [{ name: 'value', type: type.text }];
  return [...type.fields, ...type.attributes, ...text];
}
