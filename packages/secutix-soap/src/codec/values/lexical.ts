import { daysInMonth } from './calendar.ts';

const time = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?|24:00:00(?:\\.0+)?)';
const zone = '(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?';
const date = '-?([1-9][0-9]{4,}|[0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})';

const timeForm = new RegExp(`^${time}${zone}$`);
const dateForm = new RegExp(`^${date}${zone}$`);
const dateTimeForm = new RegExp(`^${date}T${time}${zone}$`);

/** Whether a text is written as an `xs:time` (XML Schema 2, 3.2.8). */
export function isTime(text: string): boolean {
  return timeForm.test(text);
}

/** Whether a text is written as an `xs:date` (XML Schema 2, 3.2.9). */
export function isDate(text: string): boolean {
  return hasDay(dateForm.exec(text));
}

/** Whether a text is written as an `xs:dateTime` (XML Schema 2, 3.2.7). */
export function isDateTime(text: string): boolean {
  return hasDay(dateTimeForm.exec(text));
}

/** There is no year 0, and not every month has 31 days. */
function hasDay(match: RegExpExecArray | null): boolean {
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return year > 0 && day > 0 && day <= daysInMonth(year, month);
}

/** Whether a text is a decimal (XML Schema 2, 3.2.3). */
export function isDecimal(text: string): boolean {
  return /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(text);
}
