/** The longest wait that a vendor's header can ask for, in milliseconds: 366 days. */
export const longestRetryAfterMs = 366 * 24 * 60 * 60 * 1000;

/**
 * How long a vendor asks to wait before the next request, in milliseconds, or `undefined` if it does
 * not say so in a form that can be understood.
 *
 * `Retry-After` (RFC 9110 section 10.2.3) is read first: seconds, a fraction allowed, or a date in any
 * of the three forms of section 5.6.7, or an ISO 8601 date with its zone. Of several values the one
 * that waits longest counts, and one that is not understood spoils the rest. Without it,
 * `X-RateLimit-Reset` counts, as seconds to wait (S1SEVEN). A moment in the past is 0, and no wait is
 * longer than {@link longestRetryAfterMs}. Where there is no plain `Retry-After`, one with a suffix
 * counts, of several the longest: NestJS throttlers from version 5 on append their names.
 *
 * @param headers - The answer's headers, in any case; repeated ones joined by a comma.
 * @param nowMs - The wall clock, in milliseconds since the Unix epoch.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  const delaysOf = (value: string) => elementsOf(value).map((element) => readDelay(element, nowMs));
  return (
    longest(delaysOf(headerOf(headers, 'retry-after'))) ??
    longest(delaysOf(suffixed(headers, 'retry-after-'))) ??
    longest(elementsOf(headerOf(headers, 'x-ratelimit-reset')).map(readSeconds))
  );
}

/** The values of all headers that begin so, as if one header had come several times. */
function suffixed(headers: Readonly<Record<string, string>>, prefix: string): string {
  const entries = Object.entries(headers).filter(([key]) => key.toLowerCase().startsWith(prefix));
  return entries.map(([, value]) => value).join();
}

function headerOf(headers: Readonly<Record<string, string>>, name: string): string {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}

/** The elements of a list; the comma after a weekday, unlike that after `GMT`, belongs to its date. */
function elementsOf(value: string): string[] {
  return value
    .split(/(?<!\b(?!gmt\b)[a-z]{3,9}),/i)
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

function longest(delays: readonly (number | undefined)[]): number | undefined {
  const known = delays.filter((delayMs) => delayMs !== undefined);
  if (known.length === 0 || known.length < delays.length) return undefined;
  return Math.min(Math.max(0, ...known), longestRetryAfterMs);
}

function readDelay(element: string, nowMs: number): number | undefined {
  const seconds = readSeconds(element);
  if (seconds !== undefined) return seconds;
  const date = readDate(element, nowMs);
  return date === undefined ? undefined : Math.ceil(date - nowMs);
}

function readSeconds(element: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(element) ? Math.ceil(Number(element) * 1000) : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;
const dateForms = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(
    String.raw`^[a-z]{3}, (?<day>\d\d) (?<month>[a-z]{3}) (?<year>\d{4}) ${time} GMT$`,
    'i',
  ),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(
    String.raw`^[a-z]{6,9}, (?<day>\d\d)-(?<month>[a-z]{3})-(?<year>\d\d) ${time} GMT$`,
    'i',
  ),
  // Sun Nov  6 08:49:37 1994, which is UTC too
  new RegExp(String.raw`^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) ${time} (?<year>\d{4})$`, 'i'),
];
const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** The moment of an HTTP or ISO date, in milliseconds since the Unix epoch. */
function readDate(text: string, nowMs: number): number | undefined {
  if (isoForm.test(text)) return finite(Date.parse(text));
  for (const form of dateForms) {
    const parts = form.exec(text)?.groups;
    if (parts !== undefined) return momentOf(parts, nowMs);
  }
  return undefined;
}

function momentOf(parts: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const month = months.indexOf((parts['month'] ?? '').toLowerCase());
  const [day, hour, minute, second] = ['day', 'hour', 'minute', 'second'].map((name) =>
    Number(parts[name]),
  ) as [number, number, number, number];
  const year = fullYear(parts['year'] ?? '', nowMs);
  const date = new Date(Date.UTC(year, month, day));
  const isDay = month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day;
  // A second may be 60: a leap second.
  if (!isDay || hour > 23 || minute > 59 || second > 60) return undefined;
  return finite(date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000);
}

/** Two digits mean the last such year that is not more than 50 years ahead (RFC 9110 section 5.6.7). */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const latestYear = new Date(nowMs).getUTCFullYear() + 50;
  return latestYear - ((latestYear - Number(digits)) % 100);
}

function finite(moment: number): number | undefined {
  return Number.isFinite(moment) ? moment : undefined;
}
