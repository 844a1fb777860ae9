/** What is added to the pause that a vendor asks for when it refuses a call for its quota. */
export interface AfterRefusal {
  /** Added to every pause, in milliseconds. */
  readonly marginMs: number;
  /** The longest random part that is added as well, in milliseconds: clients do not return together. */
  readonly jitterMs: number;
}

/** What the length of a pause depends on. */
export interface RefusalQuestion {
  /** What the vendor asked for, in milliseconds, if it did. */
  readonly askedMs: number | undefined;
  /** The longest window that the call counts in, in milliseconds; 0 if no rule holds. */
  readonly windowMs: number;
  /** Whether the call was the first one after a pause. */
  readonly isProbe: boolean;
  /** What is added. */
  readonly afterRefusal: AfterRefusal;
  /** A number from 0 to just under 1. */
  readonly random: () => number;
}

/** Seconds are all that `Retry-After` knows: a pause of none was rounded down. */
const shortestPauseMs = 1000;

const hourMs = 60 * 60 * 1000;

/**
 * How long a quota pauses after a refusal, in milliseconds, if the vendor's own word is too short at
 * times. Pure.
 *
 * A vendor that says nothing means a window. A call that is refused again right after a pause shows
 * that the vendor's word cannot be relied on: then nothing less than a window will do, after which
 * whatever was counted has expired.
 */
export function refusalPauseMs(question: RefusalQuestion): number {
  const { askedMs, windowMs, isProbe, afterRefusal, random } = question;
  const { marginMs, jitterMs } = afterRefusal;
  const saidMs = askedMs === undefined ? windowMs : inSeconds(askedMs, windowMs);
  const leastMs = isProbe ? Math.max(windowMs, shortestPauseMs) : shortestPauseMs;
  return Math.ceil(Math.max(saidMs, leastMs) + marginMs + random() * jitterMs);
}

/**
 * Some servers send milliseconds where seconds are meant (nestjs-throttler-storage-redis did, issue
 * 1167). A pause of more than an hour and of sixty windows is taken for one, unless it is too long
 * even so.
 */
function inSeconds(askedMs: number, windowMs: number): number {
  const longestMs = Math.max(hourMs, 60 * windowMs);
  const meantMs = askedMs / 1000;
  return askedMs > longestMs && meantMs <= longestMs ? meantMs : askedMs;
}
