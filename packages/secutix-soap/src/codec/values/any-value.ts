import { types } from 'node:util';
import { integerRanges, isInRange } from './integer-range.ts';
import type { BuiltinType } from '../../wsdl/model.ts';

/** The builtin type as which a value goes where any type may stand; `undefined` if there is none. */
export function builtinOf(value: unknown): Exclude<BuiltinType, 'anyType'> | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return isInRange(value, integerRanges.long) ? 'long' : 'integer';
  if (Number.isSafeInteger(value)) {
    return isInRange(BigInt(value as number), integerRanges.int) ? 'int' : 'long';
  }
  return types.isDate(value) ? 'dateTime' : undefined;
}
