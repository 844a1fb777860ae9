import type { BuiltinType } from '../../wsdl/model.ts';
import { isBase64, isHex } from './binary-text.ts';
import { integerRanges } from './integer-range.ts';
import { isDecimal } from './lexical.ts';
import { readDate, readDateTime } from './read-date.ts';
import { integerReader } from './read-integer.ts';
import { splitSpace, trimSpace } from './white-space.ts';

/** Where prefixes have a meaning, for the values that are names. */
export interface NamespaceScope {
  namespaceOf(prefix: string): string | undefined;
}

/**
 * Reads the text of a simple type. `undefined` means that the text is none of that type; `null` that
 * it is empty, where that is no value.
 */
export type ValueReader = (text: string, scope: NamespaceScope) => unknown;

/** How the builtin types are read (XML Schema 2, 3). */
export const valueReaders: Readonly<Record<BuiltinType, ValueReader>> = {
  anyType: readString,
  string: readString,
  boolean: readBoolean,
  byte: integerReader(integerRanges.byte),
  short: integerReader(integerRanges.short),
  int: integerReader(integerRanges.int),
  long: integerReader(integerRanges.long),
  unsignedByte: integerReader(integerRanges.unsignedByte),
  unsignedShort: integerReader(integerRanges.unsignedShort),
  unsignedInt: integerReader(integerRanges.unsignedInt),
  unsignedLong: integerReader(integerRanges.unsignedLong),
  integer: integerReader(integerRanges.integer),
  nonNegativeInteger: integerReader(integerRanges.nonNegativeInteger),
  positiveInteger: integerReader(integerRanges.positiveInteger),
  nonPositiveInteger: integerReader(integerRanges.nonPositiveInteger),
  negativeInteger: integerReader(integerRanges.negativeInteger),
  decimal: readDecimal,
  float: readDouble,
  double: readDouble,
  dateTime: readDateTime,
  date: readDate,
  time: trimSpace,
  base64Binary: readBase64,
  hexBinary: readHex,
  QName: readName,
};

/** A reader of lists of such values (XML Schema 2, 2.5.1.2). */
export function listReader(readItem: ValueReader): ValueReader {
  return (text, scope) => {
    const items = splitSpace(text).map((item) => readItem(item, scope));
    return items.includes(undefined) ? undefined : items;
  };
}

function readString(text: string): string {
  return text;
}

function readBoolean(text: string): boolean | null | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const written = trimSpace(text);
  if (written === '') return null;
  if (written === 'true' || written === '1') return true;
  return written === 'false' || written === '0' ? false : undefined;
}

/** A decimal stays a text: a double would change its last digits. */
function readDecimal(text: string): string | null | undefined {
  const written = trimSpace(text);
  if (written === '') return null;
  return isDecimal(written) ? written : undefined;
}

function readDouble(text: string): number | null | undefined {
  const written = trimSpace(text);
  if (written === '') return null;
  if (/^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?$/.test(written)) {
    return Number(written);
  }
  if (written === 'NaN') return Number.NaN;
  if (written === 'INF' || written === '+INF') return Infinity;
  return written === '-INF' ? -Infinity : undefined;
}

/** `Buffer.from` passes over what is not base64, so that the bytes are looked at first. */
function readBase64(text: string): Buffer | undefined {
  return isBase64(Buffer.from(text)) ? Buffer.from(text, 'base64') : undefined;
}

function readHex(text: string): Buffer | undefined {
  const written = trimSpace(text);
  return isHex(Buffer.from(written)) ? Buffer.from(written, 'hex') : undefined;
}

/** `{namespace}name`, because a prefix has a meaning within its document only. */
function readName(text: string, scope: NamespaceScope): string | undefined {
  const written = trimSpace(text);
  if (written === '') return '';
  const [, prefix = '', name = ''] = /^(?:([^:]+):)?([^:]+)$/.exec(written) ?? [];
  const namespace = scope.namespaceOf(prefix);
  if (namespace === undefined || name === '') return undefined;
  return namespace === '' ? name : `{${namespace}}${name}`;
}
