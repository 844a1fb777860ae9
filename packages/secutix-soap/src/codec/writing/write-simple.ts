import { isDeepStrictEqual } from 'node:util';
import type { LinkedSimple } from '../linked-type.ts';
import { valueReaders } from '../values/read-value.ts';
import { listOf } from './list-text.ts';
import { valueWriters, writeString, type WriteContext } from '../values/write-value.ts';

/** Writes a value, or a list of values, as the text of its type. */
export function writeSimple(type: LinkedSimple, value: unknown, context: WriteContext): string {
  const text = type.isList ? writeList(type, value, context) : writeItem(type, value, context);
  if (!isAllowed(type, text)) context.refuse(`Expected ${listOf(type.enumeration ?? [])}`);
  return text;
}

function writeItem({ builtin }: LinkedSimple, value: unknown, context: WriteContext): string {
  if (Array.isArray(value)) return context.refuse('Expected one value, not an array');
  return builtin === 'anyType'
    ? writeString(value, context)
    : valueWriters[builtin](value, context);
}

/** Items are separated by spaces, so that none may have one, or be empty. */
function writeList(type: LinkedSimple, value: unknown, context: WriteContext): string {
  if (!Array.isArray(value)) return context.refuse('Expected an array');
  const items = Array.from(value, (item: unknown) => writeItem(type, item, context));
  if (items.some((item) => item === '' || /[ \t\r\n]/.test(item))) {
    context.refuse('An item of this list cannot be empty or have white space in it');
  }
  return items.join(' ');
}

/** An enumeration of a list is one of its items, or of whole lists. */
function isAllowed(type: LinkedSimple, text: string): boolean {
  const { enumeration, isList } = type;
  if (enumeration === undefined || isOneOf(type, text)) return true;
  return isList && text.split(' ').every((item) => item === '' || isOneOf(type, item));
}

/** What is allowed is a value, however it is written: 1.0 where there is 1 (XML Schema 2, 4.3.5). */
function isOneOf({ builtin, enumeration = [] }: LinkedSimple, text: string): boolean {
  if (enumeration.includes(text)) return true;
  if (builtin === 'string' || builtin === 'QName') return false;
  const valueOf = (written: string) =>
    builtin === 'decimal'
      ? shortestDecimal(written)
      : valueReaders[builtin](written, { namespaceOf: () => undefined });
  const value = valueOf(text);
  return enumeration.some((allowed) => isDeepStrictEqual(valueOf(allowed), value));
}

function shortestDecimal(text: string): string {
  const [whole = '', fraction = ''] = text.trim().replace(/^\+/, '').split('.');
  const sign = whole.startsWith('-') ? '-' : '';
  const digits = whole.replace('-', '').replace(/^0+/, '');
  const shortest = `${digits}.${fraction.replace(/0+$/, '')}`;
  return shortest === '.' ? shortest : sign + shortest;
}
