import { exactInteger } from './integer-token.ts';

/** An unsigned 64-bit integer holds any integer of nineteen digits. */
const int64Digits = 19;
/** A double holds any integer of fifteen digits. */
const doubleDigits = 15;
/** Sixteen digits and a sign may still be safe; more are not. */
const longestSafe = 17;
/** What follows a number's nine lowest digits counts a billion each. */
const lowDigits = 9;
const billion = 1_000_000_000;
const twoTo16 = 0x1_0000;
const twoTo32 = 0x1_0000_0000;
const minus = 0x2d;
const digit0 = 0x30;

/**
 * Reads the numbers of a text. An id of up to nineteen digits is put together from two doubles, which
 * takes half the time of cutting out the digits and handing them to `BigInt`.
 */
export class NumberReader {
  readonly #text: string;
  #word: DataView | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The value of the number between two places of the text: a bigint where a double is too short, or
   * where an integer is declared as a long.
   *
   * @param isWhole - Whether it is written with neither a fraction nor an exponent.
   */
  read(start: number, end: number, isWhole: boolean, isLong: boolean): bigint | number {
    if (isWhole && (isLong || end - start > longestSafe)) return this.#integer(start, end);
    const token = this.#text.slice(start, end);
    return exactInteger(token, isLong) ?? Number(token);
  }

  #integer(start: number, end: number): bigint {
    const text = this.#text;
    const length = end - start;
    if (length > int64Digits || text.charCodeAt(start) === minus) {
      return BigInt(text.slice(start, end));
    }
    if (length <= doubleDigits) return BigInt(readDouble(text, start, end));
    const split = end - lowDigits;
    return this.#join(readDouble(text, start, split), readDouble(text, split, end));
  }

  /** `high * billion + low`, of which no step exceeds what a double holds exactly. */
  #join(high: number, low: number): bigint {
    const highPart = Math.floor(high / twoTo16);
    const product = highPart * billion;
    const productHigh = Math.floor(product / twoTo16);
    const rest = (high - highPart * twoTo16) * billion + low;
    const sum = (product - productHigh * twoTo16) * twoTo16 + rest;
    const carry = Math.floor(sum / twoTo32);
    const word = (this.#word ??= new DataView(new ArrayBuffer(8)));
    word.setUint32(0, productHigh + carry);
    word.setUint32(4, sum - carry * twoTo32);
    return word.getBigUint64(0);
  }
}

function readDouble(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + (text.charCodeAt(at) - digit0);
  return value;
}
