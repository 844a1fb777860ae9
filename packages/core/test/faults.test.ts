import { afterEach, describe, expect, test } from '@jest/globals';
import type { FaultMode } from '../src/testing/faults.ts';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import { Acme, closeAll, done, failure, measure, serve } from './acme.ts';

afterEach(closeAll);

/** A body of a few bytes, so that one byte every 300 ms is not through within a timeout of 1 s. */
const start = async () => {
  const clock = new VirtualClock();
  const server = await serve(() => done(), { clock });
  const acme = new Acme(server, { clock, timeout: 1_000, retry: { attempts: 2 } });
  return { clock, server, acme };
};

/** What every read and every write of a vendor in trouble comes to: the one decision on retries. */
const matrix: [FaultMode, string][] = [
  ['p', 'TIMEOUT'],
  ['pc', 'CONNECTION'],
  ['pa', 'CONNECTION'],
  ['n', 'TIMEOUT'],
  ['nc', 'CONNECTION'],
  ['na', 'CONNECTION'],
  ['lost', 'CONNECTION'],
  ['chunk_cut', 'CONNECTION'],
  ['drip', 'TIMEOUT'],
  ['gzip_cut', 'INVALID_RESPONSE'],
  ['garbage', 'INVALID_RESPONSE'],
  ['header_overflow', 'INVALID_RESPONSE'],
  ['duplicate_content_length', 'INVALID_RESPONSE'],
];

describe('a server that commits each time', () => {
  test.each(matrix)('%s makes a read fail with %s after two attempts', async (mode, code) => {
    const { clock, server, acme } = await start();
    server.faults.next(mode, { times: 9 });
    const error = await clock.run(failure(acme.call()));
    expect(error).toMatchObject({ code, outcome: 'unknown', attempts: 2, retryable: true });
    expect(server.requests).toHaveLength(2);
  });

  test.each(matrix)('%s makes a write fail with %s after the first attempt', async (mode, code) => {
    const { clock, server, acme } = await start();
    server.faults.next(mode, { times: 9 });
    const error = await clock.run(failure(acme.call({ method: 'POST' })));
    expect(error).toMatchObject({ code, outcome: 'unknown', attempts: 1, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test.each(matrix)('%s does not make a call outlast its deadline', async (mode) => {
    const { clock, server, acme } = await start();
    server.faults.next(mode, { times: 9 });
    const { result: error, elapsedMs } = await measure(
      async () => clock.run(failure(acme.call({}, { timeout: 60_000, deadline: 700 }))),
      clock,
    );
    const isSilent = ['p', 'n', 'drip'].includes(mode);
    if (isSilent) expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome: 'unknown' });
    expect(elapsedMs).toBeLessThanOrEqual(700);
    expect(clock.pendingTimers).toBeLessThanOrEqual(mode === 'drip' ? 1 : 0);
  });
});

describe('a server that commits once', () => {
  test.each(matrix)('%s does not keep a read from succeeding', async (mode) => {
    const { clock, server, acme } = await start();
    server.faults.next(mode);
    const { response } = await clock.run(acme.call().withResponse());
    expect([response.attempts, server.requests.length]).toEqual([2, 2]);
  });

  test.each(matrix)('%s does not keep an idempotent write from succeeding', async (mode) => {
    const { clock, server, acme } = await start();
    server.faults.next(mode);
    const call = acme.call({ method: 'POST' }, { idempotent: true });
    const { response } = await clock.run(call.withResponse());
    expect([response.attempts, server.requests.length]).toEqual([2, 2]);
  });
});

describe.each(['GET', 'POST'])('a %s', (method) => {
  test('that is answered in full succeeds at the first attempt', async () => {
    const { clock, server, acme } = await start();
    expect(await clock.run(acme.call({ method }))).toMatchObject({ state: 'done' });
    expect(server.requests).toHaveLength(1);
  });

  test('that is answered with a pause in the middle succeeds at the first attempt', async () => {
    const { clock, server, acme } = await start();
    server.faults.next('pn', { delayMs: 800 });
    expect(await clock.run(acme.call({ method }))).toMatchObject({ state: 'done' });
    expect(server.requests).toHaveLength(1);
  });

  test('that gets no socket in time was not sent, and is repeated', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => done(), { clock });
    const acme = new Acme(server, { clock, maxSockets: 1, retry: { attempts: 2 } });
    server.faults.next('n', { times: 9 });
    const first = failure(acme.call({ path: '/first' }, { timeout: 9_000, deadline: 9_000 }));
    const error = await clock.run(failure(acme.call({ method }, { timeout: 1_000 })));
    expect(error).toMatchObject({ code: 'TIMEOUT', outcome: 'not-sent', attempts: 2 });
    expect(error.retryable).toBe(true);
    expect(server.requests.map(({ path }) => path)).toEqual(['/first']);
    expect(await clock.run(first)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  test('that gets no socket before its deadline was not sent', async () => {
    const clock = new VirtualClock();
    const server = await serve(() => done(), { clock });
    const acme = new Acme(server, { clock, maxSockets: 1 });
    server.faults.next('n', { times: 9 });
    const first = failure(acme.call({ path: '/first' }, { deadline: 9_000 }));
    const error = await clock.run(failure(acme.call({ method }, { deadline: 1_000 })));
    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome: 'not-sent', attempts: 1 });
    expect(server.requests.map(({ path }) => path)).toEqual(['/first']);
    await clock.run(first);
  });

  test('is repeated while the connection is refused, for nothing was sent', async () => {
    const { clock, server, acme } = await start();
    await server.close();
    const error = await clock.run(failure(acme.call({ method })));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent', attempts: 2 });
    expect(error.retryable).toBe(true);
  });

  test.each([
    [400, 'BAD_REQUEST'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [410, 'NOT_FOUND'],
    [422, 'BAD_REQUEST'],
    [501, 'SERVER_ERROR'],
    [505, 'SERVER_ERROR'],
    [304, 'INVALID_RESPONSE'],
  ])('that is answered with %i fails with %s after one attempt', async (status, code) => {
    const { clock, server, acme } = await start();
    server.faults.answer({ status }, { times: 9 });
    const error = await clock.run(failure(acme.call({ method })));
    expect(error).toMatchObject({ code, status, outcome: 'answered', retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])('that is answered with %i', async (status) => {
    const { clock, server, acme } = await start();
    server.faults.answer({ status }, { times: 9 });
    const error = await clock.run(failure(acme.call({ method })));
    const isRead = method === 'GET';
    expect(error).toMatchObject({ code: 'SERVER_ERROR', status, outcome: 'answered' });
    expect([error.retryable, server.requests.length]).toEqual(isRead ? [true, 2] : [false, 1]);
  });

  test.each([429, 509])('that is refused with %i is repeated', async (status) => {
    const { clock, server, acme } = await start();
    server.faults.answer({ status }, { times: 9 });
    const error = await clock.run(failure(acme.call({ method })));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', status, attempts: 2, retryable: true });
    expect(server.requests).toHaveLength(2);
  });
});

test('a request that may not be sent again after a byte has left is not, even if it was refused', async () => {
  const { clock, server, acme } = await start();
  server.faults.answer({ status: 429 });
  const error = await clock.run(failure(acme.call({ repeatable: 'when-not-sent' })));
  expect(error).toMatchObject({ code: 'RATE_LIMITED', attempts: 1, retryable: false });
});
