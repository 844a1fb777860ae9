import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VendorError } from '../src/errors/vendor-error.ts';
import { Money } from '../src/money.ts';

/** The field that a refusal names. */
function refusedField(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (!VendorError.is(error)) throw error;
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', outcome: 'not-sent' });
    return error.field;
  }
  throw new Error('The input was accepted.');
}

const forms: [string, string][] = [
  ['10010', '10.010'],
  ['0', '0.000'],
  ['-1', '-0.001'],
  ['-10010', '-10.010'],
  ['1', '0.001'],
  ['999', '0.999'],
  ['9223372036854775807', '9223372036854775.807'],
  ['-9223372036854775808', '-9223372036854775.808'],
  ['9007199254740993', '9007199254740.993'],
  ['1005', '1.005'],
  ['29000', '29.000'],
];

describe('an amount', () => {
  test.each(forms)('of %s thousandths is %s, both ways', (thousandths, decimal) => {
    expect(Money.fromThousandths(thousandths).toString()).toBe(decimal);
    expect(Money.fromThousandths(BigInt(thousandths)).toString()).toBe(decimal);
    expect(Money.parse(decimal).thousandths).toBe(BigInt(thousandths));
  });

  test.each([
    ['10', 10_000n],
    ['10.01', 10_010n],
    ['10.0', 10_000n],
    ['-3', -3000n],
    ['0.5', 500n],
    ['10.0100000', 10_010n],
    ['-0', 0n],
    ['-0.000', 0n],
    [`0.1${'0'.repeat(100_000)}`, 100n],
  ])('is read from %s', (decimal, thousandths) => {
    expect(Money.parse(decimal).thousandths).toBe(thousandths);
  });

  test.each([
    '',
    '-',
    '.',
    '.5',
    '5.',
    '+5',
    '00123',
    '01.5',
    '-00',
    '1e3',
    '1.0e1',
    '1,5',
    '1,000',
    '1 000',
    ' 1',
    '1 ',
    '1\n',
    '10.0001',
    '0.1234',
    '1.2.3',
    '--1',
    '0x10',
    '1n',
    '١',
    'NaN',
    'Infinity',
    '1_0',
  ])('is not read from %j', (decimal) => {
    expect(refusedField(() => Money.parse(decimal))).toBe('decimal');
  });

  test.each<unknown>([10.01, 10, 10n, null, undefined, ['10'], {}])(
    'is not read from the value %p',
    (value) => {
      expect(refusedField(() => Money.parse(value as string))).toBe('decimal');
    },
  );

  test.each<unknown>([
    1.5,
    NaN,
    Infinity,
    2 ** 53,
    '1.0',
    '1e3',
    '00123',
    '',
    ' 1',
    '0x10',
    '+1',
    null,
    undefined,
    true,
    {},
  ])('is not made of the thousandths %p', (value) => {
    expect(refusedField(() => Money.fromThousandths(value as number))).toBe('thousandths');
  });

  test.each([0, 1, -1, 2 ** 53 - 1])('is made of the number %d', (thousandths) => {
    expect(Money.fromThousandths(thousandths).thousandths).toBe(BigInt(thousandths));
  });

  test('never changes', () => {
    const price = Money.parse('10.010');
    price.plus(price).times(3).negated();
    expect(() => Object.assign(price, { thousandths: 0n })).toThrow(/read only/);
    expect(price.thousandths).toBe(10_010n);
  });
});

describe('rounding', () => {
  test.each<[number, 0 | 1 | 2 | 3, string, string]>([
    [1005, 2, '1.01', '1.00'],
    [1015, 2, '1.02', '1.02'],
    [1004, 2, '1.00', '1.00'],
    [1006, 2, '1.01', '1.01'],
    [250, 1, '0.3', '0.2'],
    [350, 1, '0.4', '0.4'],
    [251, 1, '0.3', '0.3'],
    [500, 0, '1', '0'],
    [1500, 0, '2', '2'],
    [2500, 0, '3', '2'],
    [999_500, 0, '1000', '1000'],
    [9995, 2, '10.00', '10.00'],
    [1005, 3, '1.005', '1.005'],
    [29_000, 2, '29.00', '29.00'],
  ])('%d thousandths to %d digits', (thousandths, fractionDigits, halfUp, halfEven) => {
    const price = Money.fromThousandths(thousandths);
    const minus = (text: string) => (/[1-9]/.test(text) ? `-${text}` : text);
    expect(price.toDecimal({ fractionDigits })).toBe(halfUp);
    expect(price.toDecimal({ fractionDigits, rounding: 'half-up' })).toBe(halfUp);
    expect(price.toDecimal({ fractionDigits, rounding: 'half-even' })).toBe(halfEven);
    expect(price.negated().toDecimal({ fractionDigits })).toBe(minus(halfUp));
    expect(price.negated().toDecimal({ fractionDigits, rounding: 'half-even' })).toBe(
      minus(halfEven),
    );
  });

  test('goes to two digits, half up, unless told otherwise', () => {
    expect(Money.fromThousandths(1005).toDecimal()).toBe('1.01');
  });

  test('writes no minus before nothing', () => {
    expect(Money.fromThousandths(-4).toDecimal()).toBe('0.00');
  });

  test.each<[string, object]>([
    ['fractionDigits', { fractionDigits: 4 }],
    ['fractionDigits', { fractionDigits: -1 }],
    ['fractionDigits', { fractionDigits: 1.5 }],
    ['fractionDigits', { fractionDigits: '2' }],
    ['fractionDigits', { fractionDigits: 'length' }],
    ['rounding', { rounding: 'down' }],
  ])('refuses the %s of %p', (field, format) => {
    expect(refusedField(() => Money.parse('1').toDecimal(format))).toBe(field);
  });
});

