/** The members of a request's JSON object. Integers of ids and amounts are `bigint`. */
export type CallParameters = Readonly<Record<string, unknown>>;

/** A request whose JSON is not what the method takes: HTTP 400 (SecuTix REST 5.2). */
export class MalformedRequest extends Error {
  override readonly name = 'MalformedRequest';
}

/** A 64-bit integer: a JSON integer, or a text of digits. `undefined` if absent or `null`. */
export function longOf(parameters: CallParameters, name: string): bigint | undefined {
  const value = present(parameters, name);
  if (value === undefined) return undefined;
  return toLong(value) ?? malformed(name, 'a 64-bit integer');
}

/** A list of 64-bit integers; empty if absent. */
export function longsOf(parameters: CallParameters, name: string): bigint[] {
  return listOf(parameters, name).map((item) => toLong(item) ?? malformed(name, '64-bit integers'));
}

/** A text; a number is read as one, as the vendor's contact numbers come in both forms. */
export function textOf(parameters: CallParameters, name: string): string | undefined {
  const value = present(parameters, name);
  if (value === undefined || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return malformed(name, 'a text');
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

/** A JSON object; empty if absent. */
export function objectOf(parameters: CallParameters, name: string): CallParameters {
  const value = present(parameters, name);
  if (value === undefined) return {};
  return isObject(value) ? value : malformed(name, 'an object');
}

/** A list of JSON objects; empty if absent. */
export function objectsOf(parameters: CallParameters, name: string): CallParameters[] {
  return listOf(parameters, name).map((item) =>
    isObject(item) ? item : malformed(name, 'a list of objects'),
  );
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is CallParameters {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function present(parameters: CallParameters, name: string): unknown {
  return Object.hasOwn(parameters, name) ? (parameters[name] ?? undefined) : undefined;
}

function toLong(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  const long = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : value;
  return typeof long === 'bigint' && BigInt.asIntN(64, long) === long ? long : undefined;
}

function malformed(name: string, expected: string): never {
  throw new MalformedRequest(`\`${name}\` is not ${expected}.`);
}
