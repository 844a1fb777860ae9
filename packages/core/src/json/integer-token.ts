/** A number as a sign, its digits without zeros at either end, and a power of ten. */
interface Decimal {
  sign: '' | '-';
  digits: string;
  exponent: number;
}

/**
 * The exact integer that a JSON number token stands for, or `undefined` where the ordinary `number`
 * is right.
 *
 * A token of digits only is exact at any size. A token with a fraction or an exponent becomes a
 * bigint only if its double would print as another value: `9007199254740993.0` does, `1e30` does not.
 * A token too large for a double (`1e400`) stays `Infinity`, so that ten characters cannot ask for a
 * billion digits.
 *
 * @param token - A number as RFC 8259 section 6 writes it.
 * @param isLong - Whether the contract declares an integer here: then `5` and `5.0` are bigints too.
 */
export function exactInteger(token: string, isLong: boolean): bigint | undefined {
  const double = Number(token);
  if (!isLong && Number.isSafeInteger(double)) return undefined;
  if (!/[.eE]/.test(token)) return BigInt(token);
  if (!Number.isFinite(double)) return undefined;
  const written = readDecimal(token);
  if (written.exponent < 0) return undefined;
  if (!isLong && isSameSize(written, readDecimal(String(double)))) return undefined;
  return BigInt(written.sign + written.digits + '0'.repeat(written.exponent));
}

function isSameSize(one: Decimal, other: Decimal): boolean {
  return one.digits === other.digits && one.exponent === other.exponent;
}

// By hand: a regular expression would take quadratic time for some megabytes of zeros.
function readDecimal(token: string): Decimal {
  const sign = token.startsWith('-') ? '-' : '';
  const mark = token.search(/[eE]/);
  const mantissa = token.slice(sign.length, mark < 0 ? token.length : mark);
  const power = mark < 0 ? 0 : Number(token.slice(mark + 1));
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const { start, end } = withoutOuterZeros(all);
  if (start === end) return { sign: '', digits: '0', exponent: 0 };
  const exponent = power - fraction.length + (all.length - end);
  return { sign, digits: all.slice(start, end), exponent };
}

function withoutOuterZeros(digits: string): { start: number; end: number } {
  let start = 0;
  let end = digits.length;
  while (start < end && digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return { start, end };
}
