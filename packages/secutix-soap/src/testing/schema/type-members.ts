import type { Field, RecordType, SchemaType } from './notation.ts';
import { typeNamed } from './services.ts';

/** The elements of a type, those of its base first. */
export function membersOf(type: RecordType): readonly Field[] {
  if (type.base === undefined) return type.fields;
  const base = typeNamed(type.base);
  return base?.kind === 'record' ? [...membersOf(base), ...type.fields] : type.fields;
}

/** The names of the types that elements lead to, each once, in the order in which they are met. */
export function reachableTypes(fields: readonly Field[]): ReadonlyMap<string, SchemaType> {
  const reached = new Map<string, SchemaType>();
  const queue = fields.map((field) => field.type);
  for (const name of queue) {
    const type = typeNamed(name);
    if (type === undefined || reached.has(name)) continue;
    reached.set(name, type);
    queue.push(...referencesOf(type));
  }
  return reached;
}

function referencesOf(type: SchemaType): readonly string[] {
  if (type.kind === 'enumeration') return [];
  if (type.kind === 'map') return [type.value.type];
  const members = type.fields.map((field) => field.type);
  return type.base === undefined ? members : [type.base, ...members];
}
