import { redacted } from './secret-patterns.ts';

/** The headers whose values may be logged. They say how the exchange went, and nothing of whom. */
export const allowedHeaders: ReadonlySet<string> = new Set([
  'age',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'request-id',
  'retry-after',
  'server',
  'transfer-encoding',
  'via',
  'x-correlation-id',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'x-request-id',
]);

/** The headers by their lower-case names. A value is shown only if its name is on the list. */
export function loggableHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => {
    const lowerCase = name.toLowerCase();
    return [lowerCase, allowedHeaders.has(lowerCase) ? value : redacted];
  });
  return Object.fromEntries(entries);
}

/**
 * A query string of which only the values that are allowed by name are shown.
 *
 * @param allowed - The parameters whose values may be logged; none by default.
 */
export function loggableQuery(
  query: Iterable<readonly [string, string]>,
  allowed: ReadonlySet<string> = new Set(),
): string {
  return [...query]
    .map(([name, value]) => `${name}=${allowed.has(name) ? value : redacted}`)
    .join('&');
}
