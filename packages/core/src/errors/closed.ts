import { VendorError, type CallOutcome } from './vendor-error.ts';

/**
 * The reason with which a client aborts what is under way when it is closed. It is recognised by
 * identity, since a caller's own reason may be the `CLOSED` error of another client. It is never
 * thrown: each call gets a {@link closedError} of its own.
 */
export const clientClosed: VendorError = closedError();

/** The error of a call that its client's `close()` ended, or that came after it. */
export function closedError(outcome?: CallOutcome): VendorError {
  return new VendorError('The client is closed.', { code: 'CLOSED', outcome });
}
