import { describe, expect, test } from '@jest/globals';
import { loggableHeaders, loggableQuery } from '../../src/telemetry/allow-list.ts';

describe('loggableHeaders', () => {
  test('shows only values whose names are on the list', () => {
    const headers = {
      'Content-Type': 'text/xml',
      authorization: 'Bearer x',
      'x-company': 'c',
      'Retry-After': '3',
    };
    expect(loggableHeaders(headers)).toEqual({
      'content-type': 'text/xml',
      authorization: '[redacted]',
      'x-company': '[redacted]',
      'retry-after': '3',
    });
  });
});

describe('loggableQuery', () => {
  const query = new URLSearchParams({ action: 'check', otp: '123456' });

  test('shows no value by default', () => {
    expect(loggableQuery(query)).toBe('action=[redacted]&otp=[redacted]');
  });

  test('shows the values that are allowed', () => {
    expect(loggableQuery(query, new Set(['action']))).toBe('action=check&otp=[redacted]');
  });
});
