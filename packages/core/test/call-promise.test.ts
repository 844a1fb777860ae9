import { describe, expect, test } from '@jest/globals';
import { callPromise, type WithResponse } from '../src/call-promise.ts';
import { delay } from './acme.ts';

const response = {
  status: 200,
  headers: {},
  requestId: 5n,
  attempts: 1,
  durations: { total: 3, queue: 1, network: 2 },
};

const answer = async (): Promise<WithResponse<string>> => ({ data: 'thing', response });

const refusal = async (): Promise<WithResponse<string>> => {
  await delay(1);
  throw new Error('No thing.');
};

describe('the promise of a call', () => {
  test('resolves to the result, and with the response if asked', async () => {
    const promise = callPromise(answer());
    expect(await promise).toBe('thing');
    expect(await promise.withResponse()).toEqual({ data: 'thing', response });
    expect(promise).toBeInstanceOf(Promise);
  });

  test('can be asked for both in any order, more than once', async () => {
    const promise = callPromise(answer());
    const [first, data, second] = await Promise.all([
      promise.withResponse(),
      promise,
      promise.withResponse(),
    ]);
    expect(first).toBe(second);
    expect(first.data).toBe(data);
  });

  // A rejection that nobody handles fails the test, whoever's it is.
  test('leaves no rejection unhandled if only the response is asked for', async () => {
    await expect(callPromise(refusal()).withResponse()).rejects.toThrow('No thing.');
    await delay(20);
  });

  test('leaves no rejection unhandled if only the result is asked for', async () => {
    await expect(callPromise(refusal())).rejects.toThrow('No thing.');
    await delay(20);
  });

  test('rejects both with the same error', async () => {
    const promise = callPromise(refusal());
    const errors = await Promise.all(
      [promise, promise.withResponse()].map(async (one) => one.catch((error: unknown) => error)),
    );
    expect(errors[0]).toBe(errors[1]);
  });
});
