import type { XmlAttribute } from './attribute-reader.ts';
import { XmlReader, type XmlLimits } from './reader.ts';
import { predefined } from './scope.ts';
import type { XmlName } from './xml-name.ts';

/** An element with all that it holds. */
export interface XmlElement {
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  /** The elements directly in it. */
  readonly children: readonly XmlElement[];
  /** Its own text, put together, without that of the elements in it. */
  readonly text: string;
  /** The namespace that a prefix stands for in it; '' is the default namespace. */
  readonly namespaceOf: (prefix: string) => string | undefined;
}

/** An element of which not everything has been read. */
interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** What an element declares, and what holds around it. */
interface Declarations {
  readonly own: ReadonlyMap<string, string>;
  readonly outer: Declarations | undefined;
}

const outermost: Declarations = { own: predefined, outer: undefined };

/** Puts a tree together. */
class TreeBuilder {
  readonly #elements: OpenElement[] = [];
  /** The declarations in force, by depth. */
  readonly #declarations: Declarations[] = [outermost];
  #root: XmlElement | undefined;

  get root(): XmlElement {
    if (this.#root === undefined) throw new Error('A document without a root was read.');
    return this.#root;
  }

  open(reader: XmlReader): void {
    const { name, attributes, depth } = reader;
    const parent = this.#elements[depth - 2];
    const outer = this.#declarations[depth - 1] ?? outermost;
    const own = reader.declarations();
    const declarations = own === undefined ? outer : { own, outer };
    // Most elements declare nothing, and share the function of the one around them.
    const shared = own === undefined ? parent?.namespaceOf : undefined;
    const namespaceOf = shared ?? ((prefix: string) => lookUp(prefix, declarations));
    const element: OpenElement = { name, attributes, children: [], text: '', namespaceOf };
    this.#elements[depth - 1] = element;
    this.#declarations[depth] = declarations;
    this.#root ??= element;
    parent?.children.push(element);
  }

  addText(text: string, depth: number): void {
    const element = this.#elements[depth - 1];
    if (element !== undefined) element.text += text;
  }
}

function lookUp(prefix: string, innermost: Declarations): string | undefined {
  let declarations: Declarations | undefined = innermost;
  while (declarations !== undefined && !declarations.own.has(prefix)) {
    declarations = declarations.outer;
  }
  return declarations?.own.get(prefix);
}

/**
 * Reads a whole document into a tree.
 *
 * @returns The root.
 * @throws XmlError as `XmlReader` does.
 */
export function readXml(bytes: Uint8Array, limits: XmlLimits = {}): XmlElement {
  const reader = new XmlReader(bytes, limits);
  const builder = new TreeBuilder();
  for (let token = reader.next(); token !== 'done'; token = reader.next()) {
    if (token === 'start') builder.open(reader);
    else if (token === 'text') builder.addText(reader.text(), reader.depth);
  }
  return builder.root;
}

/** The value of an attribute, or undefined if the element has none of that name. */
export function attributeOf(
  element: XmlElement,
  localName: string,
  namespace = '',
): string | undefined {
  return element.attributes.find(
    ({ name }) => name.localName === localName && name.namespace === namespace,
  )?.value;
}
