import { refusedInput } from '@vendorkit/core';

/** What services and methods are named, and what stands for them in an address. */
export const namePattern = /^[A-Za-z]\w*$/;

/**
 * Checks the name of a service or of a method.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readName(field: string, value: unknown): string {
  if (typeof value === 'string' && namePattern.test(value)) return value;
  throw refusedInput(
    'INVALID_REQUEST',
    field,
    'Expected a name of letters, digits and underscores',
  );
}

/** The name with a small first letter: `CatalogService` becomes `catalogService`. */
export function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The name with a capital first letter: `catalogService` becomes `CatalogService`. */
export function upperCamel(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
