import { invalidResponse, VendorError } from '@vendorkit/core';

/**
 * The error of a description that cannot be used: `INVALID_RESPONSE` if it came from the vendor,
 * `CONFIGURATION` if it was read from a file.
 *
 * @param rootUrl - Where the description came from.
 * @param problem - A sentence, its full stop left out or not; names in it went through
 * {@link quoteName}.
 * @param hint - What can be done about it.
 */
export function wsdlError(rootUrl: string, problem: string, hint?: string): VendorError {
  const sentence = problem.replace(/\.$/, '');
  if (!rootUrl.startsWith('file:')) {
    return invalidResponse(`The WSDL cannot be used. ${sentence}.`, { hint });
  }
  return new VendorError(`The WSDL file cannot be used. ${sentence}.`, {
    code: 'CONFIGURATION',
    outcome: 'not-sent',
    hint,
  });
}

/** What is wrong with a description, found where nothing is known of where it came from. */
export class WsdlProblem extends Error {
  override readonly name = 'WsdlProblem';
}

/** Runs a step, and tells what it finds wrong as {@link wsdlError} does. */
export function withWsdlErrors<Result>(rootUrl: string, step: () => Result): Result {
  try {
    return step();
  } catch (error) {
    if (error instanceof WsdlProblem) throw wsdlError(rootUrl, error.message);
    throw error;
  }
}

const longestName = 200;

/** A name that is not ours as it may stand in a message: short, and on one line. */
export function quoteName(name: string, longest: number = longestName): string {
  const clean = name.replaceAll(/[\p{C}\p{Z}`]+/gu, ' ').trim();
  const characters = Array.from(clean);
  return `\`${characters.length > longest ? `${characters.slice(0, longest).join('')}...` : clean}\``;
}
