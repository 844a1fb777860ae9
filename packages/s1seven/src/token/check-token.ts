import { refusedInput } from '@vendorkit/core';

/** Whether a text can be sent as a token in a header (RFC 6750, 2.1, and whatever else is visible). */
export function isSendable(token: unknown): token is string {
  return typeof token === 'string' && /^[!-~]+$/.test(token);
}

/**
 * A token that the caller gave, or a function of the caller's.
 *
 * @throws VendorError `CONFIGURATION` naming `accessToken` if it is none. Its text is not repeated.
 */
export function checkToken(token: unknown): string {
  if (isSendable(token)) return token;
  const problem =
    typeof token === 'string' && token !== ''
      ? 'It has characters that cannot be sent in a header'
      : 'Expected a text that is not empty';
  throw refusedInput('CONFIGURATION', 'accessToken', problem);
}
