import type { XmlElement } from '@vendorkit/core/xml';
import { quoteName, WsdlProblem } from './wsdl-error.ts';

/** A name in a namespace, as `QName` attributes hold it. */
export interface QualifiedName {
  readonly namespace: string;
  readonly localName: string;
}

/**
 * Reads the value of an attribute that holds a name with a prefix or without one (XML Schema 2,
 * 3.2.18), which stands for the default namespace then.
 */
export function readQualifiedName(element: XmlElement, value: string): QualifiedName {
  const text = value.trim();
  const colon = text.indexOf(':');
  const prefix = colon === -1 ? '' : text.slice(0, colon);
  const namespace = element.namespaceOf(prefix);
  if (namespace !== undefined) return { namespace, localName: text.slice(colon + 1) };
  if (prefix === '') return { namespace: '', localName: text };
  throw new WsdlProblem(`The prefix of ${quoteName(text)} is declared nowhere`);
}

/** Things by their names. */
export class NameMap<Value> {
  readonly #byNamespace = new Map<string, Map<string, Value>>();

  get({ namespace, localName }: QualifiedName): Value | undefined {
    return this.#byNamespace.get(namespace)?.get(localName);
  }

  set({ namespace, localName }: QualifiedName, value: Value): void {
    const names = this.#byNamespace.get(namespace);
    if (names === undefined) this.#byNamespace.set(namespace, new Map([[localName, value]]));
    else names.set(localName, value);
  }

  delete({ namespace, localName }: QualifiedName): void {
    this.#byNamespace.get(namespace)?.delete(localName);
  }

  /** All things, each namespace's together, in the order in which their names were added. */
  values(): Value[] {
    return Array.from(this.#byNamespace.values(), (names) => [...names.values()]).flat();
  }
}

/** A name as a message tells it. */
export function describeName({ namespace, localName }: QualifiedName): string {
  return namespace === ''
    ? quoteName(localName)
    : `${quoteName(localName)} of ${quoteName(namespace)}`;
}
