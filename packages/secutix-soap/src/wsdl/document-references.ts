import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { schemaNamespace, wellKnownNamespaces, wsdlNamespace } from './namespaces.ts';

/** How one document of a description refers to another. */
export interface DocumentReference {
  /**
   * `include` makes the other schema a part of this one's namespace (XML Schema 1, 4.2.1 and 4.2.2);
   * `import` leaves the other document its own (4.2.3; WSDL 1.1, 2.1.1).
   */
  readonly kind: 'import' | 'include';
  /** The location as it is written. */
  readonly location: string;
}

/** Whether an element is the one of that name in WSDL 1.1. */
export function isWsdl(element: XmlElement, localName: string): boolean {
  return element.name.localName === localName && element.name.namespace === wsdlNamespace;
}

/** Whether an element is the one of that name in XML Schema. */
export function isSchema(element: XmlElement, localName: string): boolean {
  return element.name.localName === localName && element.name.namespace === schemaNamespace;
}

/** The schemas that stand in a document: those in the types of a WSDL, or the document itself. */
export function schemasIn(root: XmlElement): readonly XmlElement[] {
  if (isSchema(root, 'schema')) return [root];
  return root.children
    .filter((child) => isWsdl(child, 'types'))
    .flatMap((types) => types.children.filter((child) => isSchema(child, 'schema')));
}

/** The locations that the `wsdl:import` elements of a WSDL name. */
export function wsdlReferences(root: XmlElement): readonly DocumentReference[] {
  return root.children
    .filter((child) => isWsdl(child, 'import'))
    .flatMap((child) => reference('import', attributeOf(child, 'location')));
}

/** The locations that a schema names. What needs no schema is left out. */
export function schemaReferences(schema: XmlElement): readonly DocumentReference[] {
  return schema.children.flatMap((child) => {
    if (isSchema(child, 'include') || isSchema(child, 'redefine')) {
      return reference('include', attributeOf(child, 'schemaLocation'));
    }
    if (!isSchema(child, 'import')) return [];
    if (wellKnownNamespaces.has(attributeOf(child, 'namespace') ?? '')) return [];
    return reference('import', attributeOf(child, 'schemaLocation'));
  });
}

function reference(
  kind: DocumentReference['kind'],
  location: string | undefined,
): DocumentReference[] {
  const trimmed = location?.trim() ?? '';
  return trimmed === '' ? [] : [{ kind, location: trimmed }];
}
