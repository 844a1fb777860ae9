/**
 * How an answer of SecuTix ended: the vendor's `statusCode`, `statusDetail` and `requestId`
 * (`WebMethodResult`, SecuTix REST 5.3) put into one of four cases.
 */
export type ResultStatus =
  /** The request is complete and its data are in the answer. */
  | { readonly kind: 'success' }
  /** The work goes on; the call is repeated with this `requestId` and all its parameters. */
  | { readonly kind: 'in-progress'; readonly requestId: bigint | undefined }
  /** The vendor answered, and said no. */
  | {
      readonly kind: 'refused';
      readonly statusCode: string;
      readonly statusDetail: string | undefined;
      readonly requestId: bigint | undefined;
    }
  /** Not a `WebMethodResult`, so nothing is known of the work. */
  | { readonly kind: 'unreadable' };

/**
 * Reads the status of an answer. The list of status codes is not public, so every code that is
 * neither `success` nor `in_progress` is a refusal, and an answer without a code is unreadable: no
 * answer counts as a success because something is absent.
 *
 * @param result - The decoded answer, from JSON or from XML (where numbers are texts).
 */
export function readStatus(result: unknown): ResultStatus {
  if (typeof result !== 'object' || result === null) return { kind: 'unreadable' };
  const statusCode = own(result, 'statusCode');
  if (typeof statusCode !== 'string' || statusCode === '') return { kind: 'unreadable' };
  if (statusCode === 'success') return { kind: 'success' };
  const requestId = readRequestId(own(result, 'requestId'));
  if (statusCode === 'in_progress') return { kind: 'in-progress', requestId };
  const detail = own(result, 'statusDetail');
  const statusDetail = typeof detail === 'string' ? detail : undefined;
  return { kind: 'refused', statusCode, statusDetail, requestId };
}

/** A `requestId` is a 64-bit integer; an absent one is written as `null`, or left out. */
function readRequestId(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return BigInt(value);
  return undefined;
}

function own(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
