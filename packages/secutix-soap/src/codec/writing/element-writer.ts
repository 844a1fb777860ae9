import { isPlainObject } from '@vendorkit/core';
import { escapeAttribute, escapeText } from '@vendorkit/core/xml';
import { builtinOf } from '../values/any-value.ts';
import { checkMembers, type Members } from './check-members.ts';
import { ChoiceGuard } from './choice-guard.ts';
import type { LinkedComplex, LinkedField, LinkedType } from '../linked-type.ts';
import { listOf } from './list-text.ts';
import { entryFields, mapItemsOf, type MapItem } from './map-entries.ts';
import { instanceNamespace, schemaNamespace } from '../namespaces.ts';
import type { ParameterPlace } from './parameter-place.ts';
import type { Prefixes } from './prefixes.ts';
import { anyType } from '../builtin-types.ts';
import type { TypeLinks } from '../type-links.ts';
import { writeSimple } from './write-simple.ts';
import { valueWriters, writeString, type WriteContext } from '../values/write-value.ts';

/** Deeper values are taken for ones that contain themselves. */
const mostLevels = 64;

/** Writes values as elements, in the order of the schema, or refuses what the schema does not have. */
export class ElementWriter implements WriteContext {
  readonly #links: TypeLinks;
  readonly #prefixes: Prefixes;
  readonly #place: ParameterPlace;
  #level = 0;

  constructor(links: TypeLinks, prefixes: Prefixes, place: ParameterPlace) {
    this.#links = links;
    this.#prefixes = prefixes;
    this.#place = place;
  }

  /** A function of its own, so that it can be taken from the context. */
  readonly refuse = (problem: string): never => {
    throw this.#place.refusal(problem);
  };

  /** Does something at a place within this one. */
  within<Result>(step: number | string, work: () => Result): Result {
    return this.#place.within(step, work);
  }

  prefixOf(namespace: string): string {
    return this.#prefixes.of(namespace);
  }

  /** Writes a member of an object, in as many elements as it has. */
  member(field: LinkedField, members: Members): string {
    const value = Object.hasOwn(members, field.key) ? members[field.key] : undefined;
    return this.within(field.key, () => this.#field(field, value));
  }

  /** Writes one element. */
  element(name: string, type: LinkedType, value: unknown): string {
    if (type.kind === 'simple') {
      return `<${name}>${escapeText(writeSimple(type, value, this))}</${name}>`;
    }
    if (Array.isArray(value)) this.refuse('Expected one value, not an array');
    const typed = value as { readonly $type?: unknown };
    if (type.parts.isAny && typed.$type === undefined) return this.#anyValue(name, value);
    if (this.#level === mostLevels) {
      this.refuse(`It is deeper than ${mostLevels} levels, or contains itself`);
    }
    this.#level += 1;
    const xml = this.#complex(name, type, value);
    this.#level -= 1;
    return xml;
  }

  /** Writes some members of an object, in the order of the schema. */
  members(
    fields: readonly LinkedField[],
    members: Members,
    choices: ChoiceGuard = new ChoiceGuard(),
  ): string {
    let xml = '';
    for (const field of fields) {
      const written = this.member(field, members);
      if (written === '') continue;
      const other = choices.otherThan(field);
      if (other !== undefined) {
        this.within(field.key, () =>
          this.refuse(`It stands instead of \`${other.key}\`: give one of them`),
        );
      }
      xml += written;
    }
    return xml;
  }

  /** Writes the attributes of an object, each with a space before it. */
  attributes(type: LinkedComplex, { $attributes }: Members): string {
    if ($attributes === undefined || $attributes === null) return '';
    return this.within('$attributes', () => {
      if (!isPlainObject($attributes)) return this.refuse('Expected an object');
      return type.parts.attributes
        .map((attribute) => {
          const value = Object.hasOwn($attributes, attribute.key)
            ? $attributes[attribute.key]
            : null;
          if (value === undefined || value === null) return '';
          const text = this.within(attribute.key, () => writeSimple(attribute.type, value, this));
          const name = this.#prefixes.name(attribute.namespace, attribute.name);
          return ` ${name}="${escapeAttribute(text)}"`;
        })
        .join('');
    });
  }

  #field(field: LinkedField, value: unknown): string {
    const name = this.#prefixes.name(field.namespace, field.name);
    if (!field.isMany) return this.#single(name, field, value);
    if (value === undefined || (value === null && field.isOptional)) return '';
    if (!Array.isArray(value)) return this.refuse('Expected an array');
    return Array.from(value, (item: unknown, index) =>
      this.within(index, () => {
        if (item === null && field.isNillable) return this.#nil(name);
        if (item === null || item === undefined) return this.refuse('Expected a value');
        return this.element(name, field.type, item);
      }),
    ).join('');
  }

