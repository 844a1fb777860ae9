/**
 * The name of an element or attribute. The same name is the same object within one reader, so that
 * names can be compared by `===` and kept as keys of a `Map`.
 */
export interface XmlName {
  /** The namespace's URI, empty for none. */
  readonly namespace: string;
  readonly localName: string;
}

/** A name that remembers in which start tag it was an attribute last. */
export class InternedName implements XmlName {
  readonly namespace: string;
  readonly localName: string;
  #lastTag = -1;

  constructor(namespace: string, localName: string) {
    this.namespace = namespace;
    this.localName = localName;
  }

  /** Whether it was there already in the start tag of that number. */
  isRepeatedIn(tag: number): boolean {
    if (this.#lastTag === tag) return true;
    this.#lastTag = tag;
    return false;
  }
}
