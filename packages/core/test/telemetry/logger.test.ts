import { describe, expect, test } from '@jest/globals';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { createTelemetry } from '../../src/telemetry/channels.ts';
import type { Logger, LogLevel } from '../../src/telemetry/logger.ts';

const call = { vendor: 'acme', operation: 'service.method', callId: 7 };
const attempt = { ...call, attempt: 2, method: 'POST', host: 'vendor.example:443', queueMs: 5 };

function recorder() {
  const lines: unknown[][] = [];
  const at = (level: LogLevel) => (message: string, fields?: unknown) => {
    lines.push([level, message, fields]);
  };
  const logger: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
  return { lines, telemetry: createTelemetry({ vendor: 'acme', logger }) };
}

describe('log lines', () => {
  test('a call that went well is one line at debug', () => {
    const { lines, telemetry } = recorder();
    telemetry.emit('callStart', call);
    telemetry.emit('callEnd', { ...call, attempts: 1, durationMs: 12.3, queueMs: 0, status: 200 });
    expect(lines).toEqual([
      [
        'debug',
        'acme service.method succeeded after 1 attempt in 12 ms',
        { ...call, attempts: 1, durationMs: 12.3, queueMs: 0, status: 200 },
      ],
    ]);
  });

  test('a call that failed is one line at warn, with what the error tells in plain values', () => {
    const { lines, telemetry } = recorder();
    const error = new VendorError('The vendor said: hunter2', {
      code: 'RATE_LIMITED',
      requestId: 2n ** 60n,
      retryAt: new Date(0),
      details: { contact: 'hunter2' },
      hint: 'hunter2',
      outcome: 'answered',
    });
    telemetry.emit('callEnd', { ...call, attempts: 3, durationMs: 90, queueMs: 5, error });
    expect(lines).toEqual([
      [
        'warn',
        'acme service.method failed with RATE_LIMITED after 3 attempts in 90 ms',
        {
          ...call,
          attempts: 3,
          durationMs: 90,
          queueMs: 5,
          code: 'RATE_LIMITED',
          requestId: '1152921504606846976',
          outcome: 'answered',
          retryable: false,
          retryAt: '1970-01-01T00:00:00.000Z',
        },
      ],
    ]);
  });

  test('attempts are told at debug, retries at info, warnings at warn', () => {
    const { lines, telemetry } = recorder();
    telemetry.emit('attemptStart', attempt);
    telemetry.emit('attemptEnd', {
      ...attempt,
      durationMs: 3.6,
      status: 503,
      code: 'SERVER_ERROR',
    });
    telemetry.emit('retry', { ...call, attempt: 2, delayMs: 250.4, code: 'SERVER_ERROR' });
    telemetry.emit('quota', {
      vendor: 'acme',
      key: 'service',
      value: 'catalog',
      limit: 1,
      remaining: 0,
      waiting: 0,
    });
    telemetry.emit('warning', {
      vendor: 'acme',
      warning: 'quota-rules-differ',
      message: 'They differ.',
    });
    expect(lines.map(([level, message]) => [level, message])).toEqual([
      ['debug', 'acme service.method: attempt 2 ended with 503 SERVER_ERROR in 4 ms'],
      ['info', 'acme service.method: attempt 2 failed with SERVER_ERROR, next in 250 ms'],
      ['warn', 'acme: They differ.'],
    ]);
  });

  test('a member that is not on the list is not logged', () => {
    const { lines, telemetry } = recorder();
    const event = {
      ...call,
      attempt: 1,
      delayMs: 1,
      code: 'TIMEOUT',
      url: 'https://x/?otp=1',
    } as const;
    telemetry.emit('retry', event);
    expect(JSON.stringify(lines)).not.toContain('otp');
  });
});

describe('a logger', () => {
  const failure = {
    ...call,
    attempts: 1,
    durationMs: 1,
    queueMs: 0,
    error: new VendorError('no', { code: 'TIMEOUT' }),
  };

  test('is called on itself', () => {
    class Log {
      lines: string[] = [];
      warn(message: string) {
        this.lines.push(message);
      }
    }
    const logger = new Log();
    createTelemetry({ vendor: 'acme', logger }).emit('callEnd', failure);
    expect(logger.lines).toHaveLength(1);
  });

  test('may lack levels, and other members are ignored', () => {
    const logger = { error: () => {}, warn: 'loud', child: () => {} } as unknown as Logger;
    expect(() =>
      createTelemetry({ vendor: 'acme', logger }).emit('callEnd', failure),
    ).not.toThrow();
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('disk full');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('disk full');
      },
    ],
  ])('that %s changes nothing, and is not reported as a hook', async (_name, warn: () => void) => {
    const warnings: unknown[] = [];
    const telemetry = createTelemetry({
      vendor: 'acme',
      logger: { warn },
      hooks: { warning: (event) => warnings.push(event) },
    });
    expect(() => telemetry.emit('callEnd', failure)).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).toEqual([]);
  });
});
