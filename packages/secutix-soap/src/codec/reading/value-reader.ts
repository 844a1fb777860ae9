import type { XmlName, XmlReader } from '@vendorkit/core/xml';
import { Frame } from './frame.ts';
import { instanceOf, readAttributes } from './instance-type.ts';
import type { LinkedComplex, LinkedField, LinkedSimple, LinkedType } from '../linked-type.ts';
import { anyType } from '../builtin-types.ts';
import type { TypeLinks } from '../type-links.ts';
import { onlyFieldOf } from './only-field.ts';
import { UnreadableAnswer } from '../unreadable-answer.ts';
import { trimSpace } from '../values/white-space.ts';

/** How many tokens are read before the clock is asked. */
export const tokensAtATime = 256;
/** How many bytes are: one piece of a long text is as much. */
const bytesAtATime = 32 * 1024;

/**
 * Reads an element into the value of its type. It keeps the open elements on a stack of its own, so
 * that it can stop at any token and go on later, and so that depth costs nothing.
 */
export class ValueReader {
  readonly #reader: XmlReader;
  readonly #links: TypeLinks;
  /** Where the element stands, for errors. */
  readonly #outerPath: readonly string[];
  readonly #unwraps: boolean;
  /** The first stands for what is outside, and takes the value; the others are open elements. */
  readonly #frames: Frame[];
  #top: Frame;
  #depth = 0;

  /**
   * The reader stands at the start of the element.
   *
   * @param unwraps - Whether it is a wrapper, which is known by its place and not by what is in it.
   */
  constructor(
    reader: XmlReader,
    links: TypeLinks,
    type: LinkedType,
    { outerPath, unwraps = false }: { outerPath: readonly string[]; unwraps?: boolean },
  ) {
    this.#unwraps = unwraps;
    this.#reader = reader;
    this.#links = links;
    this.#outerPath = outerPath;
    this.#top = new Frame(reader.name, anyType);
    this.#frames = [this.#top];
    this.#begin(undefined, type);
  }

  /** The element's value, when it has been read. */
  get value(): unknown {
    return this.#frames[0]?.last;
  }

  /** The element itself, if it is not just a text. */
  get root(): Frame | undefined {
    return this.#frames[1];
  }

  /**
   * Reads on for some hundred tokens, or some ten thousand bytes.
   *
   * @returns Whether the element has ended.
   */
  advance(): boolean {
    const reader = this.#reader;
    const end = reader.offset + bytesAtATime;
    for (let tokens = 0; this.#depth > 0; tokens += 1) {
      if (tokens === tokensAtATime || reader.offset >= end) return false;
      const token = reader.next();
      if (token === 'start') this.#start();
      else if (token === 'end') this.#end();
      else this.#text();
    }
    return true;
  }

  #start(): void {
    const parent = this.#top;
    if (parent.isText || parent.type.parts.text !== undefined) {
      throw this.#unreadable('has elements where only a text is declared');
    }
    const field = parent.fieldOf(this.#reader.name);
    this.#begin(field, (field ?? this.#guess(parent))?.type ?? anyType);
  }

