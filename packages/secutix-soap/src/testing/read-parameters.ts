import { attributeOf, type XmlElement } from '@vendorkit/core/xml';
import { builtins } from './lexical.ts';
import { instanceNamespace, schemaNamespace } from './namespaces.ts';
import { readUndeclared } from './read-undeclared.ts';
import type { Field, OperationSchema, SchemaType } from './schema/notation.ts';
import { typeNamed } from './schema/services.ts';
import { membersOf } from './schema/type-members.ts';
import { wrongParameter } from './soap-fault.ts';
import { isBlank, trimmed } from './white-space.ts';

/** Any method continues with a `requestId` in front (SecuTix SOAP 5.2), though not all declare it. */
const requestId: Field = {
  name: 'requestId',
  type: 'long',
  required: false,
  many: false,
  nillable: true,
};

/**
 * Reads the parameters of a call: in the order of the schema, without a namespace, each of its type.
 *
 * @param wrapper - The one element of the body.
 * @returns The parameters as the JSON of a REST call would have them; what is nil is `null`.
 * @throws SoapFault `Client` naming the parameter that is wrong.
 */
export function readParameters(
  wrapper: XmlElement,
  { parameters, open }: OperationSchema,
): Readonly<Record<string, unknown>> {
  if (open === true) return readUndeclared(wrapper);
  const isDeclared = parameters.some((field) => field.name === requestId.name);
  const fields = isDeclared ? parameters : [requestId, ...parameters];
  return readMembers(wrapper, fields, '', wrapper.name.namespace);
}

function readMembers(
  element: XmlElement,
  fields: readonly Field[],
  path: string,
  namespace: string,
): Record<string, unknown> {
  if (!isBlank(element.text)) throw wrongParameter(path, 'has text between its elements');
  const members: Record<string, unknown> = {};
  let position = 0;
  for (const child of element.children) {
    const at = placeOf(child, fields, position, path);
    const field = fields[at] as Field;
    if (at === position && Object.hasOwn(members, field.name) && !field.many) {
      throw wrongParameter(pathTo(path, field.name), 'stands there twice');
    }
    position = at;
    const index = field.many ? `[${((members[field.name] ?? []) as unknown[]).length}]` : '';
    const place = `${pathTo(path, field.name)}${index}`;
    addMember(members, field, readValue(child, field, place, namespace));
  }
  const missing = fields.find((field) => field.required && !Object.hasOwn(members, field.name));
  if (missing !== undefined) throw wrongParameter(pathTo(path, missing.name), 'is missing');
  return members;
}

/** Where the schema has a child: at the last one's place or after it. */
function placeOf(
  child: XmlElement,
  fields: readonly Field[],
  position: number,
  path: string,
): number {
  const { localName, namespace } = child.name;
  const at = fields.findIndex((field) => field.name === localName);
  if (at === -1) throw wrongParameter(pathTo(path, localName), 'does not exist');
  if (namespace !== '') throw wrongParameter(pathTo(path, localName), 'must be unqualified');
  if (at < position) throw wrongParameter(pathTo(path, localName), 'stands in the wrong place');
  return at;
}

function addMember(members: Record<string, unknown>, field: Field, value: unknown): void {
  if (!field.many) members[field.name] = value;
  else members[field.name] = [...((members[field.name] ?? []) as unknown[]), value];
}

function readValue(element: XmlElement, field: Field, path: string, namespace: string): unknown {
  checkAttributes(element, field.type, path, namespace);
  const nil = trimmed(attributeOf(element, 'nil', instanceNamespace) ?? '');
  if (nil === 'true' || nil === '1') {
    const isEmpty = element.children.length === 0 && element.text === '';
    if (!field.nillable) throw wrongParameter(path, 'may not be nil');
    if (!isEmpty) throw wrongParameter(path, 'is nil but not empty');
    return null;
  }
  const type = typeNamed(field.type);
  if (type === undefined || type.kind === 'enumeration') return readText(element, field, path);
  return type.kind === 'map'
    ? readMap(element, type.value, path, namespace)
    : readMembers(element, membersOf(type), path, namespace);
}

/** No type has attributes; a type named in the document must be the declared one. */
function checkAttributes(
  element: XmlElement,
  type: string,
  path: string,
  targetNamespace: string,
): void {
  for (const { name, value } of element.attributes) {
    const isInstance = name.namespace === instanceNamespace;
    if (!isInstance || !['nil', 'type'].includes(name.localName)) {
      throw wrongParameter(path, 'has an attribute that does not exist');
    }
    if (name.localName === 'type') {
      const [prefix, localName] = value.includes(':') ? value.split(':') : ['', value];
      const expected = builtins.has(type) ? schemaNamespace : targetNamespace;
      const isDeclared = localName === type && element.namespaceOf(prefix ?? '') === expected;
      if (!isDeclared) throw wrongParameter(path, 'is of another type');
    }
  }
}

function readText(element: XmlElement, { type }: Field, path: string): unknown {
  if (element.children.length > 0) throw wrongParameter(path, 'has elements in it');
  const declared = typeNamed(type);
  if (declared?.kind === 'enumeration') {
    if (declared.values.includes(element.text)) return element.text;
    throw wrongParameter(path, `is none of ${declared.values.join(', ')}`);
  }
  const text = type === 'string' ? element.text : trimmed(element.text);
  const value = builtins.get(type)?.read(text);
  if (value === undefined) throw wrongParameter(path, `is not of the type xs:${type}`);
  return value;
}

/** The entries of a map, as the object that JSON has for it. */
function readMap(
  element: XmlElement,
  value: Field,
  path: string,
  namespace: string,
): Record<string, unknown> {
  const entry: SchemaType = {
    kind: 'record',
    fields: [{ name: 'key', type: 'string', required: true, many: false, nillable: false }, value],
  };
  const entries = element.children.map((child, index) => {
    const place = `${pathTo(path, 'entry')}[${index}]`;
    if (child.name.localName !== 'entry' || child.name.namespace !== '') {
      throw wrongParameter(pathTo(path, child.name.localName), 'does not exist');
    }
    const read = readMembers(child, entry.fields, place, namespace);
    return [read['key'], read['value'] ?? null] as const;
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function pathTo(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
