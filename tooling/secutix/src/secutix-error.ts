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

/** How much of what the vendor says is kept in an error, in characters. */
export const longestExcerpt = 2_000;

/** The end of an error's message: a full stop, or the vendor's reason after a colon. */
export function sentenceEnd(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '.' : `: ${reason.slice(0, longestExcerpt)}`;
}
