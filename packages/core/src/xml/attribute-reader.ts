import { nameBytes, spaceBytes } from './byte-kinds.ts';
import type { NameTable } from './name-table.ts';
import type { Prefix, Scope } from './scope.ts';
import type { ValueReader } from './value-reader.ts';
import type { WrittenName } from './written-name.ts';
import { unexpected, XmlError } from './xml-error.ts';
import type { XmlName } from './xml-name.ts';

/** An attribute. Declarations of namespaces are none. */
export interface XmlAttribute {
  readonly name: XmlName;
  /** References resolved, plain tabs and line ends read as spaces (XML 1.0, 3.3.3). */
  readonly value: string;
}

/** An attribute as it is written: what its prefix stands for is known at the end of the tag. */
interface WrittenAttribute {
  readonly name: WrittenName;
  readonly value: string;
  readonly offset: number;
}

const equals = 0x3d;

/**
 * How many attributes and declarations of namespaces one start tag may have: far more than any schema
 * declares, and few enough that one token is read within a millisecond or two.
 */
const mostAttributes = 1000;

const none: readonly XmlAttribute[] = Object.freeze([]);

/** Reads the attributes of start tags. */
export class AttributeReader {
  readonly #bytes: Uint8Array;
  readonly #names: NameTable;
  readonly #scope: Scope;
  readonly #values: ValueReader;
  /** The number of the start tag that was read last. */
  #tag = 0;
  #written: WrittenAttribute[] = [];
  /** Those of the start tag that was read last. */
  attributes = none;

  constructor(bytes: Uint8Array, names: NameTable, scope: Scope, values: ValueReader) {
    this.#bytes = bytes;
    this.#names = names;
    this.#scope = scope;
    this.#values = values;
  }

  /** A start tag has no attributes. */
  clear(): void {
    this.attributes = none;
  }

  /**
   * Reads the attributes and namespace declarations of a start tag.
   *
   * @param start - Where the element's name ends.
   * @returns The place of what follows, which should end the tag.
   * @throws XmlError at the first that is too many.
   */
  read(start: number, depth: number): number {
    const bytes = this.#bytes;
    this.#tag += 1;
    this.#written = [];
    let end = start;
    let at = this.#skipSpace(end);
    for (let count = 1; nameBytes[bytes[at] as number] === 1; count += 1) {
      if (count > mostAttributes) throw new XmlError('Too many attributes', at);
      if (at === end) throw new XmlError('No white space before an attribute', at);
      end = this.#readOne(at, depth);
      at = this.#skipSpace(end);
    }
    this.attributes = this.#written.length === 0 ? none : this.#resolve();
    return at;
  }

  #readOne(start: number, depth: number): number {
    const bytes = this.#bytes;
    const name = this.#names.read(start);
    let at = this.#skipSpace(start + name.length);
    if (bytes[at] !== equals) throw unexpected(bytes, at, 'An attribute without a value');
    at = this.#skipSpace(at + 1);
    const value = this.#values.read(at, name);
    if (name.declares === undefined) this.#written.push({ name, value, offset: start });
    else this.#declare(name.declares, value, depth, start);
    return this.#values.end;
  }

  #declare(prefix: Prefix, namespace: string, depth: number, offset: number): void {
    if (prefix.lastTag === this.#tag) throw new XmlError('A prefix is declared twice', offset);
    prefix.lastTag = this.#tag;
    const problem = this.#scope.declare(prefix, namespace, depth);
    if (problem !== undefined) throw new XmlError(problem, offset);
  }

  #resolve(): XmlAttribute[] {
    const attributes: XmlAttribute[] = [];
    for (const { name: written, value, offset } of this.#written) {
      const hasPrefix = written.prefix.text !== '';
      const name = hasPrefix ? this.#names.meaningOf(written, offset) : written.plain;
      if (name.isRepeatedIn(this.#tag)) throw new XmlError('An attribute is repeated', offset);
      attributes.push({ name, value });
    }
    return attributes;
  }

  #skipSpace(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (spaceBytes[bytes[at] as number] === 1) at += 1;
    return at;
  }
}