describe('arithmetic', () => {
  const price = Money.parse('10.010');

  test('is exact where floating-point numbers are not', () => {
    expect(Money.parse('0.1').plus(Money.parse('0.2')).equals(Money.parse('0.3'))).toBe(true);
    expect(Money.parse('1.005').times(100).toString()).toBe('100.500');
    expect(Money.parse('9007199254740993').minus(Money.parse('0.001')).toString()).toBe(
      '9007199254740992.999',
    );
  });

  test('compares', () => {
    const sorted = ['0.002', '-1', '10', '9'].map((decimal) => Money.parse(decimal));
    sorted.sort((one, other) => one.compare(other));
    expect(sorted.map(String)).toEqual(['-1.000', '0.002', '9.000', '10.000']);
    expect(price.compare(Money.parse('10.01'))).toBe(0);
    expect(price.equals(Money.parse('10.011'))).toBe(false);
    expect([price.isZero(), Money.parse('-0.000').isZero()]).toEqual([false, true]);
  });

  test.each<unknown>([1.5, NaN, Infinity, 2 ** 53, '3', null, price])(
    'refuses the factor %p',
    (factor) => {
      expect(refusedField(() => price.times(factor as number))).toBe('factor');
    },
  );

  test.each<unknown>([1, 1n, '1.000', null, undefined, { thousandths: 1n }])(
    'refuses to add %p',
    (other) => {
      expect(refusedField(() => price.plus(other as Money))).toBe('other');
      expect(refusedField(() => price.minus(other as Money))).toBe('other');
      expect(refusedField(() => price.compare(other as Money))).toBe('other');
      expect(refusedField(() => price.equals(other as Money))).toBe('other');
    },
  );

  test.each<[string, (amount: never) => unknown]>([
    ['price + 1', (amount) => amount + 1],
    ['price + "1"', (amount) => amount + '1'],
    ['price * 2', (amount) => amount * 2],
    ['price < 2', (amount) => amount < 2],
    ['Number(price)', (amount) => Number(amount)],
    ['+price', (amount) => +amount],
  ])('by %s is a TypeError', (_name, work) => {
    expect(() => work(price as never)).toThrow(/Money is not a number/);
  });
});

describe('an amount shows', () => {
  const price = Money.parse('10.01');

  test('its exact decimal in a template, in plain JSON and in the console', () => {
    expect(`costs ${price as unknown as string}`).toBe('costs 10.010');
    expect(JSON.stringify({ price })).toBe('{"price":"10.010"}');
    expect(inspect({ price })).toBe('{ price: Money 10.010 }');
  });

  test('what it is to another copy of the package', () => {
    expect(Money.is(price)).toBe(true);
    expect(
      [{ thousandths: 1n }, 1n, null, '1.000', undefined].map((value) => Money.is(value)),
    ).not.toContain(true);
    const foreign = { [Symbol.for('vendorkit.money')]: true, thousandths: 5n };
    expect(price.plus(foreign as unknown as Money).thousandths).toBe(10_015n);
  });
});

describe('properties', () => {
  const amount = fc
    .bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
    .map((thousandths) => Money.fromThousandths(thousandths));

  test('the decimal form is read back as the same amount', () => {
    fc.assert(
      fc.property(amount, (one) => {
        expect(Money.parse(one.toString()).equals(one)).toBe(true);
        expect(Money.fromThousandths(String(one.thousandths)).equals(one)).toBe(true);
      }),
    );
  });

  test('addition is associative and commutative, and subtraction undoes it', () => {
    fc.assert(
      fc.property(amount, amount, amount, (a, b, c) => {
        expect(
          a
            .plus(b)
            .plus(c)
            .equals(a.plus(b.plus(c))),
        ).toBe(true);
        expect(a.plus(b).equals(b.plus(a))).toBe(true);
        expect(a.plus(b).minus(b).equals(a)).toBe(true);
        expect(a.plus(a.negated()).isZero()).toBe(true);
      }),
    );
  });

  test('multiplication distributes', () => {
    fc.assert(
      fc.property(amount, amount, fc.maxSafeInteger(), (a, b, factor) => {
        expect(
          a
            .plus(b)
            .times(factor)
            .equals(a.times(factor).plus(b.times(BigInt(factor)))),
        ).toBe(true);
      }),
    );
  });

  test('rounding is never off by more than half a unit, and the same for both signs', () => {
    const digits = fc.constantFrom<(0 | 1 | 2 | 3)[]>(0, 1, 2, 3);
    const rounding = fc.constantFrom<('half-even' | 'half-up')[]>('half-up', 'half-even');
    fc.assert(
      fc.property(amount, digits, rounding, (one, fractionDigits, mode) => {
        const rounded = Money.parse(one.toDecimal({ fractionDigits, rounding: mode }));
        const difference = rounded.minus(one).thousandths;
        const twice = 2n * (difference < 0n ? -difference : difference);
        expect(twice <= 10n ** BigInt(3 - fractionDigits)).toBe(fractionDigits < 3 || twice === 0n);
        const mirrored = Money.parse(one.negated().toDecimal({ fractionDigits, rounding: mode }));
        expect(mirrored.equals(rounded.negated())).toBe(true);
      }),
    );
  });
});
