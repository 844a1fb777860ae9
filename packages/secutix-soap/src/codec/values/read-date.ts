import { daysInMonth, startOfDay } from './calendar.ts';
import { trimSpace } from './white-space.ts';

const plus = 0x2b;
const dash = 0x2d;
const point = 0x2e;
const colon = 0x3a;
const digit0 = 0x30;
const upperT = 0x54;
const upperZ = 0x5a;

const dateLength = 'yyyy-mm-dd'.length;
const timeLength = 'yyyy-mm-ddThh:mm:ss'.length;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A zone is at most fourteen hours from UTC (XML Schema 2, 3.2.7.3). */
const furthestZoneMs = 14 * hourMs;

/**
 * Reads an `xs:dateTime`: a `Date` if it says its zone, the text itself if not. Digits finer than
 * milliseconds are cut off, which `Date` cannot hold: .NET writes seven. It stays a text if it is none,
 * or if its year has more than four digits. Empty is `null`.
 */
export function readDateTime(text: string): Date | string | null {
  const written = trimSpace(text);
  if (written === '') return null;
  const time = timeOf(written);
  const fractionEnd = endOfFraction(written);
  const moment = dayOf(written) + time + millisecondsOf(written, fractionEnd, time);
  return dateOr(written, moment - zoneOf(written, fractionEnd));
}

/**
 * Reads an `xs:date`: the `Date` of its first moment if it says its zone, the text itself if not, or
 * if it is none. Empty is `null`.
 */
export function readDate(text: string): Date | string | null {
  const written = trimSpace(text);
  if (written === '') return null;
  return dateOr(written, dayOf(written) - zoneOf(written, dateLength));
}

function dateOr(written: string, moment: number): Date | string {
  return Number.isNaN(moment) ? written : new Date(moment);
}

/** What the parts give is NaN where the text has something else. */
function dayOf(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const isDay =
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    year > 0 &&
    day > 0 &&
    day <= daysInMonth(year, month);
  return isDay ? startOfDay(year, month, day) : Number.NaN;
}

function timeOf(text: string): number {
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const isTime =
    text.charCodeAt(10) === upperT &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon &&
    // 24:00:00 is the end of the day (XML Schema 2, 3.2.7).
    (hour < 24 || (hour === 24 && minute === 0 && second === 0)) &&
    minute < 60 &&
    second < 60;
  return isTime ? hour * hourMs + minute * minuteMs + second * 1000 : Number.NaN;
}

function endOfFraction(text: string): number {
  if (text.charCodeAt(timeLength) !== point) return timeLength;
  let at = timeLength + 1;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function millisecondsOf(text: string, end: number, timeMs: number): number {
  if (end === timeLength) return 0;
  if (end === timeLength + 1) return Number.NaN;
  const digits = text.slice(timeLength + 1, end);
  const milliseconds = Number(digits.slice(0, 3).padEnd(3, '0'));
  // 24:00:00 is one moment: no part of a second comes after it.
  const isInDay = timeMs < 24 * hourMs || /^0*$/.test(digits);
  return isInDay ? milliseconds : Number.NaN;
}

function zoneOf(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === upperZ && text.length === at + 1) return 0;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  const offset = hours * hourMs + minutes * minuteMs;
  const isZone =
    (sign === plus || sign === dash) &&
    text.length === at + '+hh:mm'.length &&
    text.charCodeAt(at + 3) === colon &&
    minutes < 60 &&
    offset <= furthestZoneMs;
  if (!isZone) return Number.NaN;
  return sign === plus ? offset : -offset;
}

function twoDigits(text: string, at: number): number {
  const high = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  if (!isDigit(high) || !isDigit(low)) return Number.NaN;
  return (high - digit0) * 10 + low - digit0;
}

/** NaN, past the end of the text, is none. */
function isDigit(code: number): boolean {
  return code >= digit0 && code <= digit0 + 9;
}
