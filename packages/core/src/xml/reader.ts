import { isAscii } from 'node:buffer';
import { AttributeReader, type XmlAttribute } from './attribute-reader.ts';
import { spaceBytes } from './byte-kinds.ts';
import { byteOrderMark, startsWith } from './byte-order-mark.ts';
import { checkCharacters } from './check-characters.ts';
import { ContentReader } from './content-reader.ts';
import { readDeclaration } from './declaration.ts';
import { encodingOf } from './encoding.ts';
import { NameTable } from './name-table.ts';
import { ReferenceReader } from './reference-reader.ts';
import { Scope } from './scope.ts';
import { TextCutter } from './text-cutter.ts';
import { ValueReader } from './value-reader.ts';
import type { WrittenName } from './written-name.ts';
import { unexpected, XmlError } from './xml-error.ts';
import { InternedName, type XmlName } from './xml-name.ts';

/** What a reader stands at. */
export type XmlToken = 'start' | 'end' | 'text' | 'done';

/** How much a reader takes. */
export interface XmlLimits {
  /**
   * How many elements may be open at a time.
   *
   * @defaultValue 128
   */
  maxDepth?: number;
  /**
   * After how many bytes of the document a text is cut, and goes on in the next token. Characters,
   * references and line ends stay whole, and white space alone is not cut.
   *
   * @defaultValue 65536
   */
  maxTextBytes?: number;
}

const exclamation = 0x21;
const slash = 0x2f;
const lessThan = 0x3c;
const greaterThan = 0x3e;
const question = 0x3f;

/** What `next` has to do first. */
type Phase = 'prolog' | 'content' | 'section' | 'empty' | 'leaving' | 'epilog' | 'failed';

const defaultMaxDepth = 128;
/** So much is read within a millisecond. */
const defaultMaxTextBytes = 64 * 1024;

/**
 * Reads well-formed XML 1.0 with namespaces token by token, and refuses everything else.
 *
 * It takes UTF-8 (`toUtf8` makes it from other encodings) without a document type, without processing
 * instructions and without entities other than the five predefined ones. The bytes are copied, and no
 * text that is handed out keeps them in memory.
 */
export class XmlReader {
  readonly #bytes: Buffer;
  readonly #length: number;
  readonly #maxDepth: number;
  readonly #scope = new Scope();
  readonly #names: NameTable;
  readonly #content: ContentReader;
  readonly #attributes: AttributeReader;

  #at = 0;
  #phase: Phase = 'prolog';
  #failure: unknown;
  #open = 0;
  #depth = 0;
  #name: InternedName = new InternedName('', '');
  /** The open elements' names by depth, as written and as meant. */
  readonly #openNames: WrittenName[] = [];
  readonly #openMeanings: InternedName[] = [];

  /** @param bytes - The document in UTF-8. It is copied. */
  constructor(bytes: Uint8Array, limits: XmlLimits = {}) {
    // The zero byte at the end, which no document may hold, ends every loop.
    const copy = Buffer.allocUnsafe(bytes.length + 1);
    copy.set(bytes);
    copy[bytes.length] = 0;
    const cutter = new TextCutter(copy);
    const references = new ReferenceReader(copy);
    const values = new ValueReader(copy, cutter, references);
    this.#bytes = copy;
    this.#length = bytes.length;
    this.#maxDepth = limits.maxDepth ?? defaultMaxDepth;
    this.#names = new NameTable(copy, cutter, this.#scope);
    const maxTextBytes = limits.maxTextBytes ?? defaultMaxTextBytes;
    this.#content = new ContentReader(copy, cutter, references, maxTextBytes);
    this.#attributes = new AttributeReader(copy, this.#names, this.#scope, values);
  }

  /** At `start` and `end`, the element's name. */
  get name(): XmlName {
    return this.#name;
  }

  /** At `start`, the element's attributes in the order of the document. */
  get attributes(): readonly XmlAttribute[] {
    return this.#attributes.attributes;
  }

  /** How many elements are open: the root's start and end, and its own text, have depth 1. */
  get depth(): number {
    return this.#depth;
  }

  /** How many bytes have been read. */
  get offset(): number {
    return this.#at;
  }

  /**
   * Goes on to the next token. An element without content has a `start` and an `end` all the same;
   * between two tags there is at most one `text`, and none if it would be empty, unless it is long:
   * then it comes in several pieces, some of which may be empty.
   *
   * @throws XmlError if the document is not well-formed; then again each time.
   */
  next(): XmlToken {
    try {
      return this.#phase === 'content' ? this.#nextInContent() : this.#nextElsewhere();
    } catch (error) {
      this.#phase = 'failed';
      this.#failure = error;
      throw error;
    }
  }

  /** At `text`, the text: CDATA sections and references resolved, line ends read as line feeds. */
  text(): string {
    return this.#content.text();
  }

