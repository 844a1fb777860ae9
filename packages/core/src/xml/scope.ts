/** A prefix, and the namespace that it stands for at the place where the reader is. */
export class Prefix {
  readonly text: string;
  /** Undefined where it is not declared. */
  namespace: string | undefined;
  /** The number of the start tag that declared it last. */
  lastTag = -1;

  constructor(text: string, namespace: string | undefined) {
    this.text = text;
    this.namespace = namespace;
  }
}

/** A declaration of a namespace: what the prefix stood for outside, and the element's depth. */
interface Declaration {
  readonly prefix: Prefix;
  readonly outer: string | undefined;
  readonly depth: number;
}

/** The namespace of the prefix `xml` (Namespaces in XML 1.0, 3). */
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/** The namespace of the prefix `xmlns` (Namespaces in XML 1.0, 3). */
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** What every document declares, by prefix. */
export const predefined: ReadonlyMap<string, string> = new Map([
  ['', ''],
  ['xml', xmlNamespace],
  ['xmlns', xmlnsNamespace],
]);

/**
 * The prefixes in scope. Each prefix knows its namespace, so that looking one up costs nothing; only a
 * declaration is remembered, to be undone where its element ends.
 */
export class Scope {
  readonly #prefixes = new Map<string, Prefix>();
  readonly #declarations: Declaration[] = [];
  /** The depth of the innermost open element that declares a namespace, or 0. */
  declaredDepth = 0;

  constructor() {
    for (const [text, namespace] of predefined) {
      this.#prefixes.set(text, new Prefix(text, namespace));
    }
  }

  /** The one object of a prefix, declared or not. */
  prefix(text: string): Prefix {
    let prefix = this.#prefixes.get(text);
    if (prefix === undefined) {
      prefix = new Prefix(text, undefined);
      this.#prefixes.set(text, prefix);
    }
    return prefix;
  }

  /** The namespace that a prefix stands for, if it is in scope. */
  namespaceOf(prefix: string): string | undefined {
    return this.#prefixes.get(prefix)?.namespace;
  }

  /**
   * Declares a namespace for the element of that depth, the innermost.
   *
   * @returns What forbids it (Namespaces in XML 1.0, 3 and 5), if anything.
   */
  declare(prefix: Prefix, namespace: string, depth: number): string | undefined {
    if (prefix.text === 'xmlns' || namespace === xmlnsNamespace) {
      return 'The prefix xmlns or its namespace is declared';
    }
    if ((prefix.text === 'xml') !== (namespace === xmlNamespace)) {
      return 'The prefix xml and its namespace are not declared together';
    }
    if (namespace === '' && prefix.text !== '') return 'A prefix is declared for no namespace';
    this.#declarations.push({ prefix, outer: prefix.namespace, depth });
    this.declaredDepth = depth;
    prefix.namespace = namespace;
    return undefined;
  }

  /** What the element of that depth, the innermost, declares: namespaces by prefix. */
  declaredAt(depth: number): ReadonlyMap<string, string> {
    const declared = new Map<string, string>();
    const declarations = this.#declarations;
    for (let index = declarations.length - 1; declarations[index]?.depth === depth; index -= 1) {
      const prefix = declarations[index]?.prefix;
      if (prefix?.namespace !== undefined) declared.set(prefix.text, prefix.namespace);
    }
    return declared;
  }

  /** Undoes what the innermost element that declares a namespace, if there is one, has declared. */
  leave(): void {
    const depth = this.declaredDepth;
    let last = this.#declarations.at(-1);
    while (last?.depth === depth) {
      last.prefix.namespace = last.outer;
      this.#declarations.pop();
      last = this.#declarations.at(-1);
    }
    this.declaredDepth = last?.depth ?? 0;
  }
}
