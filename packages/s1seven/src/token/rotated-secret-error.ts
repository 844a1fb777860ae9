import { VendorError } from '@vendorkit/core';

/** The error of a client that has replaced its own secret, and now needs another token. */
export function rotatedSecretError(): VendorError {
  return new VendorError("The application's secret was rotated, and this client has the old one.", {
    code: 'UNAUTHENTICATED',
    vendor: 's1seven',
    outcome: 'not-sent',
    hint: 'Make a new client with the `clientSecret` that `applications.rotateSecret` answered with.',
  });
}
