import { describe, expect, test } from '@jest/globals';
import { callSafely } from '../../src/telemetry/call-safely.ts';

describe('callSafely', () => {
  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('no');
      },
    ],
  ])('hears that a task %s', async (_name, task: () => unknown) => {
    const failed = new Promise<string>((resolve) => callSafely(task, () => resolve('failed')));
    await expect(failed).resolves.toBe('failed');
  });

  test('hears nothing of a task that goes well', async () => {
    let failures = 0;
    for (const result of [undefined, null, 1, {}, Promise.resolve()]) {
      callSafely(
        () => result,
        () => {
          failures += 1;
        },
      );
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toBe(0);
  });
});
