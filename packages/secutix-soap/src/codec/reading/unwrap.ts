import { mayHoldSeveral } from './only-field.ts';
import type { ValueReader } from './value-reader.ts';

/**
 * The value of an operation: that of the one element inside the wrapper, whatever its name. With none
 * or several it is the wrapper's own object. A wrapper that may hold several, or a repeated one, is
 * never unwrapped: what comes must not decide over the type.
 */
export function unwrap({ root, value }: ValueReader): unknown {
  if (root === undefined || value === null || root.children !== 1) return value;
  const isMore = mayHoldSeveral(root.type) || root.text.trim() !== '';
  return isMore ? value : root.last;
}
