import type { XmlName } from '@vendorkit/core/xml';
import type { AttributeModel, BuiltinType, FieldModel } from '../wsdl/model.ts';
import { fullName, memberKeys } from './member-key.ts';
import type { ValueReader } from './values/read-value.ts';

/** A type of the model, with what it refers to at hand. */
export type LinkedType = LinkedSimple | LinkedComplex;

/** Finds types; links each when it is first asked for. */
export interface TypeSource<Type> {
  at(reference: number): Type;
}

/** A type whose values are one text. `anyType` is none of them. */
export interface LinkedSimple {
  readonly kind: 'simple';
  /** What messages call it. */
  readonly name: string;
  readonly builtin: BuiltinType;
  readonly isList: boolean;
  readonly enumeration: readonly string[] | undefined;
  readonly read: ValueReader;
}

/** An element within a type, and the member that it becomes. */
export class LinkedField {
  readonly index: number;
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly isMany: boolean;
  readonly isOptional: boolean;
  readonly isNillable: boolean;
  readonly choice: number | undefined;
  readonly branch: number | undefined;
  readonly #reference: number;
  readonly #types: TypeSource<LinkedType>;
  #type: LinkedType | undefined;
  #lastName: XmlName | undefined;

  constructor(model: FieldModel, index: number, key: string, types: TypeSource<LinkedType>) {
    this.index = index;
    this.key = key;
    this.name = model.name;
    this.namespace = model.namespace;
    this.isMany = model.many === true;
    this.isOptional = model.optional === true;
    this.isNillable = model.nillable === true;
    this.choice = model.choice;
    this.branch = model.branch;
    this.#reference = model.type;
    this.#types = types;
  }

  get type(): LinkedType {
    this.#type ??= this.#types.at(this.#reference);
    return this.#type;
  }

  /** Whether an element's name is this one's. A reader gives the same object for the same name. */
  isNamed(name: XmlName): boolean {
    if (name === this.#lastName) return true;
    if (name.localName !== this.name || name.namespace !== this.namespace) return false;
    this.#lastName = name;
    return true;
  }
}

/** An attribute of a type, and the member of `$attributes` that it becomes. */
export interface LinkedAttribute {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly type: LinkedSimple;
}

/** What a type has, apart from its fields. */
export interface ComplexParts {
  /** The value of `$type`; absent if the type has no name. */
  readonly typeName: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string;
  readonly reference: number | undefined;
  readonly isAbstract: boolean;
  readonly isMixed: boolean;
  /** Whether it is `anyType`, of which nothing is declared. */
  readonly isAny: boolean;
  /** Whether elements that are not declared are allowed. */
  readonly isOpen: boolean;
  readonly isMap: boolean;
  readonly text: LinkedSimple | undefined;
  readonly attributes: readonly LinkedAttribute[];
}

/** A type whose values are elements, attributes, or both. */
export class LinkedComplex {
  readonly kind = 'complex';
  readonly parts: ComplexParts;
  readonly fields: readonly LinkedField[];
  /** Whether an element's own text is part of the value, white space included. */
  readonly keepsText: boolean;
  readonly #byName = new Map<string, LinkedField[]>();
  readonly #byKey: ReadonlyMap<string, LinkedField>;

  constructor(parts: ComplexParts, fields: readonly FieldModel[], types: TypeSource<LinkedType>) {
    this.parts = parts;
    this.keepsText = parts.isAny || parts.isMixed || parts.text !== undefined;
    this.fields = linkFields(fields, types);
    this.#byKey = new Map(this.fields.map((field) => [field.key, field]));
    for (const field of this.fields) {
      this.#byName.set(field.name, [...(this.#byName.get(field.name) ?? []), field]);
    }
  }

  /**
   * The field of an element's name. A vendor that qualifies what is declared unqualified, or the other
   * way round, means the same: where one field has that local name, the namespace does not count. It
   * does where the schema allows other elements, which may have any name.
   */
  fieldNamed(name: XmlName): LinkedField | undefined {
    const namesakes = this.#byName.get(name.localName);
    const isOnlyOne = namesakes?.length === 1 && !this.parts.isOpen;
    return isOnlyOne ? namesakes[0] : namesakes?.find((field) => field.isNamed(name));
  }

  /** The field of a member. */
  fieldOf(key: string): LinkedField | undefined {
    return this.#byKey.get(key);
  }

  /** The member for an element that is not declared. */
  keyOfUnknown({ namespace, localName }: XmlName): string {
    return this.#byName.has(localName) ? fullName(namespace, localName) : localName;
  }
}

/** Where a name stands twice among the elements, its first place is the one that counts. */
function linkFields(
  models: readonly FieldModel[],
  types: TypeSource<LinkedType>,
): readonly LinkedField[] {
  const names = new Set(models.map(({ namespace, name }) => fullName(namespace, name)));
  const distinct = models.filter(({ namespace, name }) => names.delete(fullName(namespace, name)));
  const keys = memberKeys(distinct);
  return distinct.map((model, index) => new LinkedField(model, index, keys[index] ?? '', types));
}

/** Attributes by the members of `$attributes`. */
export function linkAttributes(
  models: readonly AttributeModel[],
  typeOf: (attribute: AttributeModel) => LinkedSimple,
): readonly LinkedAttribute[] {
  const keys = memberKeys(models);
  return models.map((model, index) => ({
    key: keys[index] ?? '',
    name: model.name,
    namespace: model.namespace,
    type: typeOf(model),
  }));
}
