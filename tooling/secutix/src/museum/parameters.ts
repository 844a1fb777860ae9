import { isPlainObject } from '@vendorkit/core';

/** The parameters of a call by name. Integers of ids and amounts are `bigint`. */
export type CallParameters = Readonly<Record<string, unknown>>;

/** A request whose parameters are not what the method takes: HTTP 400 (SecuTix REST 5.2). */
export class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';
}

/** Whether a call continues a call in progress. */
export function isPoll(parameters: CallParameters | undefined): boolean {
  return (parameters?.['requestId'] ?? null) !== null;
}

/** A 64-bit integer, or a text of its digits. `undefined` if absent or `null`. */
export function longOf(parameters: CallParameters, name: string): bigint | undefined {
  const value = present(parameters, name);
  if (value === undefined) return undefined;
  return toLong(value) ?? malformed(name, 'a 64-bit integer');
}

/** A list of 64-bit integers; empty if absent. */
export function longsOf(parameters: CallParameters, name: string): bigint[] {
  return listOf(parameters, name).map((item) => toLong(item) ?? malformed(name, '64-bit integers'));
}

/**
 * A text. A number is read as one, as the vendor's contact numbers come in both forms, and so is a
 * date: JSON has texts only, XML has both.
 */
export function textOf(parameters: CallParameters, name: string): string | undefined {
  const value = present(parameters, name);
  return value === undefined ? undefined : (toText(value) ?? malformed(name, 'a text'));
}

/** A list of texts; empty if absent. */
export function textsOf(parameters: CallParameters, name: string): string[] {
  return listOf(parameters, name).map((item) => toText(item) ?? malformed(name, 'texts'));
}

/** A small integer that is not negative, for instance a quantity. */
export function countOf(parameters: CallParameters, name: string): number | undefined {
  const value = present(parameters, name);
  if (value === undefined) return undefined;
  const long = toLong(value);
  if (long === undefined || long < 0n || long > Number.MAX_SAFE_INTEGER) {
    return malformed(name, 'a count');
  }
  return Number(long);
}

/** A list; empty if absent. */
export function listOf(parameters: CallParameters, name: string): readonly unknown[] {
  const value = present(parameters, name);
  if (value === undefined) return [];
  return Array.isArray(value) ? value : malformed(name, 'a list');
}

/** An object; empty if absent. */
export function objectOf(parameters: CallParameters, name: string): CallParameters {
  const value = present(parameters, name);
  if (value === undefined) return {};
  return isPlainObject(value) ? value : malformed(name, 'an object');
}

/** A list of objects; empty if absent. */
export function objectsOf(parameters: CallParameters, name: string): CallParameters[] {
  return listOf(parameters, name).map((item) =>
    isPlainObject(item) ? item : malformed(name, 'a list of objects'),
  );
}

function present(parameters: CallParameters, name: string): unknown {
  return Object.hasOwn(parameters, name) ? (parameters[name] ?? undefined) : undefined;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return value instanceof Date ? value.toISOString() : undefined;
}

function toLong(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const long = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : value;
  return typeof long === 'bigint' && BigInt.asIntN(64, long) === long ? long : undefined;
}

function malformed(name: string, expected: string): never {
  throw new MalformedRequest(`\`${name}\` is not ${expected}.`);
}
