import type { BuiltinType, SimpleTypeModel } from '../wsdl/model.ts';
import { LinkedComplex, type LinkedSimple, type LinkedType } from './linked-type.ts';
import { schemaNamespace } from './namespaces.ts';
import { listReader, valueReaders } from './values/read-value.ts';

/** `anyType`: everything is kept, nothing is declared. */
export const anyType: LinkedComplex = new LinkedComplex(
  {
    typeName: undefined,
    name: 'anyType',
    namespace: schemaNamespace,
    reference: undefined,
    isAbstract: false,
    isMixed: true,
    isAny: true,
    isOpen: true,
    isMap: false,
    text: undefined,
    attributes: [],
  },
  [],
  {
    at: () => {
      throw new RangeError('anyType has no fields');
    },
  },
);

/** Links a simple type other than `anyType`. */
export function linkSimple(model: SimpleTypeModel): LinkedSimple {
  const { builtin, enumeration } = model;
  const read = valueReaders[builtin];
  const isList = model.list === true;
  return {
    kind: 'simple',
    name: model.name ?? builtin,
    builtin,
    isList,
    enumeration,
    read: isList ? listReader(read) : read,
  };
}

/** A builtin, of which the model may know nothing. */
export function linkBuiltin(builtin: BuiltinType, list?: true): LinkedSimple {
  const model: SimpleTypeModel = {
    kind: 'simple',
    name: builtin,
    namespace: schemaNamespace,
    builtin,
  };
  return linkSimple(list === undefined ? model : { ...model, list });
}

/** The builtins that are texts (XML Schema 2, 3.2 and 3.3). */
const textNames = new Set([
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
  'NOTATION',
  'duration',
  'gYear',
  'gYearMonth',
  'gMonth',
  'gMonthDay',
  'gDay',
]);

const listNames = new Set(['NMTOKENS', 'IDREFS', 'ENTITIES']);

/** A builtin that a vendor's `xsi:type` names, though the model may not mention it. */
export function builtinNamed(name: string): LinkedType | undefined {
  if (name === 'anyType' || name === 'anySimpleType') return anyType;
  if (Object.hasOwn(valueReaders, name)) return linkBuiltin(name as BuiltinType);
  if (textNames.has(name)) return linkBuiltin('string');
  return listNames.has(name) ? linkBuiltin('string', true) : undefined;
}
