import type { XmlName } from '@vendorkit/core/xml';
import type { LinkedComplex, LinkedField, LinkedSimple } from '../linked-type.ts';
import { MapBuilder } from './map-builder.ts';
import { setMember } from '../member-key.ts';

/** An open element that is not just a text. The same object serves for every element of its depth. */
export class Frame {
  /** The element's name, and its field if it is declared. */
  name: XmlName;
  field: LinkedField | undefined;
  type: LinkedComplex;
  /** The type of the element's own text, where it is a value. */
  leaf: LinkedSimple | undefined;
  isNil = false;
  /** Whether it is a simple type's element, whose text comes in pieces. */
  isText = false;
  text = '';
  /** How many child elements there are, and the value of the last one. */
  children = 0;
  last: unknown;

  /** Made for what has members for certain, in the order of the schema. */
  #members: Record<string, unknown> | undefined;
  /** The field that is expected next. */
  #next = 0;
  /** The list to which an element was added last. */
  #list: unknown[] | undefined;
  #listField: LinkedField | undefined;
  #repeated: Set<string> | undefined;
  #map: MapBuilder | undefined;

  constructor(name: XmlName, type: LinkedComplex) {
    this.name = name;
    this.type = type;
  }

  /** Begins anew, for another element. */
  reset(name: XmlName, field: LinkedField | undefined, type: LinkedComplex): void {
    this.name = name;
    this.field = field;
    this.type = type;
    this.leaf = type.parts.text;
    this.isNil = false;
    this.isText = false;
    this.text = '';
    this.children = 0;
    this.last = undefined;
    this.#members = undefined;
    this.#next = 0;
    this.#list = undefined;
    this.#listField = undefined;
    this.#repeated = undefined;
    this.#map = type.parts.isMap ? new MapBuilder() : undefined;
  }

  /** The members so far. */
  get members(): Record<string, unknown> {
    this.#members ??= {};
    return this.#members;
  }

  /** Whether there is a member: a child, an attribute, a type. */
  get hasMembers(): boolean {
    return this.#members !== undefined;
  }

  /** The map that the entries make, if they make one. */
  get map(): Record<string, unknown> | undefined {
    return this.#map?.object;
  }

  /** The field of a child. Answers come in the order of the schema, so that the next one is likely. */
  fieldOf(name: XmlName): LinkedField | undefined {
    const { fields } = this.type;
    const next = fields[this.#next];
    if (next?.isNamed(name) === true) return next;
    const afterNext = fields[this.#next + 1];
    return afterNext?.isNamed(name) === true ? afterNext : this.type.fieldNamed(name);
  }

  /** Takes the value of a child. */
  add(field: LinkedField | undefined, name: XmlName, value: unknown): void {
    this.children += 1;
    this.last = value;
    if (field === undefined) this.#addRepeatable(this.type.keyOfUnknown(name), value);
    else if (field.isMany) this.#addItem(field, value);
    else if (field.index < this.#next) this.#addRepeatable(field.key, value);
    else {
      this.#passTo(field.index);
      this.#next = field.index + 1;
      setMember(this.members, field.key, value);
    }
  }

  /** Gives the lists that are still missing: a list without items is there all the same. */
  complete(): void {
    this.#passTo(this.type.fields.length);
  }

  #addItem(field: LinkedField, value: unknown): void {
    if (field !== this.#listField) {
      this.#passTo(field.index);
      this.#openList(field);
    }
    this.#list?.push(value);
    this.#map?.add(value);
  }

  #openList(field: LinkedField): void {
    const { members } = this;
    if (!Object.hasOwn(members, field.key)) setMember(members, field.key, []);
    this.#list = members[field.key] as unknown[];
    this.#listField = field;
  }

  /** Goes on to a field, and puts empty lists where the answer has nothing. */
  #passTo(index: number): void {
    const { fields } = this.type;
    for (; this.#next < index; this.#next += 1) {
      const field = fields[this.#next];
      if (field?.isMany === true) this.#openList(field);
    }
  }

  /** What should come once may come again: then it is a list, so that nothing is lost. */
  #addRepeatable(key: string, value: unknown): void {
    const { members } = this;
    this.#map = undefined;
    if (!Object.hasOwn(members, key)) setMember(members, key, value);
    else if (this.#repeated?.has(key) === true) (members[key] as unknown[]).push(value);
    else {
      setMember(members, key, [members[key], value]);
      this.#repeated = (this.#repeated ?? new Set()).add(key);
    }
  }
}
