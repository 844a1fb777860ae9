import { nameBytes } from './byte-kinds.ts';
import { isNcName } from './name-characters.ts';
import type { Scope } from './scope.ts';
import type { TextCutter } from './text-cutter.ts';
import { WrittenName } from './written-name.ts';
import { unexpected, XmlError } from './xml-error.ts';
import { InternedName } from './xml-name.ts';

/** How many slots there are at first and at most. */
const fewSlots = 64;
const manySlots = 4096;

/**
 * The names of one document. The same few come back for every item of a list: one is found by a hash
 * of its bytes and compared with where it stood first, without making a string. Names that share a
 * slot take turns; a table keyed by strings finds the others, whatever names somebody makes up.
 */
export class NameTable {
  readonly #bytes: Uint8Array;
  readonly #cutter: TextCutter;
  readonly #scope: Scope;
  #slots: (WrittenName | undefined)[] = [];
  #slotMask = fewSlots - 1;
  readonly #written = new Map<string, WrittenName>();
  readonly #interned = new Map<string, Map<string, InternedName>>();

  constructor(bytes: Uint8Array, cutter: TextCutter, scope: Scope) {
    this.#bytes = bytes;
    this.#cutter = cutter;
    this.#scope = scope;
  }

  /**
   * Reads the name at a place. It ends after its length.
   *
   * @throws XmlError if there is none, or none with at most one prefix.
   */
  read(start: number): WrittenName {
    const bytes = this.#bytes;
    const isName = nameBytes;
    let hash = 0;
    let at = start;
    while (isName[bytes[at] as number] === 1) {
      // Times 31, without asking for `Math`, which is slow to find in a context of its own.
      hash = ((hash << 5) - hash + (bytes[at] as number)) | 0;
      at += 1;
    }
    const slot = hash & this.#slotMask;
    const last = this.#slots[slot];
    if (last !== undefined && last.length === at - start && this.standsAt(start, last)) return last;
    const name = this.#lookUp(start, at);
    this.#slots[slot] = name;
    return name;
  }

  /** Whether the bytes at a place are those of a name; more may follow. */
  standsAt(at: number, name: WrittenName): boolean {
    const bytes = this.#bytes;
    const { start, length } = name;
    for (let index = 0; index < length; index += 1) {
      if (bytes[at + index] !== bytes[start + index]) return false;
    }
    return true;
  }

  /** What a name means at this place for an element, or for an attribute with a prefix. */
  meaningOf(name: WrittenName, offset: number): InternedName {
    const { namespace } = name.prefix;
    if (namespace === name.meaning.namespace) return name.meaning;
    if (namespace === undefined) throw new XmlError('A prefix is not declared', offset);
    if (name.declares !== undefined && name.prefix.text !== '') {
      throw new XmlError('An element has the prefix xmlns', offset);
    }
    name.meaning = this.#intern(namespace, name.plain.localName);
    return name.meaning;
  }

  #lookUp(start: number, end: number): WrittenName {
    const text = this.#cutter.cutUtf8(start, end);
    let name = this.#written.get(text);
    if (name === undefined) {
      name = this.#parse(text, start, end);
      this.#written.set(text, name);
      if (this.#written.size > this.#slotMask >> 1) this.#addSlots();
    }
    return name;
  }

  /** Doubles the slots where names would too often take turns. They fill again by use. */
  #addSlots(): void {
    if (this.#slotMask >= manySlots - 1) return;
    this.#slotMask = this.#slotMask * 2 + 1;
    this.#slots = [];
  }

  #parse(text: string, start: number, end: number): WrittenName {
    const colon = text.indexOf(':');
    const hasPrefix = colon !== -1;
    const prefix = hasPrefix ? text.slice(0, colon) : '';
    const localName = hasPrefix ? text.slice(colon + 1) : text;
    if (!isNcName(localName) || (hasPrefix && !isNcName(prefix))) {
      throw unexpected(this.#bytes, start, 'A name is missing or holds a wrong character');
    }
    const declared = declaredPrefix(prefix, localName);
    return new WrittenName(
      start,
      end - start,
      this.#scope.prefix(prefix),
      this.#intern('', localName),
      declared === undefined ? undefined : this.#scope.prefix(declared),
    );
  }

  #intern(namespace: string, localName: string): InternedName {
    let names = this.#interned.get(namespace);
    if (names === undefined) {
      names = new Map();
      this.#interned.set(namespace, names);
    }
    let name = names.get(localName);
    if (name === undefined) {
      name = new InternedName(namespace, localName);
      names.set(localName, name);
    }
    return name;
  }
}

function declaredPrefix(prefix: string, localName: string): string | undefined {
  if (prefix === 'xmlns') return localName;
  return prefix === '' && localName === 'xmlns' ? '' : undefined;
}
