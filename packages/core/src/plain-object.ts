/**
 * Whether a value is an object of the kind that literals make, and no instance of a class. Judged by
 * shape, not by identity: each realm has its own `Object.prototype`.
 */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
