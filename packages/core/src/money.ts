import { inspect } from 'node:util';
import { VendorError } from './errors/vendor-error.ts';

const brand: unique symbol = Symbol.for('vendorkit.money');

/** How {@link Money.toDecimal} writes an amount. */
export interface MoneyFormat {
  /**
   * How many digits follow the decimal point; with 0 there is no point.
   *
   * @defaultValue 2
   */
  fractionDigits?: 0 | 1 | 2 | 3;
  /**
   * What happens to an amount exactly halfway: `half-up` goes away from zero, for negative amounts
   * too; `half-even` goes to the even digit.
   *
   * @defaultValue `half-up`
   */
  rounding?: 'half-up' | 'half-even';
}

/**
 * An amount of money as a whole number of thousandths, the way SecuTix sends it (SecuTix REST 5.6:
 * `10010` is 10.010). It is exact at any size and never passes through a floating-point number. It
 * knows no currency.
 *
 * An amount cannot be used as a number: `price + 1` and `price < other` throw a `TypeError`, because
 * either unit would be a guess. Use `plus`, `compare` and the other methods.
 *
 * In a request an amount is written as its thousandths, a bare integer. Plain `JSON.stringify` writes
 * its decimal form, a string.
 *
 * @example
 * ```ts
 * const price = Money.fromThousandths(1005n);
 * price.toString(); // '1.005'
 * price.toDecimal(); // '1.01'
 * price.times(3).plus(Money.parse('0.5')).thousandths; // 3515n
 * ```
 */
export class Money {
  /** The amount in thousandths. */
  readonly thousandths: bigint;

  private constructor(thousandths: bigint) {
    this.thousandths = thousandths;
    Object.freeze(this);
  }

  /**
   * An amount from its thousandths, as the vendor sends them.
   *
   * @throws VendorError `INVALID_REQUEST` if a number is not a safe integer, or a string is not an
   * integer as JSON writes it.
   */
  static fromThousandths(thousandths: bigint | number | string): Money {
    if (typeof thousandths === 'bigint') return new Money(thousandths);
    if (typeof thousandths === 'number' && Number.isSafeInteger(thousandths)) {
      return new Money(BigInt(thousandths));
    }
    if (typeof thousandths === 'string' && wholeNumber.test(thousandths)) {
      return new Money(BigInt(thousandths));
    }
    throw refused('thousandths', 'a bigint, a safe integer, or the digits of an integer');
  }

  /**
   * An amount from its decimal form, such as `10.010`, `10.01` or `-3`.
   *
   * @throws VendorError `INVALID_REQUEST` if the text is anything else, or finer than a thousandth:
   * no spaces, exponent, plus sign, thousands separators or leading zeros.
   */
  static parse(decimal: string): Money {
    const [, sign, whole, fraction = ''] =
      (typeof decimal === 'string' ? decimalNumber.exec(decimal) : null) ?? [];
    if (whole === undefined) {
      throw refused('decimal', 'a decimal number with at most three digits after the point');
    }
    return new Money(BigInt(`${sign}${whole}${fraction.slice(0, 3).padEnd(3, '0')}`));
  }

  /** Whether a value is an amount, made by this copy of the package or by another. */
  static is(value: unknown): value is Money {
    return typeof value === 'object' && value !== null && brand in value;
  }

  /** The sum of both amounts. */
  plus(other: Money): Money {
    return new Money(this.thousandths + thousandthsOf(other));
  }

  /** This amount less the other. */
  minus(other: Money): Money {
    return new Money(this.thousandths - thousandthsOf(other));
  }

  /**
   * So many times this amount.
   *
   * @throws VendorError `INVALID_REQUEST` if the factor is not a bigint or a safe integer.
   */
  times(factor: bigint | number): Money {
    if (typeof factor !== 'bigint' && !Number.isSafeInteger(factor)) {
      throw refused('factor', 'a bigint or a safe integer');
    }
    return new Money(this.thousandths * BigInt(factor));
  }

  /** The amount with the other sign. */
  negated(): Money {
    return new Money(-this.thousandths);
  }

  /** Less than, equal to or greater than the other amount: -1, 0 or 1, as `Array.sort` wants it. */
  compare(other: Money): -1 | 0 | 1 {
    const difference = this.thousandths - thousandthsOf(other);
    if (difference === 0n) return 0;
    return difference < 0n ? -1 : 1;
  }

  /** Whether both amounts are the same. */
  equals(other: Money): boolean {
    return this.compare(other) === 0;
  }

  /** Whether the amount is nothing. */
  isZero(): boolean {
    return this.thousandths === 0n;
  }

  /** The exact amount with three digits after the point, such as `10.010`. */
  toString(): string {
    return this.toDecimal({ fractionDigits: 3 });
  }

  /**
   * The amount rounded to so many digits after the point, such as `10.01`.
   *
   * @throws VendorError `INVALID_REQUEST` if the format is not one of {@link MoneyFormat}.
   */
  toDecimal(format: MoneyFormat = {}): string {
    const { fractionDigits = 2, rounding = 'half-up' } = format;
    const unit = units.get(fractionDigits);
    if (unit === undefined) throw refused('fractionDigits', '0, 1, 2 or 3');
    if (rounding !== 'half-up' && rounding !== 'half-even') {
      throw refused('rounding', "'half-up' or 'half-even'");
    }
    const size = this.thousandths < 0n ? -this.thousandths : this.thousandths;
    const rounded = divide(size, unit, rounding);
    const digits = rounded.toString().padStart(fractionDigits + 1, '0');
    const point = digits.length - fractionDigits;
    const sign = this.thousandths < 0n && rounded !== 0n ? '-' : '';
    const fraction = fractionDigits === 0 ? '' : `.${digits.slice(point)}`;
    return `${sign}${digits.slice(0, point)}${fraction}`;
  }

  /** The exact decimal form, which {@link Money.parse} reads back. */
  toJSON(): string {
    return this.toString();
  }

  /** Marks amounts for {@link Money.is}. */
  get [brand](): true {
    return true;
  }

  /** Lets a template show the amount, and refuses arithmetic and comparison by operators. */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new TypeError('Money is not a number: use plus, minus, times, compare or equals.');
  }

  [inspect.custom](): string {
    return `Money ${this.toString()}`;
  }
}

const wholeNumber = /^-?(?:0|[1-9]\d*)$/;
const decimalNumber = /^(-?)(0|[1-9]\d*)(?:\.(\d{1,3}0*))?$/;

/** How many thousandths the last digit stands for, by the number of digits after the point. */
const units: ReadonlyMap<number, bigint> = new Map([
  [0, 1000n],
  [1, 100n],
  [2, 10n],
  [3, 1n],
]);

function divide(size: bigint, unit: bigint, rounding: 'half-up' | 'half-even'): bigint {
  const quotient = size / unit;
  const twice = (size % unit) * 2n;
  const isRoundedUp =
    twice > unit || (twice === unit && (rounding === 'half-up' || quotient % 2n === 1n));
  return isRoundedUp ? quotient + 1n : quotient;
}

function thousandthsOf(other: Money): bigint {
  if (!Money.is(other)) throw refused('other', 'Money');
  return other.thousandths;
}

function refused(field: string, expected: string): VendorError {
  return new VendorError(`'${field}' must be ${expected}.`, {
    code: 'INVALID_REQUEST',
    field,
    outcome: 'not-sent',
  });
}
