import type { ValueReader } from './value-reader.ts';

/**
 * The value of an operation: that of the one element inside the wrapper, whatever its name. With none
 * or several it is the wrapper's own object. A wrapper that may hold several, or a repeated one, is
 * never unwrapped: what comes must not decide over the type.
 */
export function unwrap({ root, value }: ValueReader): unknown {
  if (root === undefined || value === null || root.children !== 1) return value;
  const { fields, parts } = root.type;
  const [only, ...others] = fields;
  const mayHoldSeveral = parts.isOpen || others.length > 0 || only?.isMany === true;
  return mayHoldSeveral || root.text.trim() !== '' ? value : root.last;
}
