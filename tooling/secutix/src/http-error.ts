import { statusError, type Redactor } from '@vendorkit/core';
import {
  longestExcerpt,
  longestText,
  longestVendorCode,
  SecutixError,
  sentenceEnd,
} from './secutix-error.ts';

/**
 * The error of an HTTP status that is not a success (SecuTix REST 5.2).
 *
 * @param status - The status.
 * @param details - What the vendor says of it, without secrets. Its texts `statusCode`, `statusDetail`
 *   and `message` are told, the beginning of long ones.
 * @param hint - What to look at first.
 */
export function httpError(
  status: number,
  details: object | undefined,
  hint?: string,
): SecutixError {
  const { code, retryable } = statusError(status);
  const { statusCode, statusDetail, message } = texts(details);
  const reason = statusDetail ?? message;
  return new SecutixError(`SecuTix answered with HTTP ${status}${sentenceEnd(reason)}`, {
    code,
    status,
    retryable,
    details,
    outcome: 'answered',
    vendorCode: statusCode?.slice(0, longestVendorCode),
    statusDetail: statusDetail?.slice(0, longestText),
    hint,
  });
}

/**
 * The beginning of a body of unknown form, as the details of an error. The vendor's 509 is such a page.
 *
 * @returns `undefined` if the body is blank.
 */
export function excerptOf(body: string, redactor: Redactor): { readonly text: string } | undefined {
  const text = body.trim();
  return text === '' ? undefined : { text: redactor.beginning(text, longestExcerpt) };
}

/** The members that are texts. */
function texts(details: object | undefined): Record<string, string | undefined> {
  const entries = Object.entries(details ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(entries);
}
