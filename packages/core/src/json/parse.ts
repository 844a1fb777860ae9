import { exactInteger } from './integer-token.ts';
import type { IsLong } from './key-table.ts';
import { NumberReader } from './number-reader.ts';
import { arrayMark, ParsedTree } from './parsed-tree.ts';

/** How JSON is read. */
export interface ParseJsonOptions {
  /**
   * Says for the name of a member whether the contract declares its integers as ids or longs. They
   * are bigints then, whatever their value, under that name and in a list directly under it. It is
   * asked once a name.
   *
   * @defaultValue no name is
   */
  isLong?: IsLong;
}

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const digit0 = 0x30;
const digit9 = 0x39;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const lowerE = 0x65;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const upperToLower = 0x20;

/** A double keeps any fifteen digits; the first integer that it does not keep has sixteen. */
const unsafeLength = 16;

/**
 * Reads JSON as `JSON.parse` does, but keeps integers exact: those outside the safe range become
 * bigints, and so do all those that `isLong` names. It accepts and refuses the same texts, and gives
 * the same values otherwise: `1e400` is `Infinity`, of duplicate keys the last holds, `__proto__` is
 * an own key, any depth of nesting is allowed.
 *
 * An integer written with a fraction or an exponent is a bigint if its `number` would print as another
 * value: `9007199254740993.0` is `9007199254740993n`, `1e30` stays a `number`.
 *
 * @throws SyntaxError if the text is not JSON (RFC 8259).
 *
 * @example
 * ```ts
 * parseJson('{"orderId":9007199254740993,"seats":2}'); // { orderId: 9007199254740993n, seats: 2 }
 * parseJson('{"orderId":5}', { isLong: (key) => key.endsWith('Id') }); // { orderId: 5n }
 * ```
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): unknown {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'number') return exactInteger(text.trim(), false) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (options.isLong !== undefined || mayHoldUnsafeInteger(text)) {
    const tree = new ParsedTree(text, value, options.isLong);
    restoreIntegers(text, tree, options.isLong !== undefined);
  }
  return value;
}

/**
 * Whether there are sixteen digits in a row anywhere, a decimal point among them or not. Such a row
 * covers one of every sixteen places, so that few have to be looked at.
 */
function mayHoldUnsafeInteger(text: string): boolean {
  for (let at = unsafeLength - 1; at < text.length; at += unsafeLength) {
    if (!isDigitOrPoint(text.charCodeAt(at))) continue;
    let start = at;
    let end = at + 1;
    while (start > 0 && isDigitOrPoint(text.charCodeAt(start - 1))) start -= 1;
    while (end < text.length && isDigitOrPoint(text.charCodeAt(end))) end += 1;
    if (end - start >= unsafeLength) return true;
  }
  return false;
}

/**
 * Reads a valid text once more and replaces in its tree what must be a bigint. Every other number that
 * could take the place of one, under a duplicate key, is put back as it is, in the order of the text.
 */
function restoreIntegers(text: string, tree: ParsedTree, hasLongs: boolean): void {
  const { starts, ends } = tree;
  const numbers = new NumberReader(text);
  // The place is kept in locals, because this loop sees every character outside strings.
  let level = 0;
  let start = 0;
  let end = arrayMark;
  let stringStart = 0;
  let stringEnd = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      stringStart = at + 1;
      stringEnd = endOfString(text, stringStart);
      at = stringEnd;
    } else if (code === colon) {
      start = stringStart;
      end = stringEnd;
    } else if (code === comma) {
      // The next item of an array. In an object a colon will follow.
      start += 1;
    } else if (code === minus || (code >= digit0 && code <= digit9)) {
      const token = at;
      const endOfWhole = endOfDigits(text, at + 1);
      at = text.charCodeAt(endOfWhole) === point ? endOfDigits(text, endOfWhole + 1) : endOfWhole;
      const hasExponent = (text.charCodeAt(at) | upperToLower) === lowerE;
      // What follows the mark is a sign or a digit.
      if (hasExponent) at = endOfDigits(text, at + 2);
      const isSuspect = hasExponent || at - token >= unsafeLength;
      if (hasLongs || isSuspect) {
        tree.setStep(level, start, end);
        const isLong = hasLongs && tree.isLong(level);
        const isWhole = at === endOfWhole;
        if (isLong || isSuspect) {
          tree.replace(level, numbers.read(token, at, isWhole, isLong), isLong);
        }
      }
      at -= 1;
    } else if (code === openBrace || code === openBracket) {
      tree.setStep(level, start, end);
      level += 1;
      start = 0;
      end = code === openBracket ? arrayMark : 0;
    } else if (code === closeBrace || code === closeBracket) {
      level -= 1;
      tree.leave(level);
      start = starts[level] ?? 0;
      end = ends[level] ?? arrayMark;
    }
  }
}

function endOfDigits(text: string, start: number): number {
  let at = start;
  for (let code = text.charCodeAt(at); code >= digit0 && code <= digit9;) {
    at += 1;
    code = text.charCodeAt(at);
  }
  return at;
}

/** The place of the quote that ends a string: the first with an even number of backslashes before. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start);
  while (text.charCodeAt(end - 1) === backslash && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text.charCodeAt(first - 1) === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

function isDigitOrPoint(code: number): boolean {
  return (code >= digit0 && code <= digit9) || code === point;
}
