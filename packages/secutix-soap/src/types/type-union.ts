import { mapEntryOf, type MapEntry } from '../codec/map-type.ts';
import type {
  ComplexTypeModel,
  FieldModel,
  ServiceModel,
  SimpleTypeModel,
  TypeModel,
  TypeReference,
} from '../wsdl/model.ts';
import { builtinUnion, textUnion, withNull, type Direction, type Union } from './expression.ts';

/** What is written where a value of a type stands. */
export function typeUnion(model: ServiceModel, type: TypeReference, direction: Direction): Union {
  const found = model.types[type];
  if (found === undefined) return textUnion('unknown');
  if (found.kind === 'simple') return simpleUnion(found, type, direction);
  const entry = inPlaceEntryOf(model, found);
  return entry === undefined ? [{ kind: 'reference', type }] : mapUnion(model, entry, direction);
}

/** What is written where an element stands. */
export function fieldUnion(model: ServiceModel, field: FieldModel, direction: Direction): Union {
  const value = typeUnion(model, field.type, direction);
  const items = field.nillable === true ? withNull(value) : value;
  return field.many === true ? [{ kind: 'array', items, direction }] : items;
}

/** The map that a type stands for: a list of `entry`, each with a `key` and a `value`. */
export function mapUnion(model: ServiceModel, entry: MapEntry, direction: Direction): Union {
  const values = mapValueUnion(model, entry, direction);
  const record = { kind: 'record', values, direction } as const;
  if (direction === 'received') return [record];
  return [record, { kind: 'map', keys: fieldUnion(model, entry.key, direction), values }];
}

/** What stands behind a key. An entry without a value has `null`. */
export function mapValueUnion(
  model: ServiceModel,
  { value }: MapEntry,
  direction: Direction,
): Union {
  const union = fieldUnion(model, value, direction);
  const isAdded = value.optional === true && value.nillable !== true && value.many !== true;
  return isAdded ? withNull(union) : union;
}

/**
 * What stands in the entries of a map that has no name and so no declaration. A map of such maps has
 * one, since it may be a map of itself.
 */
function inPlaceEntryOf(model: ServiceModel, type: ComplexTypeModel): MapEntry | undefined {
  const entry = type.name === undefined ? mapEntryOf(model.types, type) : undefined;
  const value = entry && model.types[entry.value.type];
  const isMap = value?.kind === 'complex' && mapEntryOf(model.types, value) !== undefined;
  return isMap && value.name === undefined ? undefined : entry;
}

/** Whether a type is one of the values that a list names. Those of numbers are not told apart. */
export function isEnumeration(type: TypeModel): boolean {
  return type.kind === 'simple' && type.builtin === 'string' && (type.enumeration ?? []).length > 0;
}

function simpleUnion(model: SimpleTypeModel, type: TypeReference, direction: Direction): Union {
  const items: Union = isEnumeration(model)
    ? [{ kind: 'reference', type }]
    : builtinUnion(model.builtin, direction);
  return model.list === true ? [{ kind: 'array', items, direction }] : items;
}
