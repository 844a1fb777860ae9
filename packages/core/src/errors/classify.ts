import { VendorError, type VendorErrorCode, type VendorErrorFields } from './vendor-error.ts';

const codesByStatus: Readonly<Record<number, VendorErrorCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  429: 'RATE_LIMITED',
  509: 'RATE_LIMITED',
};

/** The error code of an HTTP status that is not a success. A redirect is never followed. */
export function codeOfStatus(status: number): VendorErrorCode {
  const code = codesByStatus[status];
  if (code !== undefined) return code;
  if (status >= 500 && status <= 599) return 'SERVER_ERROR';
  return status >= 400 && status <= 499 ? 'BAD_REQUEST' : 'INVALID_RESPONSE';
}

/** Whether the same call may succeed later, judged by nothing but its code. */
export function isRetryable(code: VendorErrorCode): boolean {
  return ['RATE_LIMITED', 'QUOTA_WAIT_EXCEEDED', 'SERVER_ERROR', 'CONNECTION', 'TIMEOUT'].includes(
    code,
  );
}

/** Time does not teach a server a method or a version of HTTP (RFC 9110, 15.6.2 and 15.6.6). */
const lastingStatuses: ReadonlySet<number> = new Set([501, 505]);

/** The error of a complete answer whose HTTP status is not a success. */
export function statusError(
  status: number,
  fields: Partial<VendorErrorFields> & { message?: string } = {},
): VendorError {
  const { message, ...rest } = fields;
  const code = codeOfStatus(status);
  return new VendorError(message ?? `The vendor answered with HTTP ${status}.`, {
    code,
    status,
    retryable: isRetryable(code) && !lastingStatuses.has(status),
    outcome: 'answered',
    ...rest,
  });
}

/** The error of an answer that does not have the promised form. Unknown means failure. */
export function invalidResponse(
  message: string,
  fields: Partial<VendorErrorFields> = {},
): VendorError {
  return new VendorError(message, { code: 'INVALID_RESPONSE', outcome: 'answered', ...fields });
}
