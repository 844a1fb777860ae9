import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, test } from '@jest/globals';
import { combineHooks, createTelemetry, eventNames } from '../../src/telemetry/channels.ts';
import type { EventMap, Hooks, WarningEvent } from '../../src/telemetry/events.ts';

const retry: EventMap['retry'] = {
  vendor: 'acme',
  operation: 'service.method',
  callId: 7,
  attempt: 1,
  delayMs: 20,
  code: 'CONNECTION',
};

const listener = () => {};
const rejecting = (): void => Promise.reject(new Error('hunter2')) as unknown as undefined;

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('channels', () => {
  test('an event is published under its name', () => {
    const seen: unknown[] = [];
    const note = (message: unknown, name: string | symbol) => seen.push([name, message]);
    subscribe('vendorkit:retry', note);
    try {
      createTelemetry({ vendor: 'acme' }).emit('retry', retry);
    } finally {
      unsubscribe('vendorkit:retry', note);
    }
    expect(seen).toEqual([['vendorkit:retry', retry]]);
  });

  test('there is one channel for each event', () => {
    expect([...eventNames].toSorted()).toEqual([
      'attemptEnd',
      'attemptStart',
      'callEnd',
      'callStart',
      'quota',
      'retry',
      'warning',
    ]);
  });
});

describe('hooks', () => {
  test('a hook is called on its object with the event', () => {
    class Counter {
      seen: unknown[] = [];
      retry(event: unknown) {
        this.seen.push(event);
      }
    }
    const counter = new Counter();
    const telemetry = createTelemetry({ vendor: 'acme', hooks: counter });
    telemetry.emit('retry', retry);
    telemetry.emit('callStart', retry);
    expect(counter.seen).toEqual([retry]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('hunter2');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hunter2');
      },
    ],
  ])('a hook that %s is reported once, by name only', async (_name, broken: () => void) => {
    const warnings: WarningEvent[] = [];
    const lines: unknown[] = [];
    const telemetry = createTelemetry({
      vendor: 'acme',
      hooks: { retry: broken, warning: (event) => warnings.push(event) },
      logger: { warn: (...line) => lines.push(line) },
    });
    telemetry.emit('retry', retry);
    telemetry.emit('retry', retry);
    await turn();
    const message = 'The hook `retry` failed. The call went on; further failures are not reported.';
    expect(warnings).toEqual([{ vendor: 'acme', warning: 'hook-failed', message }]);
    expect(lines).toEqual([[`acme: ${message}`, { vendor: 'acme', warning: 'hook-failed' }]]);
  });

  test('a hook for warnings that fails does not call itself for ever', () => {
    let calls = 0;
    const hooks: Hooks = {
      warning: () => {
        calls += 1;
        throw new Error('no');
      },
    };
    const telemetry = createTelemetry({ vendor: 'acme', hooks });
    telemetry.emit('warning', { vendor: 'acme', warning: 'test', message: 'A test.' });
    expect(calls).toBe(2);
  });
});

describe('listens', () => {
  test('tells whether a hook, a log line or a subscriber waits for an event', () => {
    const hooks = { retry: () => {}, quota: undefined } as unknown as Hooks;
    const telemetry = createTelemetry({ vendor: 'acme', hooks, logger: {} });
    expect(telemetry.listens('retry')).toBe(true);
    expect(telemetry.listens('callEnd')).toBe(true);
  });

  test('changes with the subscribers', () => {
    const telemetry = createTelemetry({ vendor: 'acme' });
    const before = telemetry.listens('quota');
    subscribe('vendorkit:quota', listener);
    expect(telemetry.listens('quota')).toBe(true);
    unsubscribe('vendorkit:quota', listener);
    expect(telemetry.listens('quota')).toBe(before);
  });
});

describe('combineHooks', () => {
  test('calls each, in order, and has no hook that none of them has', () => {
    const seen: string[] = [];
    const hooks = combineHooks(
      { retry: () => seen.push('one') },
      { quota: () => seen.push('quota') },
      { retry: () => seen.push('two') },
    );
    createTelemetry({ vendor: 'acme', hooks }).emit('retry', retry);
    expect(seen).toEqual(['one', 'two']);
    expect(Object.keys(hooks).toSorted()).toEqual(['quota', 'retry']);
  });

  test('calls the others after one has failed, and the failure is reported', async () => {
    const seen: string[] = [];
    const hooks = combineHooks(
      {
        retry: () => {
          throw new Error('no');
        },
      },
      { retry: rejecting },
      { retry: () => seen.push('three'), warning: ({ warning }) => seen.push(warning) },
    );
    createTelemetry({ vendor: 'acme', hooks }).emit('retry', retry);
    await turn();
    expect(seen).toEqual(['three', 'hook-failed']);
  });
});
