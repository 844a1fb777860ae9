import { escapeText, firstIllegal } from '@vendorkit/core/xml';
import { builtins } from './lexical.ts';
import type { Field, RecordType } from './schema/notation.ts';
import { typeNamed } from './schema/services.ts';
import { membersOf } from './schema/type-members.ts';
import { UnwritableResult } from './unwritable-result.ts';
import { writeUndeclared } from './write-undeclared.ts';

/**
 * Writes a result as an element.
 *
 * @param value - The result as the JSON of a REST call would have it.
 * @param isForeign - Whether a handler of the emulator's user made it. Members that the schema does
 *   not declare are then written behind the others, as a vendor does that is ahead of its WSDL.
 * @throws UnwritableResult naming the member that is not of its type.
 */
export function writeResult(field: Field, value: unknown, isForeign: boolean): string {
  return new ResultWriter(isForeign).element(field, value, field.name);
}

class ResultWriter {
  readonly #isForeign: boolean;

  constructor(isForeign: boolean) {
    this.#isForeign = isForeign;
  }

  /** One element, or as many as there are items, or none. */
  element(field: Field, value: unknown, path: string): string {
    if (!field.many) return this.#one(field, value, path);
    if (value === undefined || value === null) return '';
    if (!Array.isArray(value)) throw new UnwritableResult(path, 'a list');
    return value.map((item, index) => this.#one(field, item, `${path}[${index}]`)).join('');
  }

  #one({ name, type, nillable, required }: Field, value: unknown, path: string): string {
    if (value === null && nillable) return `<${name} xsi:nil="true"/>`;
    if (value !== undefined && value !== null) {
      const content = this.#content(type, value, path);
      return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
    }
    if (required) throw new UnwritableResult(path, 'there');
    return '';
  }

  #content(name: string, value: unknown, path: string): string {
    const type = typeNamed(name);
    if (type === undefined) return textOf(name, value, path);
    if (type.kind === 'enumeration') return textOf('string', value, path);
    if (!isObject(value)) throw new UnwritableResult(path, 'an object');
    return type.kind === 'map'
      ? this.#entries(type.value, value, path)
      : this.#members(type, value, path);
  }

  #members(type: RecordType, value: Readonly<Record<string, unknown>>, path: string): string {
    const fields = membersOf(type);
    const declared = fields.map((field) =>
      this.element(field, own(value, field.name), `${path}.${field.name}`),
    );
    const names = new Set(fields.map((field) => field.name));
    const others = Object.entries(value)
      .filter(([name, item]) => !names.has(name) && item !== undefined)
      .map(([name, item]) => this.#undeclared(name, item, `${path}.${name}`));
    return [...declared, ...others].join('');
  }

  #undeclared(name: string, value: unknown, path: string): string {
    if (!this.#isForeign) throw new UnwritableResult(path, 'declared');
    return writeUndeclared(name, value, path);
  }

  #entries(field: Field, value: Readonly<Record<string, unknown>>, path: string): string {
    return Object.entries(value)
      .map(([key, item]) => {
        const content = this.element(field, item, `${path}.${key}`);
        return `<entry><key>${textOf('string', key, path)}</key>${content}</entry>`;
      })
      .join('');
  }
}

function textOf(type: string, value: unknown, path: string): string {
  const text = builtins.get(type)?.write(value);
  if (text === undefined) throw new UnwritableResult(path, `of the type xs:${type}`);
  if (firstIllegal(text) !== -1)
    throw new UnwritableResult(path, 'made of characters that XML has');
  return escapeText(text);
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
