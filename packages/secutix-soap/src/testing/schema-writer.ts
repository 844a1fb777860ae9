import { escapeAttribute, escapeText } from '@vendorkit/core/xml';
import { builtins } from './lexical.ts';
import { schemaNamespace } from './namespaces.ts';
import type { Field, OperationSchema, RecordType, SchemaType } from './schema/notation.ts';
import { typeNamed } from './schema/services.ts';
import { reachableTypes } from './schema/type-members.ts';
import type { ServiceDefinition } from './service-definition.ts';

/** The XML Schema of a service, in the form that JAX-WS gives it: children are unqualified. */
export function writeSchema({ namespace, operations }: ServiceDefinition): string {
  const fields = [...operations.values()].flatMap(({ parameters, result }) => [
    ...parameters,
    result,
  ]);
  const types = [...reachableTypes(fields)].map(([name, type]) => namedType(name, type));
  const wrappers = [...operations].map(([method, schema]) => wrappersOf(method, schema));
  return [
    `<xs:schema xmlns:xs="${schemaNamespace}" xmlns:tns="${escapeAttribute(namespace)}"`,
    ` targetNamespace="${escapeAttribute(namespace)}" version="1.0">`,
    ...wrappers,
    ...types,
    '</xs:schema>',
  ].join('');
}

function wrappersOf(method: string, { parameters, open, result }: OperationSchema): string {
  const request: RecordType = { kind: 'record', fields: parameters, ...(open ? { open } : {}) };
  const response: RecordType = { kind: 'record', fields: [result] };
  return [
    `<xs:element name="${method}" type="tns:${method}"/>`,
    `<xs:element name="${method}Response" type="tns:${method}Response"/>`,
    namedType(method, request),
    namedType(`${method}Response`, response),
  ].join('');
}

function namedType(name: string, type: SchemaType): string {
  // A map is written where it is used, without a name, as JAXB does.
  if (type.kind === 'map') return '';
  if (type.kind === 'enumeration') {
    return `<xs:simpleType name="${name}">${enumeration(type.values)}</xs:simpleType>`;
  }
  return `<xs:complexType name="${name}">${annotation(type)}${record(type)}</xs:complexType>`;
}

function enumeration(values: readonly string[]): string {
  const facets = values.map((value) => `<xs:enumeration value="${escapeAttribute(value)}"/>`);
  return `<xs:restriction base="xs:string">${facets.join('')}</xs:restriction>`;
}

function annotation({ assumed }: RecordType): string {
  if (assumed !== true) return '';
  const text = 'Assumed: no public text shows these elements.';
  return `<xs:annotation><xs:documentation>${escapeText(text)}</xs:documentation></xs:annotation>`;
}

function record({ base, fields, open }: RecordType): string {
  const any =
    open === true
      ? '<xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>'
      : '';
  const sequence = `<xs:sequence>${fields.map(element).join('')}${any}</xs:sequence>`;
  if (base === undefined) return sequence;
  return `<xs:complexContent><xs:extension base="tns:${base}">${sequence}</xs:extension></xs:complexContent>`;
}

function element({ name, type, required, many, nillable }: Field): string {
  const attributes = [
    `name="${name}"`,
    ...(required ? [] : ['minOccurs="0"']),
    ...(many ? ['maxOccurs="unbounded"'] : []),
    ...(nillable ? ['nillable="true"'] : []),
  ].join(' ');
  const declared = typeNamed(type);
  if (declared?.kind === 'map') {
    return `<xs:element ${attributes}>${mapType(declared.value)}</xs:element>`;
  }
  const prefix = builtins.has(type) ? 'xs' : 'tns';
  return `<xs:element ${attributes} type="${prefix}:${type}"/>`;
}

function mapType(value: Field): string {
  const key = '<xs:element name="key" minOccurs="0" type="xs:string"/>';
  const entry = `<xs:complexType><xs:sequence>${key}${element(value)}</xs:sequence></xs:complexType>`;
  const entries = `<xs:element name="entry" minOccurs="0" maxOccurs="unbounded">${entry}</xs:element>`;
  return `<xs:complexType><xs:sequence>${entries}</xs:sequence></xs:complexType>`;
}
