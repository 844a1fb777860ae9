import { refusedInput } from '../errors/validate.ts';

/** What may stand in a path: it becomes one segment, percent-encoded. */
export type PathValue = string | number | bigint;

/** What may stand in a query. */
export type QueryValue = string | number | bigint | boolean;

/**
 * Template tag that writes each value as one segment of a path, whatever characters it has.
 *
 * @example
 * ```ts
 * path`/certificates/${'a/b'}/hash`; // '/certificates/a%2Fb/hash'
 * ```
 *
 * @throws VendorError `INVALID_REQUEST` if a value is empty, `.` or `..`, which would name another
 * resource, or is none of the allowed kinds. Its field is `path[0]` for the first value.
 */
export function path(literals: TemplateStringsArray, ...values: PathValue[]): string {
  return values.reduce<string>(
    (text, value, index) =>
      text + encodeSegment(value, `path[${index}]`) + (literals[index + 1] ?? ''),
    literals[0] ?? '',
  );
}

/**
 * Puts a path below a base URL, whose own path is kept.
 *
 * @param route - A path that begins with a slash, encoded already.
 * @param query - Members that are `undefined` are left out. A text is taken as it is.
 * @throws VendorError `INVALID_REQUEST` if the path would leave the base URL.
 */
export function joinUrl(
  baseUrl: URL,
  route: string,
  query: Readonly<Record<string, QueryValue | undefined>> | string = {},
): URL {
  if (!route.startsWith('/')) throw refusedInput('INVALID_REQUEST', 'path', 'It must begin with /');
  const problem = problemOf(route);
  if (problem !== undefined) throw refusedInput('INVALID_REQUEST', 'path', problem);
  const prefix = baseUrl.pathname.replace(/\/$/, '');
  const search = typeof query === 'string' ? writtenQuery(query) : encodeQuery(query);
  const url = new URL(baseUrl.origin + prefix + route + (search === '' ? '' : `?${search}`));
  if (url.origin !== baseUrl.origin || !url.pathname.startsWith(`${prefix}/`)) {
    throw refusedInput('INVALID_REQUEST', 'path', 'It must not leave the base URL');
  }
  return url;
}

/**
 * Writes a value as one segment of a path, percent-encoded.
 *
 * @param field - What the value is called in errors.
 * @throws VendorError `INVALID_REQUEST` naming the field, as {@link path} does.
 */
export function encodeSegment(value: unknown, field: string): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw refusedInput('INVALID_REQUEST', field, 'Expected a safe integer, a bigint or a string');
  }
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
    throw refusedInput('INVALID_REQUEST', field, 'Expected a string, an integer or a bigint');
  }
  const text = String(value);
  if (text === '' || text === '.' || text === '..') {
    throw refusedInput('INVALID_REQUEST', field, 'It must not be empty, "." or ".."');
  }
  return encode(text, field);
}

/** What `URL` would silently resolve, drop or reinterpret. */
function problemOf(route: string): string | undefined {
  if (/[?#]/.test(route)) return 'It must have neither query nor fragment; give `query` instead';
  if (/[\p{Cc}\\]/u.test(route)) return 'It must have neither control characters nor backslashes';
  const hasDots = route.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
  return hasDots ? 'It must not have the segments "." or ".."' : undefined;
}

/** A query that was encoded by somebody else: `URL` would cut or change what is refused here. */
function writtenQuery(query: string): string {
  if (/^[\w!$%&'()*+,./:;=?@~-]*$/.test(query)) return query;
  throw refusedInput('INVALID_REQUEST', 'query', 'It has characters that must be encoded');
}

function encodeQuery(query: Readonly<Record<string, QueryValue | undefined>>): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encode(name, 'query')}=${encode(String(value), `query.${name}`)}`)
    .join('&');
}

function encode(text: string, field: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    throw refusedInput('INVALID_REQUEST', field, 'It is not well-formed Unicode');
  }
}
