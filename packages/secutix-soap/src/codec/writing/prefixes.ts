import { escapeAttribute } from '@vendorkit/core/xml';
import { instanceNamespace, schemaNamespace } from '../namespaces.ts';

/** The prefixes that a document needs, to be declared where it begins. */
export class Prefixes {
  readonly #prefixes = new Map<string, string>();

  /** The prefix of a namespace other than none. */
  of(namespace: string): string {
    const prefix = this.#prefixes.get(namespace) ?? this.#next(namespace);
    this.#prefixes.set(namespace, prefix);
    return prefix;
  }

  /** The name of an element or attribute as it is written. */
  name(namespace: string, localName: string): string {
    return namespace === '' ? localName : `${this.of(namespace)}:${localName}`;
  }

  /** The attributes that declare all of them. */
  declarations(): string {
    return [...this.#prefixes]
      .map(([namespace, prefix]) => ` xmlns:${prefix}="${escapeAttribute(namespace)}"`)
      .join('');
  }

  #next(namespace: string): string {
    if (namespace === instanceNamespace) return 'xsi';
    return namespace === schemaNamespace ? 'xs' : `n${this.#prefixes.size + 1}`;
  }
}
