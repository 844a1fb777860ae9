import type { XmlElement } from '@vendorkit/core/xml';
import { isSchema } from './document-references.ts';

/** How a complex type is made of another type (XML Schema 1, 3.4.2). */
export interface Derivation {
  readonly method: 'extension' | 'restriction';
  /** Whether there is text instead of elements. */
  readonly isSimple: boolean;
  /** `complexContent` or `simpleContent`. */
  readonly content: XmlElement;
  /** The `extension` or `restriction`. */
  readonly body: XmlElement;
}

/** The derivation that a complex type tells; `undefined` if it is made of nothing. */
export function derivationOf(type: XmlElement): Derivation | undefined {
  const content = type.children.find(
    (child) => isSchema(child, 'complexContent') || isSchema(child, 'simpleContent'),
  );
  const body = content?.children.find(
    (child) => isSchema(child, 'extension') || isSchema(child, 'restriction'),
  );
  if (content === undefined || body === undefined) return undefined;
  return {
    method: body.name.localName === 'extension' ? 'extension' : 'restriction',
    isSimple: content.name.localName === 'simpleContent',
    content,
    body,
  };
}
