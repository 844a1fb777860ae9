import type { ObservedQuota } from './restraint.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A reset further away than the longest window is not a duration; some vendors send an epoch. */
const longestResetSeconds = 31 * 24 * 60 * 60;

const header = /^x-ratelimit-(limit|remaining|reset)(-.+)?$/i;

/**
 * Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`, of which the last is in seconds from now, as
 * NestJS throttlers send them (S1SEVEN REST). Named throttlers add their name, as in
 * `X-RateLimit-Limit-short`: then the one with the fewest calls left is meant. What cannot be read is
 * left out.
 */
export function readRateLimitHeaders(headers: Headers): ObservedQuota {
  const throttlers = new Map<string, ObservedQuota>();
  for (const [name, value] of Object.entries(headers)) {
    const [, part, throttler = ''] = header.exec(name) ?? [];
    if (part === undefined || typeof value !== 'string') continue;
    const observed = throttlers.get(throttler) ?? {};
    throttlers.set(throttler, { ...observed, ...readPart(part.toLowerCase(), value.trim()) });
  }
  const [first, ...others] = throttlers.values();
  return others.reduce(tighter, first ?? {});
}

function readPart(part: string, text: string): ObservedQuota {
  if (!/^\d{1,15}(\.\d{1,9})?$/.test(text)) return {};
  const value = Number(text);
  if (part === 'reset') return value <= longestResetSeconds ? { resetMs: value * 1000 } : {};
  if (!Number.isInteger(value)) return {};
  return part === 'limit' ? { limit: value } : { remaining: value };
}

function tighter(one: ObservedQuota, other: ObservedQuota): ObservedQuota {
  return (other.remaining ?? Infinity) < (one.remaining ?? Infinity) ? other : one;
}
