import { refusedInput } from '@vendorkit/core';

/**
 * Answers are no deeper than 128 elements, each of which may be a list, and a map has two levels more.
 */
const deepest = 1_000;

/**
 * A decoded value as plain JSON data that an ordinary `JSON.stringify` keeps exactly. What JSON does
 * not have becomes an object with one member whose name begins with `$`: `{ "$bigint": "12" }`,
 * `$number` (`NaN`, `-0`), `$date` and `$bytes`. An object that would look like one is put into
 * `{ "$object": … }`.
 */
export function keepValue(value: unknown): unknown {
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (typeof value === 'number') return keepNumber(value);
  return typeof value === 'object' && value !== null ? keepObject(value) : value;
}

function keepNumber(value: number): unknown {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return { $number: Object.is(value, -0) ? '-0' : String(value) };
}

function keepObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(keepValue);
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  const kept = mapMembers(value, keepValue);
  return markOf(kept) === undefined ? kept : { $object: kept };
}

/**
 * The way back.
 *
 * @param field - What the value is called in errors.
 * @throws VendorError `INVALID_REQUEST` if it is not what {@link keepValue} makes.
 */
export function restoreValue(kept: unknown, field: string, depth = 0): unknown {
  if (typeof kept !== 'object' || kept === null) return kept;
  if (depth === deepest) throw refused(field);
  const inner = (item: unknown) => restoreValue(item, field, depth + 1);
  if (Array.isArray(kept)) return kept.map(inner);
  const mark = markOf(kept);
  if (mark === undefined) return mapMembers(kept, inner);
  const [name, content] = mark;
  if (name === '$object' && typeof content === 'object' && content !== null) {
    return mapMembers(content, inner);
  }
  const restored = typeof content === 'string' ? restoreText(name, content) : undefined;
  if (restored === undefined) throw refused(field);
  return restored;
}

function restoreText(mark: string, text: string): unknown {
  switch (mark) {
    case '$bigint':
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    case '$number':
      return /^(?:NaN|-?Infinity|-0)$/.test(text) ? Number(text) : undefined;
    case '$date': {
      const date = new Date(text);
      return Number.isNaN(date.getTime()) ? undefined : date;
    }
    case '$bytes':
      return Buffer.from(text, 'base64');
    default:
      return undefined;
  }
}

/** The only member of an object, if its name begins with `$`. */
function markOf(value: object): [name: string, content: unknown] | undefined {
  const [first, second] = Object.entries(value);
  return second === undefined && first?.[0].startsWith('$') === true ? first : undefined;
}

/** Members are defined, not assigned: a vendor may name one `__proto__`. */
function mapMembers(value: object, map: (item: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, map(item)]));
}

function refused(field: string): Error {
  return refusedInput('INVALID_REQUEST', field, 'It was not written by this package');
}
