import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readStatus } from '../src/status.ts';

describe('the status of an answer', () => {
  test('is a success for exactly one code', () => {
    expect(readStatus({ statusCode: 'success', statusDetail: null, requestId: null })).toEqual({
      kind: 'success',
    });
  });

  test.each([
    [9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ['9007199254740993', 9_007_199_254_740_993n],
    [17, 17n],
    [null, undefined],
    [undefined, undefined],
    ['', undefined],
    ['x', undefined],
    [1.5, undefined],
    [2 ** 53, undefined],
    [{ nil: true }, undefined],
  ])('is in progress with the requestId %p read as %p', (given, requestId) => {
    expect(readStatus({ statusCode: 'in_progress', requestId: given })).toEqual({
      kind: 'in-progress',
      requestId,
    });
  });

  test('is a refusal with its code and detail', () => {
    const answer = { statusCode: 'error.order.availability', statusDetail: 'Sold out.' };
    expect(readStatus(answer)).toEqual({
      kind: 'refused',
      statusCode: 'error.order.availability',
      statusDetail: 'Sold out.',
      requestId: undefined,
    });
  });

  test.each(['Success', 'SUCCESS', ' success', 'success ', 'in progress', 'IN_PROGRESS', 'ok'])(
    'is a refusal for the code %j',
    (statusCode) => {
      expect(readStatus({ statusCode })).toMatchObject({ kind: 'refused', statusCode });
    },
  );

  test.each([
    null,
    undefined,
    '',
    'success',
    1,
    [],
    {},
    { statusCode: '' },
    { statusCode: null },
    { statusCode: 1 },
    { StatusCode: 'success' },
  ])('cannot be read from %p', (answer) => {
    expect(readStatus(answer)).toEqual({ kind: 'unreadable' });
  });

  test('cannot be read from a code that is inherited', () => {
    expect(readStatus(Object.create({ statusCode: 'success' }))).toEqual({ kind: 'unreadable' });
  });

  test('is never a success unless the code says so', () => {
    fc.assert(
      fc.property(fc.anything(), (answer) => {
        const code = (answer as { statusCode?: unknown } | null | undefined)?.statusCode;
        fc.pre(code !== 'success');
        expect(readStatus(answer).kind).not.toBe('success');
      }),
    );
  });
});
