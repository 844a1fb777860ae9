import { VendorError } from '@vendorkit/core';

/** The version of a service: two numbers, as the vendor writes them (SecuTix REST 5.7). */
export interface ServiceVersion {
  readonly major: number;
  readonly minor: number;
}

const dotted = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/;
const segment = /^v(0|[1-9]\d{0,4})_(0|[1-9]\d{0,4})$/;

/**
 * Reads a version of the form `X.Y`, and nothing else: not `2`, `2.22.1`, `v2_22` or ` 2.22`.
 *
 * @param text - What the caller passed.
 * @param field - The caller's name for it, for the error.
 * @throws `VendorError` `INVALID_REQUEST` that names the field.
 */
export function parseVersion(text: unknown, field = 'version'): ServiceVersion {
  const version = typeof text === 'string' ? read(dotted, text) : undefined;
  if (version !== undefined) return version;
  throw new VendorError(`\`${field}\` was refused. Expected a version of the form \`2.22\`.`, {
    code: 'INVALID_REQUEST',
    field,
    outcome: 'not-sent',
  });
}

/**
 * A version as it stands in the address of a service: `2.22` becomes `v2_22`.
 *
 * @throws `VendorError` `INVALID_REQUEST` when the version is not of the form `X.Y`.
 */
export function versionSegment(text: string, field?: string): string {
  const { major, minor } = parseVersion(text, field);
  return `v${major}_${minor}`;
}

/** The way back: `v2_22` becomes `2.22`. Anything that is not such a segment is `undefined`. */
export function versionOfSegment(text: string): string | undefined {
  const version = read(segment, text);
  return version === undefined ? undefined : `${version.major}.${version.minor}`;
}

/** Orders versions by their numbers, so that `1.9` comes before `1.33`. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  return left.major - right.major || left.minor - right.minor;
}

function read(form: RegExp, text: string): ServiceVersion | undefined {
  const match = form.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}