  /** The first element in a wrapper that declares one is that one, whatever its name. */
  #guess(parent: Frame): LinkedField | undefined {
    const isFirst = this.#unwraps && this.#depth === 1 && parent.children === 0;
    return isFirst ? onlyFieldOf(parent.type) : undefined;
  }

  #begin(field: LinkedField | undefined, declared: LinkedType): void {
    const reader = this.#reader;
    const { name } = reader;
    if (reader.attributes.length > 0) this.#beginInstance(name, field, declared);
    else if (declared.kind === 'simple') this.#readText(name, field, declared, false);
    else this.#push(name, field, declared);
  }

  #beginInstance(name: XmlName, field: LinkedField | undefined, declared: LinkedType): void {
    const { type, leaf, typeName, isNil } = instanceOf(declared, this.#reader, this.#links);
    if (type.kind === 'simple') {
      this.#readText(name, field, type, isNil);
      return;
    }
    const frame = this.#push(name, field, type);
    frame.isNil = isNil;
    frame.leaf ??= leaf;
    if (typeName !== undefined) frame.members['$type'] = typeName;
    const { values, wrong } = readAttributes(type, this.#reader);
    if (wrong !== undefined) {
      throw this.#unreadable(
        `has an attribute that is not of the type ${wrong.typeName}`,
        wrong.name,
      );
    }
    if (values !== undefined) frame.members['$attributes'] = values;
  }

  #push(name: XmlName, field: LinkedField | undefined, type: LinkedComplex): Frame {
    this.#depth += 1;
    let frame = this.#frames[this.#depth];
    if (frame === undefined) {
      frame = new Frame(name, type);
      this.#frames.push(frame);
    }
    frame.reset(name, field, type);
    this.#top = frame;
    return frame;
  }

  /** Reads an element that is just a text, to its end. */
  #readText(
    name: XmlName,
    field: LinkedField | undefined,
    type: LinkedSimple,
    isNil: boolean,
  ): void {
    const reader = this.#reader;
    let text = '';
    let token = reader.next();
    if (token === 'text') {
      text = reader.text();
      token = reader.next();
    }
    if (token === 'text') {
      this.#pushText(name, field, type, { isNil, text });
      return;
    }
    if (token !== 'end') {
      throw this.#unreadable('has elements where only a text is declared', name.localName);
    }
    const value = isNil && text === '' ? null : type.read(text, reader);
    if (value === undefined) {
      throw this.#unreadable(`is not of the type ${type.name}`, name.localName);
    }
    this.#top.add(field, name, value);
  }

  /** A text that comes in pieces is an open element, so that others get their turn between them. */
  #pushText(
    name: XmlName,
    field: LinkedField | undefined,
    type: LinkedSimple,
    { isNil, text }: { isNil: boolean; text: string },
  ): void {
    const frame = this.#push(name, field, anyType);
    frame.leaf = type;
    frame.isText = true;
    frame.isNil = isNil;
    frame.text = text + this.#reader.text();
  }

  /** White space between elements is no text, unless it may be the only one. */
  #text(): void {
    const frame = this.#top;
    if (frame.type.keepsText || !this.#reader.isBlank()) frame.text += this.#reader.text();
  }

  #end(): void {
    const frame = this.#top;
    const value = this.#valueOf(frame);
    this.#depth -= 1;
    const parent = this.#frames[this.#depth];
    if (parent === undefined) return;
    this.#top = parent;
    parent.add(frame.field, frame.name, value);
  }

  #valueOf(frame: Frame): unknown {
    const { type, text, children, leaf } = frame;
    if (frame.isNil && children === 0 && text === '') return null;
    if (leaf !== undefined && children === 0) return this.#leafValue(frame, leaf);
    if (type.parts.isAny && children === 0) return this.#leafValue(frame, undefined);
    frame.complete();
    if (trimSpace(text) !== '') frame.members['$text'] = text;
    else if (frame.map !== undefined && isOnlyMap(frame)) return frame.map;
    return frame.members;
  }

  /** The value of an element that has a text, and perhaps attributes. */
  #leafValue(frame: Frame, leaf: LinkedSimple | undefined): unknown {
    const value = leaf === undefined ? frame.text : leaf.read(frame.text, this.#reader);
    if (value === undefined) throw this.#unreadable(`is not of the type ${leaf?.name}`);
    if (!frame.hasMembers && frame.type.parts.isAny) return value;
    const { $type, $attributes } = frame.members;
    return {
      ...($type === undefined ? {} : { $type }),
      $value: value,
      ...($attributes === undefined ? {} : { $attributes }),
    };
  }

  #unreadable(problem: string, ...inner: string[]): UnreadableAnswer {
    const open = this.#frames.slice(1, this.#depth + 1).map(({ name }) => name.localName);
    return new UnreadableAnswer([...this.#outerPath, ...open, ...inner], problem);
  }
}

/** Whether a map's element has nothing but its entries. */
function isOnlyMap({ members }: Frame): boolean {
  return !('$attributes' in members) && !('$type' in members);
}
