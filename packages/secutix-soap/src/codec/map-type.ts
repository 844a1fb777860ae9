import type { ComplexTypeModel, FieldModel, ServiceModel } from '../wsdl/model.ts';

/** The fields of a map's entries. */
export interface MapEntry {
  readonly key: FieldModel;
  readonly value: FieldModel;
}

/**
 * The fields of a map's entries, if a type is a map: one repeated `entry` of a `key` and a `value`, as
 * Java services write theirs (seen in SecuTix answers). It is a plain object in JavaScript.
 */
export function mapEntryOf(
  types: ServiceModel['types'],
  type: ComplexTypeModel,
): MapEntry | undefined {
  const [entry, ...others] = type.fields;
  if (entry?.name !== 'entry' || entry.many !== true || others.length > 0) return undefined;
  const item = types[entry.type];
  if (item?.kind !== 'complex' || !holdsFieldsOnly(item) || !holdsFieldsOnly(type))
    return undefined;
  const { fields } = item;
  const key = fields.find(({ name }) => name === 'key');
  const value = fields.find(({ name }) => name === 'value');
  if (fields.length !== 2 || key === undefined || value === undefined) return undefined;
  return isKey(types, key) ? { key, value } : undefined;
}

function holdsFieldsOnly({ attributes, text, mixed, open, abstract }: ComplexTypeModel): boolean {
  const isMore = mixed ?? open ?? abstract ?? false;
  return attributes.length === 0 && text === undefined && !isMore;
}

/** A key is one value that a text can stand for. */
function isKey(types: ServiceModel['types'], { type, many }: FieldModel): boolean {
  const model = types[type];
  if (many === true || model?.kind !== 'simple' || model.list === true) return false;
  return !['anyType', 'base64Binary', 'hexBinary'].includes(model.builtin);
}
