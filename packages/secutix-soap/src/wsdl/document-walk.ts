import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import {
  isSchema,
  isWsdl,
  schemaReferences,
  schemasIn,
  wsdlReferences,
  type DocumentReference,
} from './document-references.ts';
import { linkedDocument, type WsdlDocuments } from './documents.ts';

/** A schema in the namespace that it contributes to. */
export interface SchemaDocument {
  readonly element: XmlElement;
  /** Its target namespace; for a schema without one, that of the schema which includes it. */
  readonly namespace: string;
  /** Whether it has no namespace of its own, so that names without a prefix are in this one. */
  readonly isChameleon: boolean;
}

/** All that belongs to a description, in the order in which it is reached from the WSDL. */
export interface Description {
  readonly definitions: readonly XmlElement[];
  readonly schemas: readonly SchemaDocument[];
}

/** A document to visit. */
interface Visit {
  readonly url: string;
  readonly root: XmlElement;
  /** The namespace of the schema that includes it. */
  readonly includedInto: string | undefined;
}

/**
 * Visits each document once, and a schema that several namespaces include once for each of them
 * (XML Schema 1, 4.2.1). Documents may import one another in circles.
 */
export function walkDocuments(documents: WsdlDocuments): Description {
  const definitions: XmlElement[] = [];
  const schemas: SchemaDocument[] = [];
  const seen = new Set<string>();
  const queue: Visit[] = [];

  function enqueue(url: string, root: XmlElement, includedInto: string | undefined): void {
    const key = `${includedInto ?? ''} ${url}`;
    if (seen.has(key)) return;
    seen.add(key);
    queue.push({ url, root, includedInto });
  }

  function follow(references: readonly DocumentReference[], base: string, into?: string): void {
    for (const { kind, location } of references) {
      const linked = linkedDocument(documents, base, location);
      if (linked === undefined) continue;
      const { url, root } = linked;
      const isInclusion = kind === 'include' && isChameleon(root);
      enqueue(url, root, isInclusion ? into : undefined);
    }
  }

  const root = documents.byUrl.get(documents.root);
  if (root !== undefined) enqueue(documents.root, root, undefined);
  for (const { url, root: visited, includedInto } of queue) {
    if (isWsdl(visited, 'definitions')) {
      definitions.push(visited);
      follow(wsdlReferences(visited), url);
    }
    for (const element of schemasIn(visited)) {
      const own = attributeOf(element, 'targetNamespace');
      const namespace = own ?? includedInto ?? '';
      schemas.push({ element, namespace, isChameleon: own === undefined && namespace !== '' });
      follow(schemaReferences(element), url, namespace);
    }
  }
  return { definitions, schemas };
}

function isChameleon(root: XmlElement): boolean {
  return isSchema(root, 'schema') && attributeOf(root, 'targetNamespace') === undefined;
}
