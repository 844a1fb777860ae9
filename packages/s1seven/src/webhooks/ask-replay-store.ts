import { asVendorError, VendorError } from '@vendorkit/core';

/**
 * Asks a replay store. The words of its failure are not repeated: they may quote an address with a
 * password.
 *
 * @throws VendorError `CONNECTION`, to be tried again, whatever the store throws.
 */
export async function askReplayStore<Answer>(
  question: () => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    throw new VendorError('The replay store failed.', {
      code: 'CONNECTION',
      vendor: 's1seven',
      retryable: true,
      cause: asVendorError(error, 'CONNECTION'),
    });
  }
}
