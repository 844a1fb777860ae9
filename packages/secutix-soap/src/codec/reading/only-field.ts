import type { LinkedComplex, LinkedField } from '../linked-type.ts';

/** Whether a type declares several elements, a repeated one, or allows any. */
export function mayHoldSeveral({ fields, parts }: LinkedComplex): boolean {
  const [only, ...others] = fields;
  return parts.isOpen || others.length > 0 || only?.isMany === true;
}

/** The field of a type that declares one, once, and allows nothing else. */
export function onlyFieldOf(type: LinkedComplex): LinkedField | undefined {
  return mayHoldSeveral(type) ? undefined : type.fields[0];
}
