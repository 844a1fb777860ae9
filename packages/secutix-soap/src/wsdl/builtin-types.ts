import type { BuiltinType, SimpleTypeModel } from './model.ts';
import { schemaNamespace } from './namespaces.ts';

/** What a simple type comes down to. */
export interface SimpleShape {
  readonly builtin: BuiltinType;
  readonly list?: true;
  /** For a list, what each item may be. */
  readonly enumeration?: readonly string[];
}

/** The builtins that a model tells apart, under their own names (XML Schema 2, 3). */
const distinct: readonly BuiltinType[] = [
  'anyType',
  'string',
  'boolean',
  'byte',
  'short',
  'int',
  'long',
  'unsignedByte',
  'unsignedShort',
  'unsignedInt',
  'unsignedLong',
  'integer',
  'nonNegativeInteger',
  'positiveInteger',
  'nonPositiveInteger',
  'negativeInteger',
  'decimal',
  'float',
  'double',
  'dateTime',
  'date',
  'time',
  'base64Binary',
  'hexBinary',
  'QName',
];

/** Texts, to whoever reads and writes them. */
const textual: readonly string[] = [
  'normalizedString',
  'token',
  'language',
  'Name',
  'NCName',
  'NMTOKEN',
  'ID',
  'IDREF',
  'ENTITY',
  'anyURI',
  'duration',
  'gYear',
  'gYearMonth',
  'gMonth',
  'gMonthDay',
  'gDay',
  // XML Schema 1.1, which some WSDLs use without saying so.
  'yearMonthDuration',
  'dayTimeDuration',
];

const lists: readonly string[] = ['NMTOKENS', 'IDREFS', 'ENTITIES'];

const shapes: ReadonlyMap<string, SimpleShape> = new Map<string, SimpleShape>([
  ...distinct.map((name) => [name, { builtin: name }] as const),
  ...textual.map((name) => [name, { builtin: 'string' }] as const),
  ...lists.map((name) => [name, { builtin: 'string', list: true }] as const),
  // Any simple type may stand there, and `xsi:type` says which.
  ['anySimpleType', { builtin: 'anyType' }],
  ['anyAtomicType', { builtin: 'anyType' }],
  ['NOTATION', { builtin: 'QName' }],
  ['dateTimeStamp', { builtin: 'dateTime' }],
]);

/** What a builtin type of XML Schema comes down to; `undefined` if there is none of that name. */
export function builtinShape(name: string): SimpleShape | undefined {
  return shapes.get(name);
}

/** A builtin as the type of a model. */
export function builtinModel(name: string, shape: SimpleShape): SimpleTypeModel {
  return { kind: 'simple', name, namespace: schemaNamespace, ...shape };
}
