import { refusedInput } from '@vendorkit/core';
import type { VendorError } from '@vendorkit/core';

/** The place in the caller's value that is being written, for errors: `parameters.items[0].id`. */
export class ParameterPlace {
  readonly #root: string;
  readonly #steps: (number | string)[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** Does something at a place within this one. */
  within<Result>(step: number | string, work: () => Result): Result {
    this.#steps.push(step);
    const result = work();
    this.#steps.pop();
    return result;
  }

  /** The error for what stands here. */
  refusal(problem: string): VendorError {
    return refusedInput('INVALID_REQUEST', this.#steps.reduce(append, this.#root), problem);
  }
}

function append(path: string, step: number | string): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  // A name that could pass for something else in a log is quoted.
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)
    ? `${path}.${step}`
    : `${path}[${JSON.stringify(step)}]`;
}
