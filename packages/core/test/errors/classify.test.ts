import { describe, expect, test } from '@jest/globals';
import {
  codeOfStatus,
  invalidResponse,
  isRetryable,
  statusError,
} from '../../src/errors/classify.ts';
import type { VendorErrorCode } from '../../src/errors/vendor-error.ts';

/** The statuses that have a code of their own. */
const own: Record<number, VendorErrorCode> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  410: 'NOT_FOUND',
  429: 'RATE_LIMITED',
  509: 'RATE_LIMITED',
};

describe('the code of a status', () => {
  test.each([100, 200, 204, 226, 300, 301, 302, 304, 307, 399, 0, 99, 600, 999])(
    'that is none of an error, %i, is INVALID_RESPONSE',
    (status) => {
      expect(codeOfStatus(status)).toBe('INVALID_RESPONSE');
    },
  );

  test('is that of its class unless it has one of its own', () => {
    for (let status = 400; status < 600; status += 1) {
      const usual = status < 500 ? 'BAD_REQUEST' : 'SERVER_ERROR';
      expect([status, codeOfStatus(status)]).toEqual([status, own[status] ?? usual]);
    }
  });
});

describe('the error of a status', () => {
  test('says what is known without having read the body', () => {
    const error = statusError(503);
    expect(error.message).toBe('The vendor answered with HTTP 503.');
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status: 503, outcome: 'answered' });
  });

  test('takes a message and fields of its vendor', () => {
    const error = statusError(400, { message: 'No thing.', vendorCode: 'E1', retryable: true });
    expect(error).toMatchObject({ message: 'No thing.', vendorCode: 'E1', retryable: true });
  });

  test('is retryable where time may mend it', () => {
    const retryable = [400, 401, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505, 509].filter(
      (status) => statusError(status).retryable,
    );
    expect(retryable).toEqual([429, 500, 502, 503, 504, 509]);
  });
});

test('codes that time may mend', () => {
  const codes: VendorErrorCode[] = [
    'RATE_LIMITED',
    'QUOTA_WAIT_EXCEEDED',
    'SERVER_ERROR',
    'CONNECTION',
    'TIMEOUT',
  ];
  expect(codes.every(isRetryable)).toBe(true);
  const others: VendorErrorCode[] = ['BAD_REQUEST', 'ABORTED', 'CERTIFICATE', 'OPERATION_FAILED'];
  expect(others.some(isRetryable)).toBe(false);
});

test('an answer without the promised form was answered, unless its reader knows better', () => {
  expect(invalidResponse('No state.')).toMatchObject({
    code: 'INVALID_RESPONSE',
    outcome: 'answered',
    retryable: false,
  });
  expect(invalidResponse('Cut.', { outcome: 'unknown' }).outcome).toBe('unknown');
});
