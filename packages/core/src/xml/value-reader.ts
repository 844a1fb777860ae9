import { notPlainSpace, valueKinds } from './byte-kinds.ts';
import type { ReferenceReader } from './reference-reader.ts';
import type { TextCutter } from './text-cutter.ts';
import type { WrittenName } from './written-name.ts';
import { unexpected } from './xml-error.ts';

const quotationMark = 0x22;
const ampersand = 0x26;
const apostrophe = 0x27;

/** Reads the values of attributes. */
export class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #cutter: TextCutter;
  readonly #references: ReferenceReader;
  /** Where the value that was read last ends, its closing quote included. */
  end = 0;
  #kinds = 0;

  constructor(bytes: Uint8Array, cutter: TextCutter, references: ReferenceReader) {
    this.#bytes = bytes;
    this.#cutter = cutter;
    this.#references = references;
  }

  /** Reads the value that begins with a quote, of the attribute of that name. */
  read(start: number, name: WrittenName): string {
    const bytes = this.#bytes;
    const quote = bytes[start];
    if (quote !== quotationMark && quote !== apostrophe) {
      throw unexpected(bytes, start, 'The value of an attribute is not quoted');
    }
    const first = start + 1;
    const last = this.#readPlain(first, quote);
    if (bytes[last] !== quote) return this.#merge(first, last, quote);
    this.end = last + 1;
    return this.#repeats(first, last, name) ? name.value : this.#remember(first, last, name);
  }

  /** Passes over what holds no reference. */
  #readPlain(start: number, quote: number): number {
    const bytes = this.#bytes;
    const kindOf = valueKinds;
    let kinds = 0;
    let at = start;
    for (;;) {
      let kind = kindOf[bytes[at] as number] as number;
      while (kind !== 0) {
        kinds |= kind;
        at += 1;
        kind = kindOf[bytes[at] as number] as number;
      }
      const byte = bytes[at];
      const isOtherQuote = byte === quotationMark || byte === apostrophe;
      if (byte === quote || !isOtherQuote) break;
      at += 1;
    }
    this.#kinds = kinds;
    return at;
  }

  /** The plain piece that was read last, with plain spaces only (XML 1.0, 2.11 and 3.3.3). */
  #cut(start: number, end: number): string {
    const text = this.#cutter.cut(start, end, this.#kinds);
    return (this.#kinds & notPlainSpace) === 0 ? text : text.replaceAll(/\r\n|[\t\n\r]/g, ' ');
  }

  /** Reads a value with references, of which the first plain piece has been read. */
  #merge(start: number, end: number, quote: number): string {
    const bytes = this.#bytes;
    let value = this.#cut(start, end);
    let at = end;
    while (bytes[at] !== quote) {
      if (bytes[at] !== ampersand) {
        throw unexpected(bytes, at, 'A character that no value of an attribute holds');
      }
      value += this.#references.read(at);
      const next = this.#references.end;
      at = this.#readPlain(next, quote);
      value += this.#cut(next, at);
    }
    this.end = at + 1;
    return value;
  }

  #repeats(start: number, end: number, name: WrittenName): boolean {
    const { valueStart, valueEnd } = name;
    const length = end - start;
    if (valueEnd - valueStart !== length) return false;
    const bytes = this.#bytes;
    for (let index = 0; index < length; index += 1) {
      if (bytes[start + index] !== bytes[valueStart + index]) return false;
    }
    return true;
  }

  #remember(start: number, end: number, name: WrittenName): string {
    name.valueStart = start;
    name.valueEnd = end;
    name.value = this.#cut(start, end);
    return name.value;
  }
}
