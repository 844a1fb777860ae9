import { VendorError } from '@vendorkit/core';

/**
 * Why a webhook was rejected, in `details.reason` of a `SIGNATURE_REJECTED` error.
 *
 * - `missing`, `repeated`, `malformed`: what is wrong with the `signature` header.
 * - `mismatch`: the bytes were not signed with any of the secrets.
 * - `too-old`, `from-the-future`: the signature's time is out of tolerance.
 * - `replayed`: the replay store knows the delivery.
 */
export type SignatureRejection =
  | 'missing'
  | 'repeated'
  | 'malformed'
  | 'mismatch'
  | 'too-old'
  | 'from-the-future'
  | 'replayed';

const problems: Readonly<Record<SignatureRejection, { field: string; sentence: string }>> = {
  missing: { field: 'headers.signature', sentence: 'It has no `signature` header.' },
  repeated: {
    field: 'headers.signature',
    sentence: 'It has more than one `signature` header, or one with `t` or `h` twice.',
  },
  malformed: {
    field: 'headers.signature',
    sentence: 'Its `signature` header is not `t=<seconds>,h=<64 hexadecimal digits>`.',
  },
  mismatch: {
    field: 'rawBody',
    sentence: 'Its body is not what was signed, or it was signed with another secret.',
  },
  'too-old': {
    field: 'headers.signature',
    sentence: 'It was signed longer ago than `toleranceSeconds`, or a clock is wrong.',
  },
  'from-the-future': {
    field: 'headers.signature',
    sentence: 'It was signed further in the future than `toleranceSeconds`, or a clock is wrong.',
  },
  replayed: { field: 'rawBody', sentence: 'The same delivery came before.' },
};

/** The error of a webhook that must not be believed. It never tells what would have been right. */
export function signatureRejected(reason: SignatureRejection): VendorError {
  const { field, sentence } = problems[reason];
  return new VendorError(`The webhook was rejected. ${sentence}`, {
    code: 'SIGNATURE_REJECTED',
    vendor: 's1seven',
    field,
    details: { reason },
  });
}
