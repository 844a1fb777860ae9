import { describe, expect, test } from '@jest/globals';
import { VendorError } from '../src/errors/vendor-error.ts';
import { Limiter } from '../src/limiter/limiter.ts';
import { readCallOptions, readClientOptions, readWait } from '../src/options.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import { systemClock } from '../src/time/clock.ts';

const defaults = { timeoutMs: 30_000, deadlineMs: 120_000 };
const canary = 'canary-5ec2e7';

function refusal(read: () => unknown): VendorError {
  try {
    read();
  } catch (error) {
    if (VendorError.is(error)) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

/** No text of the error holds what was refused. */
function expectSilence(error: VendorError): void {
  expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(canary);
}

const notMilliseconds = [0, -1, 1.5, 2 ** 31, Number.NaN, Infinity, '1s', '5', null, true, {}, 5n];
const clock = new VirtualClock();

const clientTable: [field: string, values: unknown[]][] = [
  ['baseUrl', [5, null, {}, new URL('https://acme.example'), true]],
  ['timeout', notMilliseconds],
  ['deadline', notMilliseconds],
  ['retry', [5, null, 'often', true, []]],
  ['quota', [5, null, 'none', {}, { acquire: () => undefined }, () => []]],
  ['logger', [5, null, canary, true]],
  ['proxy', [5, null, {}, new URL(`http://user:${canary}@localhost`)]],
  ['ca', [5, null, '', [], {}]],
  ['hooks', [5, null, canary, true]],
  ['maxSockets', [0, -1, 1.5, 65_536, Number.NaN, '5', null]],
  ['maxResponseBytes', [0, -1, 1.5, 2 ** 29, Number.NaN, '5', null]],
  ['clock', [5, null, {}, { now: () => 0 }, Date]],
];

const nestedTable: [field: string, options: object][] = [
  ['retry.attempts', { retry: { attempts: 0 } }],
  ['retry.attempts', { retry: { attempts: 21 } }],
  ['retry.attempts', { retry: { attempts: '3' } }],
  ['retry.attempts', { retry: { attempts: null } }],
  ['retry.baseDelay', { retry: { baseDelay: -1 } }],
  ['retry.baseDelay', { retry: { baseDelay: 600_001 } }],
  ['retry.baseDelay', { retry: { baseDelay: '1s' } }],
  ['retry.maxDelay', { retry: { maxDelay: Number.NaN } }],
  ['retry.maxDelay', { retry: { maxDelay: 3_600_001 } }],
  ['retry.tries', { retry: { tries: 3 } }],
  ['ca[1]', { ca: ['-----BEGIN CERTIFICATE-----', 5] }],
  ['logger.warn', { logger: { warn: canary } }],
  ['logger.info', { logger: { debug: () => undefined, info: null } }],
  ['hooks.retry', { hooks: { retry: canary } }],
  ['hooks.callEnd', { hooks: { callEnd: null } }],
  ['hooks.onRetry', { hooks: { onRetry: () => undefined } }],
];

const callTable: [field: string, values: unknown[]][] = [
  ['signal', [5, null, {}, new AbortController(), 'abort']],
  ['timeout', notMilliseconds],
  ['deadline', notMilliseconds],
  ['priority', ['high', '', 1, null]],
  ['headers', [5, null, canary, ['accept: x']]],
  ['idempotent', ['yes', 1, null]],
];

const notOptions = [null, 5, canary, true, [], () => ({}), 5n];

describe('a client', () => {
  const cases = clientTable.flatMap(([field, values]) =>
    values.map((value): [string, unknown] => [field, value]),
  );

  test.each(cases)('is refused whose %s is %p', (field, value) => {
    const error = refusal(() => readClientOptions({ [field]: value }, defaults));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field, outcome: 'not-sent' });
    expect(error.message).toMatch(new RegExp(`^\`${field}\` was refused\\. [A-Z].*\\.$`));
    expectSilence(error);
  });

  test.each(nestedTable)('is refused whose %s is wrong: %j', (field, options) => {
    const error = refusal(() => readClientOptions(options, defaults));
    expect(error).toMatchObject({ code: 'CONFIGURATION', outcome: 'not-sent' });
    // Of several kinds that a value may have, zod does not say which one it was meant to be.
    expect([field, field.replace(/\[\d\]$/, '')]).toContain(error.field);
    expectSilence(error);
  });

  test.each(notOptions)('is refused whose options are %p', (options) => {
    const error = refusal(() => readClientOptions(options, defaults));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'options' });
    expectSilence(error);
  });

  test('has defaults for whatever is absent or undefined', () => {
    const names = [...clientTable.map(([name]) => name), 'institution'];
    const absent = Object.fromEntries(names.map((name) => [name, undefined]));
    const expected = {
      own: {},
      settings: {
        baseUrl: undefined,
        ...defaults,
        retry: { attempts: 3, baseDelayMs: 500, maxDelayMs: 20_000 },
        quota: undefined,
        logger: undefined,
        proxy: undefined,
        ca: undefined,
        hooks: undefined,
        maxSockets: 64,
        maxResponseBytes: 104_857_600,
        clock: systemClock,
      },
    };
    expect(readClientOptions({}, defaults)).toEqual(expected);
    expect(readClientOptions(absent, defaults)).toEqual(expected);
    const retry = { attempts: undefined, baseDelay: undefined, maxDelay: undefined };
    expect(readClientOptions({ retry }, defaults)).toEqual(expected);
  });

  test('takes what is given, units in the names', () => {
    const options = {
      baseUrl: 'https://acme.example/api',
      timeout: 1,
      deadline: 2_147_483_647,
      retry: { attempts: 1, baseDelay: 0, maxDelay: 0 },
      quota: [],
      proxy: 'http://localhost:8080',
      ca: ['-----BEGIN CERTIFICATE-----', Buffer.from('PEM')],
      maxSockets: 1,
      maxResponseBytes: 1,
      clock,
    };
    const { settings } = readClientOptions(options, defaults);
    const { timeout: _timeout, deadline: _deadline, ...same } = options;
    expect(settings).toMatchObject({
      ...same,
      timeoutMs: 1,
      deadlineMs: 2_147_483_647,
      retry: { attempts: 1, baseDelayMs: 0, maxDelayMs: 0 },
    });
    expect(settings.clock).toBe(clock);
  });

  test('keeps logger, hooks and limiter as the objects that they are', () => {
    class Metrics {
      retries = 0;
      retry = () => void (this.retries += 1);
    }
    const quota = new Limiter([], { clock });
    const bare: object = Object.assign(Object.create(null) as object, { callEnd: undefined });
    for (const hooks of [new Metrics(), bare, {}]) {
      const options = { logger: console, hooks, quota };
      const { settings } = readClientOptions(options, defaults);
      expect(settings.logger).toBe(console);
      expect(settings.hooks).toBe(hooks);
      expect(settings.quota).toBe(quota);
    }
    const logger = Object.assign(() => undefined, { info: () => undefined, level: 'info' });
    expect(readClientOptions({ logger }, defaults).settings.logger).toBe(logger);
  });

  test('leaves options that it does not know to its vendor', () => {
    const { own } = readClientOptions({ institution: 'MOSA', timeout: 5, other: 0 }, defaults);
    expect(own).toEqual({ institution: 'MOSA', other: 0 });
  });
});

