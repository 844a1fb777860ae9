import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { VendorErrorCode } from '../../src/errors/vendor-error.ts';
import { RetryBudget } from '../../src/retry/budget.ts';

/** Makes calls of which every attempt fails, and counts what is sent. */
function requestsOf(
  budget: RetryBudget,
  calls: number,
  code: VendorErrorCode,
  attempts = 3,
): number {
  let requests = 0;
  for (let call = 0; call < calls; call += 1) {
    budget.deposit();
    requests += 1;
    for (let attempt = 1; attempt < attempts && budget.state === 'available'; attempt += 1) {
      budget.withdraw(code);
      requests += 1;
    }
  }
  return requests;
}

function quiet(budget: RetryBudget, calls: number): void {
  for (let call = 0; call < calls; call += 1) budget.deposit();
}

function retriesLeft(budget: RetryBudget): number {
  let retries = 0;
  for (; budget.state === 'available'; retries += 1) budget.withdraw('SERVER_ERROR');
  return retries;
}

describe('the budget', () => {
  test('of a new client is ten retries', () => {
    expect(retriesLeft(new RetryBudget())).toBe(10);
  });

  test('grows by one retry with five calls', () => {
    const budget = new RetryBudget();
    retriesLeft(budget);
    quiet(budget, 4);
    expect(budget.state).toBe('spent');
    quiet(budget, 1);
    expect(retriesLeft(budget)).toBe(1);
    quiet(budget, 25);
    expect(retriesLeft(budget)).toBe(5);
  });

  test('never grows beyond twenty retries', () => {
    const budget = new RetryBudget();
    quiet(budget, 100_000);
    expect(retriesLeft(budget)).toBe(20);
  });

  test('makes at most 250 requests of the first 200 calls to a vendor that is down', () => {
    expect(requestsOf(new RetryBudget(), 200, 'SERVER_ERROR')).toBe(250);
    expect(requestsOf(new RetryBudget(), 200, 'CONNECTION', 10)).toBe(250);
  });

  test('makes at most 1.3 requests a call of 200 calls after a quiet time', () => {
    const budget = new RetryBudget();
    quiet(budget, 100_000);
    expect(requestsOf(budget, 200, 'TIMEOUT')).toBeLessThanOrEqual(260);
  });

  test('lets a fifth of the calls be repeated while the trouble lasts', () => {
    const budget = new RetryBudget();
    retriesLeft(budget);
    expect(requestsOf(budget, 1000, 'SERVER_ERROR')).toBe(1200);
  });

  test('is there again once the trouble is over', () => {
    const budget = new RetryBudget();
    requestsOf(budget, 1000, 'SERVER_ERROR');
    quiet(budget, 100);
    expect(retriesLeft(budget)).toBe(20);
  });

  test('is not touched by refusals for the quota', () => {
    const budget = new RetryBudget();
    expect(requestsOf(budget, 1000, 'RATE_LIMITED')).toBe(3000);
    expect(retriesLeft(budget)).toBe(20);
  });

  test('owes nothing, even if calls at once decided more retries than it had', () => {
    const budget = new RetryBudget();
    for (let retry = 0; retry < 1000; retry += 1) budget.withdraw('SERVER_ERROR');
    quiet(budget, 5);
    expect(budget.state).toBe('available');
  });

  test('holds for any mixture of good and bad calls, in any 200 calls on end', () => {
    const call = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fc.array(call, { minLength: 200, maxLength: 600 }), (attemptsWanted) => {
        const budget = new RetryBudget();
        const sent = attemptsWanted.map((attempts) =>
          requestsOf(budget, 1, 'SERVER_ERROR', attempts),
        );
        let busiest = 0;
        for (let first = 0; first + 200 <= sent.length; first += 1) {
          const requests = sent.slice(first, first + 200).reduce((sum, count) => sum + count, 0);
          busiest = Math.max(busiest, requests);
        }
        expect(busiest).toBeLessThanOrEqual(260);
      }),
      { numRuns: 50 },
    );
  });
});
