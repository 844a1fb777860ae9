import { types } from 'node:util';
import { Money } from '@vendorkit/core';
import { firstIllegal } from '@vendorkit/core/xml';
import type { BuiltinType } from '../../wsdl/model.ts';
import { integerRanges, isInRange, type IntegerType } from './integer-range.ts';
import { isDate, isDateTime, isDecimal, isTime } from './lexical.ts';

/** What the writer of a value may ask for. */
export interface WriteContext {
  /** Refuses the value. */
  readonly refuse: (problem: string) => never;
  /** The prefix of a namespace, which is then declared. */
  readonly prefixOf: (namespace: string) => string;
}

/** Writes a value as the text of a simple type, or refuses it. The text is not escaped yet. */
export type ValueWriter = (value: unknown, context: WriteContext) => string;

/** How the builtin types are written (XML Schema 2, 3). */
export const valueWriters: Readonly<Record<Exclude<BuiltinType, 'anyType'>, ValueWriter>> = {
  string: writeString,
  boolean: writeBoolean,
  byte: integerWriter('byte'),
  short: integerWriter('short'),
  int: integerWriter('int'),
  long: integerWriter('long'),
  unsignedByte: integerWriter('unsignedByte'),
  unsignedShort: integerWriter('unsignedShort'),
  unsignedInt: integerWriter('unsignedInt'),
  unsignedLong: integerWriter('unsignedLong'),
  integer: integerWriter('integer'),
  nonNegativeInteger: integerWriter('nonNegativeInteger'),
  positiveInteger: integerWriter('positiveInteger'),
  nonPositiveInteger: integerWriter('nonPositiveInteger'),
  negativeInteger: integerWriter('negativeInteger'),
  decimal: writeDecimal,
  float: writeDouble,
  double: writeDouble,
  dateTime: dateWriter('dateTime', isDateTime, (date) => date.toISOString()),
  date: writeDate,
  time: writeTime,
  base64Binary: binaryWriter('base64'),
  hexBinary: binaryWriter('hex'),
  QName: writeName,
};

/** A text that XML can carry. */
export function writeString(value: unknown, { refuse }: WriteContext): string {
  if (typeof value !== 'string') return refuse('Expected a string');
  const index = firstIllegal(value);
  if (index !== -1) refuse(`XML cannot carry its character at index ${index}`);
  return value;
}

function writeBoolean(value: unknown, { refuse }: WriteContext): string {
  return typeof value === 'boolean' ? String(value) : refuse('Expected true or false');
}

function integerWriter(type: IntegerType): ValueWriter {
  const range = integerRanges[type];
  const forms = range.isNarrow
    ? 'as a number or a bigint'
    : 'as a bigint, a safe integer or a string of digits';
  const expected = `Expected an integer ${rangeText(range)}${forms}`;
  return (value, { refuse }) => {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return refuse('Its last digits may be lost already: give integers of this size as bigints');
    }
    const integer = toBigInt(value, range.isNarrow);
    if (integer === undefined || !isInRange(integer, range)) return refuse(expected);
    return String(integer);
  };
}

function rangeText({ minimum, maximum }: { minimum?: bigint; maximum?: bigint }): string {
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}, `;
  if (minimum !== undefined) return `from ${minimum}, `;
  return maximum === undefined ? '' : `up to ${maximum}, `;
}

/** Money is a number of thousandths, as the vendor's amounts are (SecuTix SOAP 5.4). */
function toBigInt(value: unknown, isNarrow: boolean): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (isNarrow) return undefined;
  if (typeof value === 'string') {
    return /^[+-]?[0-9]{1,4096}$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  }
  return Money.is(value) ? value.thousandths : undefined;
}

function writeDecimal(value: unknown, { refuse }: WriteContext): string {
  if (typeof value === 'string' && isDecimal(value)) return value;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    return refuse('A double may not hold it exactly: give it as a string');
  }
  return refuse('Expected a decimal, as a string, a bigint or a safe integer');
}

function writeDouble(value: unknown, { refuse }: WriteContext): string {
  if (typeof value !== 'number') return refuse('Expected a number');
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : String(value).replace('Infinity', 'INF');
}

function dateWriter(
  type: string,
  isForm: (text: string) => boolean,
  write: (date: Date) => string,
): ValueWriter {
  return (value, { refuse }) => {
    if (typeof value === 'string' && isForm(value)) return value;
    if (!types.isDate(value)) return refuse(`Expected a Date, or a string as xs:${type} has it`);
    if (Number.isNaN(value.getTime())) return refuse('The Date is not valid');
    const year = value.getUTCFullYear();
    if (year < 1 || year > 9999) return refuse('A Date of such a year must be given as a string');
    return write(value);
  };
}

const writeMidnight = dateWriter('date', isDate, (date) => `${date.toISOString().slice(0, 10)}Z`);

/**
 * Midnight in UTC is a day. Any other moment is one day here and another there: midnight in Zurich
 * would be written as the day before.
 */
function writeDate(value: unknown, context: WriteContext): string {
  const isMoment = types.isDate(value) && value.getTime() % 86_400_000 !== 0;
  if (isMoment && !Number.isNaN(value.getTime())) {
    return context.refuse('A Date stands for a day at midnight in UTC only: give it as YYYY-MM-DD');
  }
  return writeMidnight(value, context);
}

function writeTime(value: unknown, { refuse }: WriteContext): string {
  const isForm = typeof value === 'string' && isTime(value);
  return isForm ? value : refuse('Expected a string as xs:time has it, for instance 20:30:00');
}

function binaryWriter(encoding: 'base64' | 'hex'): ValueWriter {
  return (value, { refuse }) => {
    if (!types.isUint8Array(value)) return refuse('Expected a Buffer or a Uint8Array');
    const { buffer, byteOffset, byteLength } = value;
    const text = Buffer.from(buffer, byteOffset, byteLength).toString(encoding);
    return encoding === 'hex' ? text.toUpperCase() : text;
  };
}

/** `{namespace}name`, or a name without a namespace. */
function writeName(value: unknown, context: WriteContext): string {
  const text = writeString(value, context);
  const [, namespace = '', name = ''] =
    /^(?:\{([^{}]+)\})?([\p{L}_][\p{L}\p{N}_.-]*)$/u.exec(text) ?? [];
  if (name === '') return context.refuse('Expected a name, or {namespace}name');
  return namespace === '' ? name : `${context.prefixOf(namespace)}:${name}`;
}
