import { describe, expect, test } from '@jest/globals';
import { Redactor } from '@vendorkit/core';
import { canaries, canary } from '../../canary/canary.ts';
import { excerptOf, httpError, SecutixError } from '../src/index.ts';

describe('the error of a status', () => {
  test.each([
    [401, 'UNAUTHENTICATED', false],
    [404, 'NOT_FOUND', false],
    [429, 'RATE_LIMITED', true],
    [500, 'SERVER_ERROR', true],
    [501, 'SERVER_ERROR', false],
    [509, 'RATE_LIMITED', true],
  ])('%i is %s', (status, code, retryable) => {
    const error = httpError(status, undefined, 'Look here.');
    expect(error).toBeInstanceOf(SecutixError);
    expect(error).toMatchObject({
      code,
      status,
      retryable,
      outcome: 'answered',
      hint: 'Look here.',
    });
    expect(error.message).toBe(`SecuTix answered with HTTP ${status}.`);
    expect(error).not.toHaveProperty('details');
  });

  test('tells the texts that came with it', () => {
    const details = { statusCode: 'error.internal', statusDetail: 'NPE', message: 'Oh', line: 7 };
    expect(httpError(500, details)).toMatchObject({
      message: 'SecuTix answered with HTTP 500: NPE',
      vendorCode: 'error.internal',
      statusDetail: 'NPE',
      details,
    });
    expect(httpError(500, { message: 'Oh' }).message).toBe('SecuTix answered with HTTP 500: Oh');
    expect(httpError(500, { message: 7 }).message).toBe('SecuTix answered with HTTP 500.');
  });
});

test('an HTTP error tells the beginning of long texts', () => {
  const long = 'x'.repeat(3_000_000);
  const error = httpError(500, { statusCode: long, statusDetail: long });
  expect(error.message.length).toBeLessThan(2_100);
  expect(error.vendorCode).toHaveLength(2_000);
  expect(error.statusDetail).toHaveLength(10_000);
});

describe('the excerpt of a body', () => {
  const redactor = new Redactor([canaries.password]);

  test('is its beginning, without what is blank around it', () => {
    expect(excerptOf('\n<h1>509</h1>\n', redactor)).toEqual({ text: '<h1>509</h1>' });
    expect(excerptOf('x'.repeat(3_000), redactor)?.text).toHaveLength(2_000);
  });

  test('is cut after secrets are taken out, not in the middle of one', () => {
    const excerpt = excerptOf(`${'x'.repeat(1_990)}${canaries.password}`, redactor);
    expect(canary.watch(excerpt)?.text).toMatch(/^x{1990}\[redacted/);
  });

  test('of a blank body is none', () => {
    expect(excerptOf(' \r\n', redactor)).toBeUndefined();
  });
});
