import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { builtins } from './lexical.ts';
import { instanceNamespace, schemaNamespace } from './namespaces.ts';

/**
 * Reads elements that no schema declares: texts as texts, unless they name a builtin type of their own;
 * elements with elements in them as objects, repeated ones as lists.
 */
export function readUndeclared(element: XmlElement): Record<string, unknown> {
  const members = new Map<string, unknown[]>();
  for (const child of element.children) {
    const { localName } = child.name;
    members.set(localName, [...(members.get(localName) ?? []), valueOf(child)]);
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

function valueOf(element: XmlElement): unknown {
  const nil = attributeOf(element, 'nil', instanceNamespace);
  if (nil === 'true' || nil === '1') return null;
  if (element.children.length > 0) return readUndeclared(element);
  const [prefix = '', type = ''] = (attributeOf(element, 'type', instanceNamespace) ?? ':').split(
    ':',
  );
  const isBuiltin = element.namespaceOf(prefix) === schemaNamespace;
  return (isBuiltin ? builtins.get(type)?.read(element.text.trim()) : undefined) ?? element.text;
}
