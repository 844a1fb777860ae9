import type { XmlAttribute, XmlReader } from '@vendorkit/core/xml';
import { anyType } from '../builtin-types.ts';
import type { TypeLinks } from '../type-links.ts';
import type { LinkedComplex, LinkedSimple, LinkedType } from '../linked-type.ts';
import { fullName, setMember } from '../member-key.ts';
import { instanceNamespace } from '../namespaces.ts';
import { trimSpace } from '../values/white-space.ts';

/** What an element says about itself (XML Schema 1, 2.6). */
export interface ElementInstance {
  readonly type: LinkedComplex | LinkedSimple;
  /** The type of the text of an element of `anyType`. */
  readonly leaf: LinkedSimple | undefined;
  /** The value of `$type`: the complex type that it names. */
  readonly typeName: string | undefined;
  readonly isNil: boolean;
}

/**
 * The type of an element with attributes. `xsi:type` decides if it names a complex type of the model,
 * and wherever anything is allowed; a declared simple type is what the WSDL promised, and stays.
 */
export function instanceOf(
  declared: LinkedType,
  reader: XmlReader,
  links: TypeLinks,
): ElementInstance {
  let isNil = false;
  let named: LinkedType | undefined;
  for (const { name, value } of reader.attributes) {
    if (name.namespace !== instanceNamespace) continue;
    if (name.localName === 'nil') isNil = ['true', '1'].includes(trimSpace(value));
    if (name.localName === 'type') named = typeNamed(trimSpace(value), reader, links);
  }
  if (named === undefined || declared.kind === 'simple' || named === anyType) {
    return { type: declared, leaf: undefined, typeName: undefined, isNil };
  }
  if (named.kind === 'simple') {
    const leaf = declared.parts.isAny ? named : undefined;
    return { type: declared, leaf, typeName: undefined, isNil };
  }
  // A map that says no more than what is declared stays a plain object.
  const typeName = named === declared && named.parts.isMap ? undefined : named.parts.typeName;
  return { type: named, leaf: undefined, typeName, isNil };
}

function typeNamed(written: string, reader: XmlReader, links: TypeLinks): LinkedType | undefined {
  const colon = written.indexOf(':');
  const prefix = colon === -1 ? '' : written.slice(0, colon);
  const namespace = reader.namespaceOf(prefix);
  return namespace === undefined ? undefined : links.named(namespace, written.slice(colon + 1));
}

/** An attribute that is not of its type. */
export interface WrongAttribute {
  readonly name: string;
  readonly typeName: string;
}

/**
 * The value of `$attributes`: all but those that XML Schema and SOAP give a meaning of their own;
 * `undefined` if there are none.
 */
export function readAttributes(
  type: LinkedComplex,
  reader: XmlReader,
): { values: Record<string, unknown> | undefined; wrong?: WrongAttribute } {
  let values: Record<string, unknown> | undefined;
  for (const attribute of reader.attributes) {
    const { name, value } = attribute;
    if (name.namespace === instanceNamespace) continue;
    const declared = declaredAttribute(type, attribute);
    values ??= {};
    if (declared === undefined) {
      const key = Object.hasOwn(values, name.localName)
        ? fullName(name.namespace, name.localName)
        : name.localName;
      setMember(values, key, value);
      continue;
    }
    const read = declared.type.read(value, reader);
    if (read === undefined) {
      return { values, wrong: { name: declared.name, typeName: declared.type.name } };
    }
    setMember(values, declared.key, read);
  }
  return { values };
}

function declaredAttribute(type: LinkedComplex, { name }: XmlAttribute) {
  return type.parts.attributes.find(
    (declared) => declared.name === name.localName && declared.namespace === name.namespace,
  );
}
