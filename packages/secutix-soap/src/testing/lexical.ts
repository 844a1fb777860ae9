/** How the values of a builtin type of XML Schema are read and written. */
export interface BuiltinType {
  /** The value that a text stands for, white space around it removed; `undefined` if it is none. */
  readonly read: (text: string) => unknown;
  /** The text of a value; `undefined` if the type has no such value. */
  readonly write: (value: unknown) => string | undefined;
}

const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const dateTime =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const date = /^(\d{4}-\d\d-\d\d)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const base64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

/** The types that the vendor's services need (XML Schema 2, 3), each read as JSON would have it. */
export const builtins: ReadonlyMap<string, BuiltinType> = new Map<string, BuiltinType>([
  ['string', { read: (text) => text, write: writeText }],
  ['boolean', { read: readBoolean, write: writeBoolean }],
  ['int', { read: readInt, write: (value) => writeInteger(value, 32) }],
  ['long', { read: (text) => readInteger(text, 64), write: (value) => writeInteger(value, 64) }],
  ['decimal', texts((text) => decimal.test(text))],
  ['dateTime', { ...texts((text) => isCalendar(dateTime, text)), write: writeDateTime }],
  ['date', texts((text) => isCalendar(date, text))],
  ['base64Binary', { read: readBase64, write: writeBase64 }],
]);

/** A type whose values are texts of a certain form. */
function texts(isValue: (text: string) => boolean): BuiltinType {
  return {
    read: (text) => (isValue(text) ? text : undefined),
    write: (value) => (typeof value === 'string' && isValue(value) ? value : undefined),
  };
}

function writeText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : undefined;
}

function readBoolean(text: string): boolean | undefined {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function writeBoolean(value: unknown): string | undefined {
  return typeof value === 'boolean' ? String(value) : undefined;
}

function readInteger(text: string, bits: number): bigint | undefined {
  if (!integer.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return BigInt.asIntN(bits, value) === value ? value : undefined;
}

function readInt(text: string): number | undefined {
  const value = readInteger(text, 32);
  return value === undefined ? undefined : Number(value);
}

function writeInteger(value: unknown, bits: number): string | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return undefined;
  const isInteger = ['bigint', 'number', 'string'].includes(typeof value);
  return isInteger ? readInteger(String(value), bits)?.toString() : undefined;
}

/** Whether a text has the form, and its day is one of the calendar. */
function isCalendar(form: RegExp, text: string): boolean {
  const day = form.exec(text)?.[1];
  if (day === undefined) return false;
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

/** The vendor writes the offset as +00:00, never as Z. */
function writeDateTime(value: unknown): string | undefined {
  if (typeof value === 'string') return isCalendar(dateTime, value) ? value : undefined;
  const isDate = value instanceof Date && !Number.isNaN(value.getTime());
  return isDate ? value.toISOString().replace('Z', '+00:00') : undefined;
}

/** As JSON has it: a text. */
function readBase64(text: string): string | undefined {
  const digits = text.replaceAll(/[ \t\r\n]/g, '');
  return base64.test(digits) ? digits : undefined;
}

function writeBase64(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'string' ? readBase64(value) : undefined;
}
