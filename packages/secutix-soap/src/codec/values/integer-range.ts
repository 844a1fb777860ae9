import type { BuiltinType } from '../../wsdl/model.ts';

/** The builtin types of whole numbers. */
export type IntegerType = Extract<
  BuiltinType,
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'unsignedByte'
  | 'unsignedShort'
  | 'unsignedInt'
  | 'unsignedLong'
  | 'integer'
  | 'nonNegativeInteger'
  | 'positiveInteger'
  | 'nonPositiveInteger'
  | 'negativeInteger'
>;

/** The whole numbers that a type holds. */
export interface IntegerRange {
  /** Absent if there is no end on that side. */
  readonly minimum?: bigint;
  readonly maximum?: bigint;
  /** Whether every one of them is a safe integer, so that values are numbers. */
  readonly isNarrow: boolean;
}

/** The ranges of the builtin types of whole numbers (XML Schema 2, 3.3.13 to 3.3.25). */
export const integerRanges: Readonly<Record<IntegerType, IntegerRange>> = {
  byte: signed(8n),
  short: signed(16n),
  int: signed(32n),
  long: signed(64n),
  unsignedByte: unsigned(8n),
  unsignedShort: unsigned(16n),
  unsignedInt: unsigned(32n),
  unsignedLong: unsigned(64n),
  integer: { isNarrow: false },
  nonNegativeInteger: { minimum: 0n, isNarrow: false },
  positiveInteger: { minimum: 1n, isNarrow: false },
  nonPositiveInteger: { maximum: 0n, isNarrow: false },
  negativeInteger: { maximum: -1n, isNarrow: false },
};

/** Whether a type holds a whole number. */
export function isInRange(value: bigint, { minimum, maximum }: IntegerRange): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}

function signed(bits: bigint): IntegerRange {
  const half = 2n ** (bits - 1n);
  return { minimum: -half, maximum: half - 1n, isNarrow: bits <= 32n };
}

function unsigned(bits: bigint): IntegerRange {
  return { minimum: 0n, maximum: 2n ** bits - 1n, isNarrow: bits <= 32n };
}
