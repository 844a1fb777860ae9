import { inspect } from 'node:util';
import { describe, expect, jest, test } from '@jest/globals';
import { addContext, asVendorError, VendorError } from '../../src/errors/vendor-error.ts';
import type * as errorModule from '../../src/errors/vendor-error.ts';
import { clientClosed, closedError } from '../../src/errors/closed.ts';
import { Money } from '../../src/money.ts';

class SealError extends VendorError {
  static override readonly brands: readonly string[] = ['SealError', 'VendorError'];
  declare readonly seal?: string;

  constructor(
    message: string,
    { seal, ...fields }: errorModule.VendorErrorFields & { seal?: string },
  ) {
    super(message, fields);
    if (seal !== undefined) Object.assign(this, { seal });
  }
}

/** A second copy of the module, as another version of the package would bring it. */
function otherCopy(): typeof errorModule {
  let copy: typeof errorModule | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof errorModule>('../../src/errors/vendor-error.ts');
  });
  if (copy === undefined) throw new Error('There is no copy.');
  return copy;
}

const full = {
  code: 'OPERATION_FAILED',
  vendor: 'acme',
  operation: 'things.get',
  status: 200,
  vendorCode: 'NO',
  requestId: 9_007_199_254_740_993n,
  attempts: 2,
  retryable: true,
  retryAt: new Date('2026-01-02T03:04:05.678Z'),
  outcome: 'answered',
  field: 'parameters.thing',
  details: { id: 9_223_372_036_854_775_807n, when: new Date(0), list: [1n, { deep: null }] },
  hint: 'Ask again.',
} as const;

describe('recognition', () => {
  test('works across copies of the package, both ways', () => {
    const copy = otherCopy();
    expect(copy.VendorError).not.toBe(VendorError);
    const [ours, theirs] = [VendorError, copy.VendorError].map(
      (Maker) => new Maker('Canary.', { code: 'CLOSED' }),
    );
    for (const error of [ours, theirs]) {
      for (const { VendorError: Kind } of [{ VendorError }, copy]) {
        expect(Kind.is(error)).toBe(true);
        expect(error instanceof Kind).toBe(true);
      }
    }
    expect(asVendorError(theirs, 'TIMEOUT')).toBe(theirs);
  });

  test('tells a subclass from its base and from another subclass', () => {
    class OtherError extends VendorError {
      static override readonly brands: readonly string[] = ['OtherError', 'VendorError'];
    }
    const base = new VendorError('Base.', { code: 'CLOSED' });
    const seal = new SealError('Seal.', { code: 'SEAL_REJECTED', seal: 'broken' });
    expect([seal instanceof SealError, seal instanceof VendorError]).toEqual([true, true]);
    expect([base instanceof SealError, seal instanceof OtherError]).toEqual([false, false]);
    expect(seal instanceof otherCopy().VendorError).toBe(true);
    expect(VendorError.is(seal)).toBe(true);
    expect(seal.name).toBe('SealError');
    expect(seal.toJSON()).toMatchObject({ name: 'SealError', seal: 'broken' });
  });

  test.each([undefined, null, 5, 'CLOSED', {}, [], new Error('Canary.'), { code: 'CLOSED' }])(
    'is not given to %p',
    (value) => {
      expect(VendorError.is(value)).toBe(false);
      expect((value as object) instanceof VendorError).toBe(false);
    },
  );
});