  /** At `text`, whether it is white space only, and written as such. Pieces tell it of the whole text. */
  isBlank(): boolean {
    return this.#content.isBlank;
  }

  /**
   * The namespace that a prefix stands for at this place; '' is the default namespace, which may be
   * none (''). At `end`, the element's own declarations still hold.
   */
  namespaceOf(prefix: string): string | undefined {
    return this.#scope.namespaceOf(prefix);
  }

  /**
   * At `start`, the namespaces that the element itself declares, by prefix.
   *
   * @internal
   */
  declarations(): ReadonlyMap<string, string> | undefined {
    const isDeclaring = this.#scope.declaredDepth === this.#open;
    return isDeclaring ? this.#scope.declaredAt(this.#open) : undefined;
  }

  /** The tokens that do not come from plain content. */
  #nextElsewhere(): XmlToken {
    const phase = this.#phase;
    if (phase === 'prolog') return this.#startTag(this.#skipProlog());
    if (phase === 'empty') return this.#close();
    if (phase === 'section') return this.#text(this.#content.read(this.#at));
    if (phase === 'epilog') return this.#finish();
    if (phase === 'failed') throw this.#failure;
    this.#scope.leave();
    this.#phase = this.#open === 0 ? 'epilog' : 'content';
    return this.next();
  }

  #finish(): XmlToken {
    this.#at = this.#skipBetween(this.#at);
    if (this.#at < this.#length) throw new XmlError('Something after the root', this.#at);
    this.#depth = 0;
    return 'done';
  }

  #skipProlog(): number {
    const bytes = this.#bytes;
    checkCharacters(bytes);
    const start = startsWith(bytes, byteOrderMark) ? byteOrderMark.length : 0;
    const declaration = readDeclaration(bytes, start);
    const encoding = encodingOf(declaration?.encoding ?? 'utf-8');
    if (encoding !== 'utf-8' && (encoding !== 'us-ascii' || !isAscii(bytes))) {
      throw new XmlError('The document declares an encoding that it is not in', start);
    }
    const at = this.#skipBetween(declaration?.end ?? start);
    if (bytes[at] !== lessThan) throw unexpected(bytes, at, 'Something before the root');
    return at;
  }

  /** Passes over white space and comments outside the root. */
  #skipBetween(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    for (;;) {
      while (spaceBytes[bytes[at] as number] === 1) at += 1;
      if (bytes[at] !== lessThan || bytes[at + 1] !== exclamation) return at;
      at = this.#content.skipComment(at);
    }
  }

  #nextInContent(): XmlToken {
    const bytes = this.#bytes;
    let at = this.#at;
    if (bytes[at] !== lessThan || bytes[at + 1] === exclamation) {
      at = this.#content.read(at);
      if (this.#content.isCut || !this.#content.isEmpty) return this.#text(at);
    }
    return bytes[at + 1] === slash ? this.#endTag(at) : this.#startTag(at);
  }

  #text(end: number): XmlToken {
    this.#at = end;
    this.#depth = this.#open;
    this.#phase = this.#content.isInSection ? 'section' : 'content';
    return 'text';
  }

  #startTag(start: number): XmlToken {
    const bytes = this.#bytes;
    if (bytes[start + 1] === question) {
      throw new XmlError('A processing instruction is not taken', start);
    }
    const name = this.#names.read(start + 1);
    const depth = this.#open + 1;
    if (depth > this.#maxDepth) throw new XmlError('Too many levels', start);
    let at = start + 1 + name.length;
    if (bytes[at] === greaterThan) this.#attributes.clear();
    else at = this.#attributes.read(at, depth);
    const isEmpty = bytes[at] === slash;
    if (isEmpty) at += 1;
    if (bytes[at] !== greaterThan) throw unexpected(bytes, at, 'A start tag does not end');
    this.#name = this.#names.meaningOf(name, start);
    this.#openNames[depth] = name;
    this.#openMeanings[depth] = this.#name;
    this.#open = depth;
    this.#depth = depth;
    this.#phase = isEmpty ? 'empty' : 'content';
    this.#at = at + 1;
    return 'start';
  }

  #endTag(start: number): XmlToken {
    const bytes = this.#bytes;
    const first = start + 2;
    const name = this.#openNames[this.#open];
    if (name === undefined || !this.#names.standsAt(first, name)) {
      throw new XmlError('An end tag of another element', start);
    }
    let at = first + name.length;
    while (spaceBytes[bytes[at] as number] === 1) at += 1;
    if (bytes[at] !== greaterThan) throw unexpected(bytes, at, 'An end tag of another element');
    this.#at = at + 1;
    return this.#close();
  }

  #close(): XmlToken {
    const depth = this.#open;
    this.#name = this.#openMeanings[depth] ?? this.#name;
    this.#depth = depth;
    this.#open = depth - 1;
    const isLeaving = this.#scope.declaredDepth === depth || depth === 1;
    this.#phase = isLeaving ? 'leaving' : 'content';
    return 'end';
  }
}
