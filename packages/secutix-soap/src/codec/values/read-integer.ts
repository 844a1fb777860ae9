import { isInRange, type IntegerRange } from './integer-range.ts';
import { trimSpace } from './white-space.ts';

const plus = 0x2b;
const minus = 0x2d;
const digit0 = 0x30;
/** A double holds any integer of fifteen digits. */
const doubleDigits = 15;
/** Reading digits takes more than linear time, so that a hostile answer must not have millions. */
const mostDigits = 4096;

/**
 * A function that reads whole numbers of a range: bigints, or numbers where each is safe. It gives
 * `null` for an empty text, and `undefined` for what is no such number.
 */
export function integerReader(range: IntegerRange): (text: string) => unknown {
  const low = Number(range.minimum ?? -Infinity);
  const high = Number(range.maximum ?? Infinity);
  const { isNarrow } = range;
  return (text) => {
    const short = shortInteger(text);
    if (Number.isNaN(short)) return longInteger(trimSpace(text), range);
    if (short < low || short > high) return undefined;
    return isNarrow ? short : BigInt(short);
  };
}

/** A whole number that a double holds for certain; NaN for all others. */
function shortInteger(text: string): number {
  const first = text.charCodeAt(0);
  const isSigned = first === minus || first === plus;
  let at = isSigned ? 1 : 0;
  if (text.length === at || text.length > doubleDigits) return Number.NaN;
  let value = 0;
  for (; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - digit0;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  // Not -value alone, which would make a negative zero.
  return first === minus ? 0 - value : value;
}

function longInteger(text: string, range: IntegerRange): unknown {
  if (text === '') return null;
  if (text.length > mostDigits || !/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  if (!isInRange(value, range)) return undefined;
  return range.isNarrow ? Number(value) : value;
}
