import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VendorError } from '../../src/errors/vendor-error.ts';
import type { VendorErrorFields } from '../../src/errors/vendor-error.ts';
import { decideRetry } from '../../src/retry/policy.ts';
import type { Repeatable, RetryQuestion } from '../../src/retry/policy.ts';

const options = { attempts: 3, baseDelayMs: 500, maxDelayMs: 20_000 };

function decide(fields: VendorErrorFields, question: Partial<RetryQuestion> = {}) {
  return decideRetry({
    error: new VendorError('It failed.', fields),
    attempt: 1,
    options,
    repeatable: 'always',
    remainingMs: 60_000,
    budget: 'available',
    random: () => 0.5,
    ...question,
  });
}

const unavailable: VendorErrorFields = { code: 'SERVER_ERROR', status: 503, outcome: 'answered' };
const throttled: VendorErrorFields = { code: 'RATE_LIMITED', status: 429, outcome: 'answered' };

describe('a failure is repeated, by what is safe', () => {
  const everything: Repeatable[] = ['always', 'when-refused', 'when-not-sent'];
  const refusable: Repeatable[] = ['always', 'when-refused'];

  test.each<[string, VendorErrorFields, Repeatable[]]>([
    ['a refused connection', { code: 'CONNECTION', outcome: 'not-sent' }, everything],
    ['no free socket in time', { code: 'TIMEOUT', outcome: 'not-sent' }, everything],
    ['429', throttled, refusable],
    ['509', { ...throttled, status: 509 }, refusable],
    ['a connection cut under way', { code: 'CONNECTION', outcome: 'unknown' }, ['always']],
    ['no answer in time', { code: 'TIMEOUT', outcome: 'unknown' }, ['always']],
    [
      'an answer cut on its way',
      { code: 'INVALID_RESPONSE', status: 200, outcome: 'unknown' },
      ['always'],
    ],
    ['500', { ...unavailable, status: 500 }, ['always']],
    ['502', { ...unavailable, status: 502 }, ['always']],
    ['503', unavailable, ['always']],
    ['504', { ...unavailable, status: 504 }, ['always']],
    ['599', { ...unavailable, status: 599 }, ['always']],
    [
      'a SOAP fault of the server',
      { code: 'SOAP_FAULT', status: 500, outcome: 'answered', retryable: true },
      ['always'],
    ],
  ])('%s', (_name, error, repeated) => {
    for (const repeatable of everything) {
      expect(decide(error, { repeatable })).toEqual(
        repeated.includes(repeatable)
          ? { retry: true, delayMs: error.code === 'RATE_LIMITED' ? 0 : 250 }
          : { retry: false, reason: 'not-safe' },
      );
    }
  });

  test.each<[string, VendorErrorFields]>([
    ['501', { ...unavailable, status: 501 }],
    ['505', { ...unavailable, status: 505 }],
    ['a complete answer that makes no sense', { code: 'INVALID_RESPONSE', outcome: 'answered' }],
    ['an untrusted certificate', { code: 'CERTIFICATE', outcome: 'not-sent' }],
    ['an abort before sending', { code: 'ABORTED', outcome: 'not-sent' }],
    ['an abort', { code: 'ABORTED', outcome: 'unknown' }],
    ['a passed deadline', { code: 'DEADLINE_EXCEEDED', outcome: 'unknown' }],
    ['a passed deadline before sending', { code: 'DEADLINE_EXCEEDED', outcome: 'not-sent' }],
    ['a quota that is full for too long', { code: 'QUOTA_WAIT_EXCEEDED', outcome: 'not-sent' }],
    ['a refused input', { code: 'INVALID_REQUEST', outcome: 'not-sent' }],
    ['wrong options', { code: 'CONFIGURATION', outcome: 'not-sent' }],
    ['a closed client', { code: 'CLOSED', outcome: 'not-sent' }],
    ['400', { code: 'BAD_REQUEST', status: 400, outcome: 'answered' }],
    ['401', { code: 'UNAUTHENTICATED', status: 401, outcome: 'answered' }],
    ['403', { code: 'FORBIDDEN', status: 403, outcome: 'answered' }],
    ['404', { code: 'NOT_FOUND', status: 404, outcome: 'answered' }],
    ['409', { code: 'CONFLICT', status: 409, outcome: 'answered' }],
    ['a plain no', { code: 'OPERATION_FAILED', status: 200, outcome: 'answered' }],
    ['a SOAP fault', { code: 'SOAP_FAULT', status: 500, outcome: 'answered' }],
  ])('%s never', (_name, error) => {
    for (const repeatable of everything) {
      expect(decide(error, { repeatable })).toEqual({ retry: false, reason: 'not-retryable' });
    }
  });

  test('a connection failure of which nothing more is known only where it is always safe', () => {
    expect(decide({ code: 'CONNECTION' }).retry).toBe(true);
    expect(decide({ code: 'CONNECTION' }, { repeatable: 'when-refused' }).retry).toBe(false);
  });
});

