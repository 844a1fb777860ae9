import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { isWsdl } from './document-references.ts';
import { describeName, NameMap, readQualifiedName, type QualifiedName } from './qualified-name.ts';
import { WsdlProblem } from './wsdl-error.ts';

/** The parts of a WSDL that have names (WSDL 1.1, 2.1). Each kind has its own names. */
export type DefinitionKind = 'message' | 'portType' | 'binding' | 'service';

/** A named part of a WSDL. */
export interface Definition extends QualifiedName {
  readonly element: XmlElement;
}

/** The named parts of a WSDL and of those that it imports. Of several with one name the first counts. */
export class Definitions {
  readonly #byKind: Readonly<Record<DefinitionKind, NameMap<Definition>>> = {
    message: new NameMap(),
    portType: new NameMap(),
    binding: new NameMap(),
    service: new NameMap(),
  };

  constructor(documents: readonly XmlElement[]) {
    for (const document of documents) this.#addAll(document);
  }

  /** All parts of a kind, those of the WSDL itself first. */
  all(kind: DefinitionKind): readonly Definition[] {
    return this.#byKind[kind].values();
  }

  /** The part that an attribute of an element names. */
  resolve(kind: DefinitionKind, element: XmlElement, attribute: string): Definition {
    const name = readQualifiedName(element, attributeOf(element, attribute) ?? '');
    const definition = this.#byKind[kind].get(name) ?? this.#unprefixed(kind, name);
    if (definition !== undefined) return definition;
    throw new WsdlProblem(`The ${kind} ${describeName(name)} is defined nowhere`);
  }

  /** WSDLs written by hand forget the prefix. */
  #unprefixed(kind: DefinitionKind, name: QualifiedName): Definition | undefined {
    return this.all(kind).find(({ localName }) => localName === name.localName);
  }

  #addAll(document: XmlElement): void {
    const namespace = attributeOf(document, 'targetNamespace') ?? '';
    for (const element of document.children) {
      const kind = kinds.find((name) => isWsdl(element, name));
      const localName = attributeOf(element, 'name')?.trim();
      if (kind === undefined || localName === undefined) continue;
      const definition = { namespace, localName, element };
      const names = this.#byKind[kind];
      if (names.get(definition) === undefined) names.set(definition, definition);
    }
  }
}

const kinds: readonly DefinitionKind[] = ['message', 'portType', 'binding', 'service'];
