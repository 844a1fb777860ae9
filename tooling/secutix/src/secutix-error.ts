import { VendorError, type VendorErrorFields } from '@vendorkit/core';

/** A `VendorError` with what SecuTix says about a refusal. */
export class SecutixError extends VendorError {
  protected static override readonly brands: readonly string[] = ['SecutixError', 'VendorError'];

  /** The vendor's own explanation (SecuTix REST 5.3), for a person to read. */
  declare readonly statusDetail?: string;

  constructor(message: string, fields: VendorErrorFields & { statusDetail?: string | undefined }) {
    const { statusDetail, ...rest } = fields;
    super(message, rest);
    if (statusDetail !== undefined) Object.assign(this, { statusDetail });
  }
}

/** How much of what the vendor says is kept in an error's message, or of a page, in characters. */
export const longestExcerpt = 2_000;

/** How much of the vendor's explanation is kept beside the message, in characters. */
export const longestText = 10_000;

/** How much of the vendor's code is kept beside the message, in characters. */
export const longestVendorCode = 2_000;

/** The vendor's code as a message names it: 200 characters at most. */
export function shortCode(code: string): string {
  return code.length > 200 ? `${code.slice(0, 200)}…` : code;
}

/** The end of an error's message: a full stop, or the vendor's reason after a colon. */
export function sentenceEnd(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '.' : `: ${reason.slice(0, longestExcerpt)}`;
}