describe('an attempt is the last', () => {
  test('when as many were made as the options allow', () => {
    expect(decide(unavailable, { attempt: 2 }).retry).toBe(true);
    expect(decide(unavailable, { attempt: 3 })).toEqual({ retry: false, reason: 'attempts' });
    expect(decide(throttled, { attempt: 3 })).toEqual({ retry: false, reason: 'attempts' });
  });

  test('when retries are turned off', () => {
    const once = { ...options, attempts: 1 };
    expect(decide(unavailable, { options: once })).toEqual({ retry: false, reason: 'attempts' });
  });

  test('when the budget is spent, unless the quota paces it', () => {
    expect(decide(unavailable, { budget: 'spent' })).toEqual({ retry: false, reason: 'budget' });
    expect(decide(throttled, { budget: 'spent' }).retry).toBe(true);
  });

  test.each([249, 250])(
    'when the back-off of 250 ms would not end before the %d ms left',
    (remainingMs) => {
      expect(decide(unavailable, { remainingMs })).toEqual({ retry: false, reason: 'deadline' });
    },
  );

  test('but not when the back-off just fits', () => {
    expect(decide(unavailable, { remainingMs: 251 })).toEqual({ retry: true, delayMs: 250 });
  });

  test.each([0, -5])('when %d ms are left, though nothing has to be waited for', (remainingMs) => {
    expect(decide(throttled, { remainingMs })).toEqual({ retry: false, reason: 'deadline' });
  });
});

describe('Retry-After', () => {
  test('is honoured if it is longer than the back-off', () => {
    expect(decide(unavailable, { retryAfterMs: 5000 })).toEqual({ retry: true, delayMs: 5000 });
    expect(decide(unavailable, { retryAfterMs: 100 })).toEqual({ retry: true, delayMs: 250 });
    expect(decide(unavailable, { retryAfterMs: 30_000 })).toEqual({ retry: true, delayMs: 30_000 });
  });

  test.each([unavailable, throttled])(
    'that exceeds the deadline ends the call at once: %p',
    (error) => {
      const question = { retryAfterMs: 5000, remainingMs: 5000 };
      expect(decide(error, question)).toEqual({ retry: false, reason: 'deadline' });
      expect(decide(error, { ...question, remainingMs: 5001 }).retry).toBe(true);
    },
  );

  test('after a refusal is waited for by the quota, if there is one', () => {
    const question = { retryAfterMs: 5000 };
    expect(decide(throttled, question)).toEqual({ retry: true, delayMs: 0 });
    expect(decide(throttled, { ...question, isPaced: true })).toEqual({ retry: true, delayMs: 0 });
    expect(decide(throttled, { ...question, isPaced: false })).toEqual({
      retry: true,
      delayMs: 5000,
    });
    expect(decide(throttled, { isPaced: false })).toEqual({ retry: true, delayMs: 250 });
  });
});

describe('the back-off', () => {
  test.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [6, 16_000],
    [7, 20_000],
    [5000, 20_000],
  ])('after attempt %d is anything up to %d ms', (attempt, boundMs) => {
    const question = { attempt, options: { ...options, attempts: 10_000 } };
    const shares = [0, 0.25, 1 - Number.EPSILON].map(
      (share) => decide(unavailable, { ...question, random: () => share }) as { delayMs: number },
    );
    expect(shares.map(({ delayMs }) => delayMs)).toEqual([
      0,
      boundMs / 4,
      boundMs * (1 - Number.EPSILON),
    ]);
  });

  test('may be nothing', () => {
    const question = { options: { ...options, baseDelayMs: 0 }, attempt: 2 };
    expect(decide(unavailable, question)).toEqual({ retry: true, delayMs: 0 });
  });

  test('never exceeds its bound nor the deadline', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 2000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.nat({ max: 100_000 }),
        fc.option(fc.nat({ max: 100_000 }), { nil: undefined }),
        (attempt, share, remainingMs, retryAfterMs) => {
          const decision = decide(unavailable, {
            attempt: attempt + 1,
            options: { ...options, attempts: 3000 },
            random: () => share,
            remainingMs,
            retryAfterMs,
          });
          if (!decision.retry) {
            expect(decision.reason).toBe('deadline');
            expect(remainingMs).toBeLessThanOrEqual(Math.max(20_000, retryAfterMs ?? 0));
            return;
          }
          expect(decision.delayMs).toBeLessThan(remainingMs);
          expect(decision.delayMs).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
          expect(decision.delayMs).toBeLessThanOrEqual(Math.max(20_000, retryAfterMs ?? 0));
        },
      ),
    );
  });
});
