import { anySpace, carriage, commentKinds, other, sectionKinds, textKinds } from './byte-kinds.ts';
import type { ReferenceReader } from './reference-reader.ts';
import type { TextCutter } from './text-cutter.ts';
import { unexpected, XmlError } from './xml-error.ts';

const exclamation = 0x21;
const ampersand = 0x26;
const dash = 0x2d;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const openBracket = 0x5b;
const closeBracket = 0x5d;

const sectionStart = Buffer.from('<![CDATA[');

/** Reads what stands between tags. Comments are passed over as if they were not there. */
export class ContentReader {
  readonly #bytes: Uint8Array;
  readonly #cutter: TextCutter;
  readonly #references: ReferenceReader;

  /** A plain stretch of the document, and the kinds of its bytes. */
  #start = 0;
  #end = 0;
  #kinds = 0;
  /** The text, where it is made of several pieces or was asked for before. */
  #text: string | undefined;
  /** Whether there is nothing but white space, written as such. */
  isBlank = false;

  constructor(bytes: Uint8Array, cutter: TextCutter, references: ReferenceReader) {
    this.#bytes = bytes;
    this.#cutter = cutter;
    this.#references = references;
  }

  /** Whether what was read last holds no character, only comments or empty CDATA sections. */
  get isEmpty(): boolean {
    return this.#text === '';
  }

  /** What was read last. */
  text(): string {
    this.#text ??= this.#cut();
    return this.#text;
  }

  /**
   * Reads on to the next tag.
   *
   * @param start - The place of anything but a tag.
   * @returns The place of a `<` that does not begin a comment or a CDATA section.
   */
  read(start: number): number {
    const bytes = this.#bytes;
    const end = this.#readPlain(start);
    this.#text = undefined;
    if (bytes[end] === ampersand || bytes[end + 1] === exclamation) return this.#merge(end);
    this.isBlank = isBlank(this.#kinds);
    return end;
  }

  /**
   * Passes over a comment (XML 1.0, 2.5).
   *
   * @param start - The place of a `<!`.
   * @returns Where it ends.
   */
  skipComment(start: number): number {
    const bytes = this.#bytes;
    if (bytes[start + 2] !== dash || bytes[start + 3] !== dash) {
      throw unexpected(bytes, start + 2, 'A document type or another declaration is not taken');
    }
    let at = start + 4;
    for (;;) {
      while (commentKinds[bytes[at] as number] !== 0) at += 1;
      if (bytes[at] !== dash) throw unexpected(bytes, at, 'A control character');
      if (bytes[at + 1] === dash) break;
      at += 1;
    }
    if (bytes[at + 2] !== greaterThan) throw unexpected(bytes, at + 2, 'Two hyphens in a comment');
    return at + 3;
  }

  /** Passes over plain text, up to the next `<` or `&`. */
  #readPlain(start: number): number {
    const bytes = this.#bytes;
    const kindOf = textKinds;
    let kinds = 0;
    let at = start;
    for (;;) {
      let kind = kindOf[bytes[at] as number] as number;
      while (kind !== 0) {
        kinds |= kind;
        at += 1;
        kind = kindOf[bytes[at] as number] as number;
      }
      if (bytes[at] !== closeBracket) break;
      if (bytes[at + 1] === closeBracket && bytes[at + 2] === greaterThan) {
        throw new XmlError('The end of a CDATA section without its start', at);
      }
      kinds |= other;
      at += 1;
    }
    if (bytes[at] !== lessThan && bytes[at] !== ampersand) {
      throw unexpected(bytes, at, 'A control character');
    }
    this.#start = start;
    this.#end = at;
    this.#kinds = kinds;
    return at;
  }

  /** The plain stretch, its line ends as line feeds (XML 1.0, 2.11). */
  #cut(): string {
    const text = this.#cutter.cut(this.#start, this.#end, this.#kinds);
    if ((this.#kinds & carriage) === 0) return text;
    return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  }

  /** Reads a text that is made of pieces, of which the first, plain and maybe empty, has been read. */
  #merge(end: number): number {
    const bytes = this.#bytes;
    let text = this.#cut();
    let kinds = this.#kinds;
    let at = end;
    for (;;) {
      if (bytes[at] === ampersand) {
        text += this.#references.read(at);
        kinds |= other;
        at = this.#references.end;
      } else if (bytes[at + 1] !== exclamation) {
        break;
      } else if (bytes[at + 2] === openBracket) {
        at = this.#readSection(at);
        text += this.#cut();
        kinds |= other;
      } else {
        at = this.skipComment(at);
      }
      at = this.#readPlain(at);
      text += this.#cut();
      kinds |= this.#kinds;
    }
    this.#text = text;
    this.isBlank = isBlank(kinds);
    return at;
  }

  /** Passes over a CDATA section (XML 1.0, 2.7). */
  #readSection(start: number): number {
    const bytes = this.#bytes;
    const wrong = sectionStart.findIndex((byte, index) => bytes[start + index] !== byte);
    if (wrong !== -1) throw unexpected(bytes, start + wrong, 'Not a CDATA section');
    const first = start + sectionStart.length;
    let kinds = 0;
    let at = first;
    for (;;) {
      let kind = sectionKinds[bytes[at] as number] as number;
      while (kind !== 0) {
        kinds |= kind;
        at += 1;
        kind = sectionKinds[bytes[at] as number] as number;
      }
      if (bytes[at] !== closeBracket) throw unexpected(bytes, at, 'A control character');
      if (bytes[at + 1] === closeBracket && bytes[at + 2] === greaterThan) break;
      at += 1;
    }
    this.#start = first;
    this.#end = at;
    this.#kinds = kinds;
    return at + 3;
  }
}

function isBlank(kinds: number): boolean {
  return (kinds & ~anySpace) === 0;
}
