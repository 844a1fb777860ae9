import type { FieldModel, TypeReference } from './model.ts';
import { NameMap } from './qualified-name.ts';

/** One branch of a choice. Both are counted from 1, the choices within a type. */
export interface Branch {
  readonly choice: number;
  readonly branch: number;
}

/** Where an element stands in a type. */
export interface Place {
  readonly isOptional: boolean;
  readonly isMany: boolean;
  /** The branches around it that exclude others, the innermost last. */
  readonly path: readonly Branch[];
}

/** What an element declaration says of itself. */
export interface Declared {
  readonly name: string;
  readonly namespace: string;
  readonly type: TypeReference;
  readonly isNillable: boolean;
  readonly documentation: string | undefined;
}

/** A field and the places at which it was found. */
interface Slot {
  field: FieldModel;
  readonly paths: (readonly Branch[])[];
}

/** More places than this are not compared with one another: a list is assumed. */
const mostPaths = 50;

/** The fields of a type: an element that stands at several places becomes one of them. */
export class Fields {
  readonly #slots: Slot[] = [];
  readonly #byName = new NameMap<Slot>();

  add(declared: Declared, place: Place): void {
    const name = { namespace: declared.namespace, localName: declared.name };
    const field = fieldOf(declared, place, place.path.at(-1));
    const known = this.#byName.get(name);
    if (known === undefined) {
      const slot = { field, paths: [place.path] };
      this.#slots.push(slot);
      this.#byName.set(name, slot);
    } else {
      merge(known, field, place.path);
    }
  }

  all(): readonly FieldModel[] {
    return this.#slots.map(({ field }) => field);
  }
}

/** Large descriptions have tens of thousands of fields, so these are made without copies. */
type Draft = { -readonly [Member in keyof FieldModel]: FieldModel[Member] };

function fieldOf(
  { name, namespace, type, isNillable, documentation }: Declared,
  { isOptional, isMany }: Pick<Place, 'isOptional' | 'isMany'>,
  branch: Branch | undefined,
): FieldModel {
  const field: Draft = { name, namespace, type };
  if (isOptional) field.optional = true;
  if (isMany) field.many = true;
  if (isNillable) field.nillable = true;
  if (branch !== undefined) Object.assign(field, branch);
  if (documentation !== undefined) field.documentation = documentation;
  return field;
}

/**
 * In branches that exclude each other it is still one element; elsewhere it stands there twice. Where
 * the further ones stand among the others is not kept.
 */
function merge(slot: Slot, again: FieldModel, path: readonly Branch[]): void {
  const { field, paths } = slot;
  const isOneOf = paths.length < mostPaths && paths.every((known) => excludeEachOther(known, path));
  const isMany = !isOneOf || field.many === true || again.many === true;
  const isOptional = isOneOf || (field.optional === true && again.optional === true);
  const isNillable = field.nillable === true || again.nillable === true;
  const documentation = field.documentation ?? again.documentation;
  paths.push(path);
  slot.field = fieldOf({ ...field, isNillable, documentation }, { isOptional, isMany }, undefined);
}

function excludeEachOther(one: readonly Branch[], other: readonly Branch[]): boolean {
  return one.some(({ choice, branch }) =>
    other.some((second) => second.choice === choice && second.branch !== branch),
  );
}
