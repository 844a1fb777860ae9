import { anySpace, carriage, commentKinds, other, sectionKinds, textKinds } from './byte-kinds.ts';
import type { ReferenceReader } from './reference-reader.ts';
import type { TextCutter } from './text-cutter.ts';
import { unexpected, XmlError } from './xml-error.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const exclamation = 0x21;
const ampersand = 0x26;
const dash = 0x2d;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** The first bits of a byte that goes on with a character of UTF-8. */
const continuationMask = 0xc0;
const continuation = 0x80;

const sectionStart = Buffer.from('<![CDATA[');

/**
 * Reads what stands between tags. Comments are passed over as if they were not there. What is long is
 * cut into pieces, and a piece may be empty.
 */
export class ContentReader {
  readonly #bytes: Uint8Array;
  readonly #cutter: TextCutter;
  readonly #references: ReferenceReader;
  readonly #maxTextBytes: number;

  /** A plain stretch of the document, and the kinds of its bytes. */
  #start = 0;
  #end = 0;
  #kinds = 0;
  /** The kinds of what was read last, and of the pieces before it. */
  #textKinds = 0;
  /** The text, where it is made of several pieces or was asked for before. */
  #text: string | undefined;
  /** Where the piece that is being read ends, if the text goes on so far. */
  #cutAt = 0;
  /** Whether what was read last is cut, so that more follows. */
  isCut = false;
  /** Whether it is cut within a CDATA section, where a `<` is a letter. */
  isInSection = false;

  constructor(
    bytes: Uint8Array,
    cutter: TextCutter,
    references: ReferenceReader,
    maxTextBytes: number,
  ) {
    this.#bytes = bytes;
    this.#cutter = cutter;
    this.#references = references;
    this.#maxTextBytes = maxTextBytes;
  }

  /** Whether there is nothing but white space, written as such. */
  get isBlank(): boolean {
    return isBlank(this.#textKinds);
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
   * Reads on to the next tag, or to the end of a piece.
   *
   * @param start - The place of anything but a tag.
   * @returns The place of a `<` that does not begin a comment or a CDATA section, or where the next
   * piece begins.
   */
  read(start: number): number {
    const earlier = this.isCut ? this.#textKinds : 0;
    this.#cutAt = start + this.#maxTextBytes;
    this.#text = undefined;
    if (this.isInSection) return this.#merge(start, '', earlier);
    const end = this.#readPlain(start, earlier);
    const kinds = earlier | this.#kinds;
    this.isCut = !this.#isTag(end);
    if (this.isCut) return this.#merge(end, this.#cut(), kinds);
    this.#textKinds = kinds;
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

  /** Whether text ends at a place: at a `<` that begins no comment or CDATA section. */
  #isTag(at: number): boolean {
    return this.#bytes[at] === lessThan && this.#bytes[at + 1] !== exclamation;
  }

  /**
   * Passes over plain text, up to the next `<` or `&`, or to the end of the piece. White space alone is
   * not cut, so that a text is blank as a whole or not at all.
   *
   * @param before - The kinds of the text before it.
   */
  #readPlain(start: number, before: number): number {
    const bytes = this.#bytes;
    const kindOf = textKinds;
    let cutAt = this.#cutAt;
    let kinds = 0;
    let at = start;
    for (;;) {
      let kind = kindOf[bytes[at] as number] as number;
      while (kind !== 0 && at < cutAt) {
        kinds |= kind;
        at += 1;
        kind = kindOf[bytes[at] as number] as number;
      }
      if (kind !== 0) {
        if (!isBlank(before | kinds)) break;
        cutAt = at + this.#maxTextBytes;
        continue;
      }
      const isAtEnd = at >= cutAt && !isBlank(before | kinds);
      if (bytes[at] !== closeBracket || isAtEnd) break;
      if (bytes[at + 1] === closeBracket && bytes[at + 2] === greaterThan) {
        throw new XmlError('The end of a CDATA section without its start', at);
      }
      kinds |= other;
      at += 1;
    }
    if (bytes[at] !== lessThan && bytes[at] !== ampersand) {
      if (at < cutAt) throw unexpected(bytes, at, 'A control character');
      at = this.#endOfCharacter(at);
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

  /** Where the character ends within which a piece would end, or the line end of two characters. */
  #endOfCharacter(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    if (bytes[at] === lineFeed && bytes[at - 1] === carriageReturn) at += 1;
    while (((bytes[at] as number) & continuationMask) === continuation) at += 1;
    return at;
  }

  /**
   * Reads on in a text that is made of several stretches.
   *
   * @param first - What has been read of the piece, plain and maybe empty.
   * @param before - The kinds of that, and of the pieces before it.
   */
  #merge(start: number, first: string, before: number): number {
    const bytes = this.#bytes;
    let text = first;
    let kinds = before;
    let at = start;
    while (this.isInSection || !this.#isTag(at)) {
      if (at >= this.#cutAt && (text === '' || !isBlank(kinds))) break;
      if (this.isInSection || (bytes[at] === lessThan && bytes[at + 2] === openBracket)) {
        at = this.#readSection(at);
        text += this.#cut();
        kinds |= other;
        if (this.isInSection) continue;
      } else if (bytes[at] === ampersand) {
        text += this.#references.read(at);
        kinds |= other;
        at = this.#references.end;
      } else {
        at = this.skipComment(at);
      }
      at = this.#readPlain(at, kinds);
      text += this.#cut();
      kinds |= this.#kinds;
    }
    this.#text = text;
    this.#textKinds = kinds;
    this.isCut = this.isInSection || !this.#isTag(at);
    return at;
  }

  /** Passes over a CDATA section (XML 1.0, 2.7), or over what the piece still takes of it. */
  #readSection(start: number): number {
    const bytes = this.#bytes;
    const first = this.isInSection ? start : this.#enterSection(start);
    const cutAt = this.#cutAt;
    let kinds = 0;
    let at = first;
    for (;;) {
      let kind = sectionKinds[bytes[at] as number] as number;
      while (kind !== 0 && at < cutAt) {
        kinds |= kind;
        at += 1;
        kind = sectionKinds[bytes[at] as number] as number;
      }
      this.isInSection = at >= cutAt;
      if (this.isInSection) break;
      if (bytes[at] !== closeBracket) throw unexpected(bytes, at, 'A control character');
      if (bytes[at + 1] === closeBracket && bytes[at + 2] === greaterThan) break;
      at += 1;
    }
    if (this.isInSection) at = this.#endOfCharacter(at);
    this.#start = first;
    this.#end = at;
    this.#kinds = kinds;
    return this.isInSection ? at : at + 3;
  }

  #enterSection(start: number): number {
    const bytes = this.#bytes;
    const wrong = sectionStart.findIndex((byte, index) => bytes[start + index] !== byte);
    if (wrong !== -1) throw unexpected(bytes, start + wrong, 'Not a CDATA section');
    return start + sectionStart.length;
  }
}

function isBlank(kinds: number): boolean {
  return (kinds & ~anySpace) === 0;
}
