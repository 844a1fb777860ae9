import { builtinShape } from '../wsdl/builtin-types.ts';
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

/** A builtin that a vendor's `xsi:type` names, though the model may not mention it. */
export function builtinNamed(name: string): LinkedType | undefined {
  const shape = builtinShape(name);
  if (shape === undefined) return undefined;
  const { builtin, list } = shape;
  return builtin === 'anyType' ? anyType : linkBuiltin(builtin, list);
}