describe('a VendorError', () => {
  test('has the fields that it was given and no others', () => {
    const error = new VendorError('No.', { code: 'TIMEOUT', status: undefined, hint: undefined });
    expect(Object.keys(error).toSorted()).toEqual(['code', 'retryable']);
    expect(error.retryable).toBe(false);
    expect(Object.keys(new VendorError('No.', full)).toSorted()).toEqual(
      Object.keys(full).toSorted(),
    );
  });

  test('is written as JSON without loss', () => {
    const json = new VendorError('No.', full).toJSON();
    expect(json).toEqual({
      ...full,
      name: 'VendorError',
      message: 'No.',
      requestId: '9007199254740993',
      retryAt: '2026-01-02T03:04:05.678Z',
      details: {
        id: '9223372036854775807',
        when: '1970-01-01T00:00:00.000Z',
        list: ['1', { deep: null }],
      },
    });
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(Object.values(json)).not.toContain(undefined);
  });

  test('asks what knows its own form, and keeps what is called __proto__', () => {
    const details = JSON.parse('{"__proto__":{"polluted":1}}') as object;
    const error = new VendorError('No.', {
      code: 'TIMEOUT',
      details: { price: Money.parse('10.50'), details },
    });
    expect(JSON.stringify(error)).toContain(
      '{"price":"10.500","details":{"__proto__":{"polluted":1}}}',
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('does not write its cause as JSON, and keeps it out of its fields', () => {
    const cause = new Error('The canary.');
    const error = new VendorError('No.', { code: 'ABORTED', cause });
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).not.toContain('cause');
    expect(JSON.stringify(error)).not.toContain('canary');
    expect('cause' in new VendorError('No.', { code: 'ABORTED' })).toBe(false);
  });

  test('is printed with its stack, its fields and its cause', () => {
    const cause = new Error('The reason.');
    const text = inspect(new VendorError('No.', { ...full, cause }));
    expect(text).toMatch(/^VendorError: No\.\n +at /);
    for (const part of ['9007199254740993n', "'OPERATION_FAILED'", 'The reason.', 'Ask again.']) {
      expect(text).toContain(part);
    }
  });
});

describe('addContext', () => {
  test('adds what is missing, and keeps what is there', () => {
    const error = new VendorError('No.', { code: 'TIMEOUT', vendor: 'acme' });
    const same = addContext(error, { vendor: 'other', attempts: 3, status: undefined });
    expect(same).toBe(error);
    expect(error).toMatchObject({ vendor: 'acme', attempts: 3 });
    expect('status' in error).toBe(false);
  });

  test('does not replace a cause', () => {
    const error = new VendorError('No.', { code: 'TIMEOUT' });
    addContext(error, { cause: new Error('Late.') });
    expect(error.cause).toBeUndefined();
  });
});

describe('asVendorError', () => {
  test('keeps where a foreign error was made, and what kind it was', () => {
    const made = asVendorError(new TypeError('It quotes the canary'), 'INVALID_RESPONSE');
    const { message, stack } = made.cause as Error;
    expect(made).toMatchObject({ code: 'INVALID_RESPONSE', retryable: false });
    expect(message).toBe('TypeError');
    expect(stack).toMatch(/^TypeError\n +at .*vendor-error\.test\.ts/);
    expect(inspect(made)).not.toContain('canary');
  });

  test('is not fooled by a message that looks like a stack', () => {
    const made = asVendorError(new TypeError('Wrong:\n    at canary (secret:1:1)'), 'TIMEOUT');
    expect((made.cause as Error).stack).not.toContain('canary');
    expect((made.cause as Error).stack).toMatch('vendor-error.test.ts');
  });

  test.each([undefined, null, 'canary', 5, { stack: '    at canary' }, Symbol('canary')])(
    'makes an error of %p, too',
    (thrown) => {
      const made = asVendorError(thrown, 'TIMEOUT');
      expect((made.cause as Error).message).toBe('Unknown failure');
      expect(inspect(made)).not.toContain('canary');
    },
  );
});

test('the error of a closed client is made anew each time', () => {
  expect(closedError()).not.toBe(closedError());
  expect(closedError('not-sent')).toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
  expect('outcome' in clientClosed).toBe(false);
});

test('an error whose details are endlessly deep can be written', () => {
  let details: unknown = 'bottom';
  for (let level = 0; level < 100_000; level += 1) details = [details];
  const json = JSON.stringify(new VendorError('Deep.', { code: 'OPERATION_FAILED', details }));
  expect(json).toContain('[too deep]');
});