  #single(name: string, { type, isNillable, isOptional }: LinkedField, value: unknown): string {
    if (value === undefined) return isNillable && !isOptional ? this.#nil(name) : '';
    if (value !== null) return this.element(name, type, value);
    if (isNillable) return this.#nil(name);
    return isOptional ? '' : this.refuse('Expected a value, and not null');
  }

  #nil(name: string): string {
    return `<${name} ${this.#prefixes.name(instanceNamespace, 'nil')}="true"/>`;
  }

  /** Where anything may stand, the element says what it is. */
  #anyValue(name: string, value: unknown): string {
    const builtin = builtinOf(value);
    if (builtin === undefined) {
      return this.refuse('Expected a string, a boolean, a bigint, a safe integer or a Date');
    }
    const text = escapeText(valueWriters[builtin](value, this));
    return `<${name}${this.#typeAttribute(schemaNamespace, builtin)}>${text}</${name}>`;
  }

  #complex(name: string, declared: LinkedComplex, value: unknown): string {
    const items = declared.parts.isMap ? mapItemsOf(declared, value) : undefined;
    if (items !== undefined) return `<${name}>${this.#entries(declared, items)}</${name}>`;
    const members = this.#membersOf(declared, value);
    const type = this.#chosen(declared, members);
    checkMembers(type, members, this.#place);
    const tag =
      name +
      (type === declared ? '' : this.#typeAttribute(type.parts.namespace, type.parts.name ?? '')) +
      this.attributes(type, members);
    return `<${tag}>${this.#content(type, members)}</${name}>`;
  }

  /** An element with attributes and a text is given as an object, or as the text alone. */
  #membersOf(type: LinkedComplex, value: unknown): Members {
    if (isPlainObject(value)) return value;
    return type.parts.text === undefined ? this.refuse('Expected an object') : { $value: value };
  }

  #content(type: LinkedComplex, members: Members): string {
    const { text } = type.parts;
    if (text !== undefined) {
      return this.within('$value', () => escapeText(writeSimple(text, members['$value'], this)));
    }
    const { $text } = members;
    if ($text === undefined || $text === null) return this.members(type.fields, members);
    const written = this.within('$text', () => escapeText(writeString($text, this)));
    return written + this.members(type.fields, members);
  }

  /** The type that a value says it has, or the declared one. */
  #chosen(declared: LinkedComplex, { $type }: Members): LinkedComplex {
    if ($type === undefined && !declared.parts.isAbstract) return declared;
    const type = typeof $type === 'string' ? this.#links.derived($type, declared) : undefined;
    if (type !== undefined && !type.parts.isAbstract) return type;
    const names = listOf(declared === anyType ? [] : this.#links.derivations(declared));
    return this.within('$type', () => this.refuse(`Expected the name of a type: ${names}`));
  }

  #typeAttribute(namespace: string, name: string): string {
    const type = this.#prefixes.name(namespace, name);
    return ` ${this.#prefixes.name(instanceNamespace, 'type')}="${type}"`;
  }

  #entries(map: LinkedComplex, items: readonly MapItem[]): string {
    const [entry] = map.fields;
    if (entry === undefined) return '';
    const name = this.#prefixes.name(entry.namespace, entry.name);
    return items
      .filter(({ value }) => value !== undefined)
      .map(({ step, key, value }) =>
        this.within(step, () => {
          const fields = entryFields(map).map((field) =>
            this.#field(field, field.name === 'key' ? key : value),
          );
          return `<${name}>${fields.join('')}</${name}>`;
        }),
      )
      .join('');
  }
}