describe('a call', () => {
  const cases = callTable.flatMap(([field, values]) =>
    values.map((value): [string, unknown] => [field, value]),
  );

  test.each(cases)('is refused whose %s is %p', (name, value) => {
    const error = refusal(() => readCallOptions({ [name]: value }));
    const field = `options.${name}`;
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expectSilence(error);
  });

  test.each(notOptions)('is refused whose options are %p', (options) => {
    const error = refusal(() => readCallOptions(options));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'options' });
  });

  const own = [
    'authorization',
    'Proxy-Authorization',
    'Cookie',
    'HOST',
    'connection',
    'content-length',
    'content-type',
    'content-encoding',
    'transfer-encoding',
    'accept-encoding',
    'expect',
    'te',
    'trailer',
    'upgrade',
  ];

  test.each(own)('is refused that sets the header %s', (name) => {
    const error = refusal(() => readCallOptions({ headers: { [name]: canary } }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: `options.headers.${name}` });
    expect(error.message).toMatch('set by the client itself');
    expectSilence(error);
  });

  test.each(['', 'a b', 'a:b', 'a\r\nb', 'ä', 'a\0'])(
    'is refused whose header has the name %j',
    (name) => {
      const error = refusal(() => readCallOptions({ headers: { [name]: canary } }));
      expect(error).toMatchObject({ code: 'INVALID_REQUEST' });
      expect(error.message).toMatch('Not the name of a header');
      expect(error.field).toBe(`options.headers[${JSON.stringify(name)}]`);
      expectSilence(error);
    },
  );

  test.each([`${canary}\r\nx: y`, `${canary}\n`, `${canary}\0`, '€', 5, null, ['a']])(
    'is refused whose header has the value %j',
    (value) => {
      const error = refusal(() => readCallOptions({ headers: { 'x-thing': value } }));
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'options.headers.x-thing' });
      expectSilence(error);
    },
  );

  test('leaves out a header and a retry setting that are undefined', () => {
    const { call } = readCallOptions({ headers: { 'x-a': undefined, 'x-b': 'b' } });
    expect(call.headers).toEqual({ 'x-b': 'b' });
    const { settings } = readClientOptions({ retry: { attempts: 2, other: undefined } }, defaults);
    expect(settings.retry.attempts).toBe(2);
  });

  test('takes what is given, and leaves the rest to its vendor', () => {
    const { signal } = new AbortController();
    const options = {
      signal,
      timeout: 5,
      deadline: 6,
      priority: 'batch',
      headers: { 'X-Thing': 'blue,\t"ä"' },
      idempotent: true,
    };
    expect(readCallOptions({ ...options, version: '2.22' })).toEqual({
      call: options,
      own: { version: '2.22' },
    });
    expect(readCallOptions({ ...options }).call.signal).toBe(signal);
  });

  test('takes undefined for absent', () => {
    expect(readCallOptions(undefined)).toEqual({ call: {}, own: {} });
    const absent = Object.fromEntries(callTable.map(([name]) => [name, undefined]));
    expect(readCallOptions({ ...absent, version: undefined })).toEqual({ call: {}, own: {} });
  });
});

describe('a wait for an operation', () => {
  test('takes undefined for absent', () => {
    expect(readWait(undefined)).toEqual({});
    expect(readWait({ deadline: undefined, signal: undefined })).toEqual({});
    expect(readWait({ deadline: 5 })).toEqual({ deadline: 5 });
  });

  test.each(notMilliseconds)('is refused whose deadline is %p', (deadline) => {
    const error = refusal(() => readWait({ deadline }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'options.deadline' });
  });

  test.each([['timeout'], ['priority'], ['deadlineMs']])('is refused with %s', (name) => {
    const error = refusal(() => readWait({ [name]: 5 }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: `options.${name}` });
  });
});
