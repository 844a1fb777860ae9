const millisecondsADay = 86_400_000;
const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** How many days a month has in the Gregorian calendar; 0 if there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return daysOfMonths[month - 1] ?? 0;
}

/**
 * The first millisecond of a day, counted from 1970 in UTC. `Date.UTC` is not used because it takes
 * the years 0 to 99 for those of the twentieth century.
 *
 * @param month - 1 to 12.
 */
export function startOfDay(year: number, month: number, day: number): number {
  // Years are counted from March, so that the leap day is the last of one.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return (shifted * 365 + leapDays + dayOfYear - 719_468) * millisecondsADay;
}
