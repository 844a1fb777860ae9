import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../src/testing/virtual-clock.ts';
import type { EmulatorRequest } from '../src/testing/messages.ts';
import { Acme, closeAll, done, failure, refused, serve, until, working } from './acme.ts';

afterEach(closeAll);

const interval = 30_000;

/** A vendor that is done with its work after so many polls. */
async function start({ polls = 1 } = {}) {
  const clock = new VirtualClock();
  let asked = 0;
  const handle = ({ path }: EmulatorRequest) => {
    if (path === '/things') return working('7');
    asked += 1;
    return asked < polls ? working('7') : done();
  };
  const server = await serve(handle, { clock });
  const acme = new Acme(server, { clock });
  const operation = acme.operation(await acme.submit({ method: 'POST' }));
  const paths = () => server.requests.map(({ path }) => path);
  return { clock, server, acme, operation, paths };
}

describe('an operation', () => {
  test('asks after each interval until it is done, and then no more', async () => {
    const { clock, operation, paths } = await start({ polls: 3 });
    expect([operation.status, operation.requestId]).toEqual(['in-progress', '7']);
    expect(await clock.run(operation.result())).toMatchObject({ state: 'done' });
    expect(clock.monotonicNow()).toBe(3 * interval);
    expect(operation.status).toBe('done');
    expect(await operation.result()).toBe(await operation.result());
    expect(paths()).toEqual(['/things', '/things/7', '/things/7', '/things/7']);
  });

  test('that was kept asks at once, and is not submitted again', async () => {
    const { clock, acme, operation, paths } = await start({ polls: 2 });
    const kept = JSON.parse(JSON.stringify(operation)) as { id: string };
    expect(kept).toEqual({ state: 'in-progress', id: '7' });
    const again = acme.operation({ state: 'in-progress', requestId: kept.id }, { askNow: true });
    expect(await clock.run(again.result())).toMatchObject({ state: 'done' });
    expect(clock.monotonicNow()).toBe(interval);
    expect(paths()).toEqual(['/things', '/things/7', '/things/7']);
    expect(again.requestId).toBe('7');
  });

  test('is asked after once by all who wait', async () => {
    const { clock, operation, paths } = await start({ polls: 2 });
    const results = await clock.run(Promise.all([1, 2, 3].map(async () => operation.result())));
    expect(new Set(results).size).toBe(1);
    expect(paths()).toHaveLength(3);
  });

  test('goes on for the others when one of them leaves', async () => {
    const { clock, server, operation, paths } = await start();
    server.faults.next('n');
    const controller = new AbortController();
    const { signal } = controller;
    const one = failure(operation.result({ signal }));
    const other = operation.result();
    await clock.advance(interval);
    await until(() => paths().length === 2);
    controller.abort('gone');
    expect(await one).toMatchObject({ code: 'ABORTED', cause: 'gone', requestId: '7' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(await clock.run(other)).toMatchObject({ state: 'done' });
    expect([paths().length, clock.pendingTimers]).toEqual([3, 0]);
  });

  test('can be waited for again after an abort, and after a deadline', async () => {
    const { clock, operation } = await start();
    const controller = new AbortController();
    const aborted = failure(operation.result({ signal: controller.signal }));
    controller.abort();
    const context = { vendor: 'acme', operation: 'things.make', outcome: 'answered' };
    expect(await aborted).toMatchObject({ ...context, code: 'ABORTED' });
    const late = await clock.run(failure(operation.result({ deadline: 10_000 })));
    expect(late).toMatchObject({ ...context, code: 'DEADLINE_EXCEEDED', requestId: '7' });
    expect([clock.monotonicNow(), clock.pendingTimers]).toEqual([10_000, 0]);
    expect(operation.status).toBe('in-progress');
    expect(await clock.run(operation.result())).toMatchObject({ state: 'done' });
  });

  test('that the vendor refused stays refused, without being asked after again', async () => {
    const { clock, server, operation, paths } = await start();
    server.faults.answer(refused);
    const error = await clock.run(failure(operation.result()));
    expect(error).toMatchObject({ code: 'OPERATION_FAILED', vendorCode: 'NO', requestId: '7' });
    expect(operation.status).toBe('failed');
    expect(await failure(operation.result())).toBe(error);
    expect(paths()).toHaveLength(2);
  });

  test('survives a question that failed', async () => {
    const { clock, server, operation } = await start();
    server.faults.answer({ status: 404 });
    const error = await clock.run(failure(operation.result()));
    expect(error).toMatchObject({ code: 'NOT_FOUND', requestId: '7' });
    expect(operation.status).toBe('in-progress');
    expect(await clock.run(operation.result())).toMatchObject({ state: 'done' });
  });

  test('was submitted, though no question could be sent', async () => {
    const { clock, server, operation } = await start();
    await server.close();
    // The kept connection is found to be closed, so that nothing was sent on it.
    const error = await clock.run(failure(operation.result()));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'answered', requestId: '7' });
  });

  test('keeps its identifier when a later answer has none', async () => {
    const { clock, server, operation } = await start();
    server.faults.answer({ status: 200, body: '{"state":"working"}' });
    await clock.run(operation.result());
    expect(server.requests.map(({ path }) => path)).toEqual(['/things', '/things/7', '/things/7']);
  });

  test('that is done gives its result even to a signal that was aborted', async () => {
    const { clock, operation } = await start();
    const result = await clock.run(operation.result());
    expect(await operation.result({ signal: AbortSignal.abort() })).toBe(result);
  });

  test.each([
    [{ deadline: 0 }, 'options.deadline'],
    [{ deadline: -1 }, 'options.deadline'],
    [{ deadline: Number.NaN }, 'options.deadline'],
    [{ deadline: '1s' }, 'options.deadline'],
    [{ deadline: 2 ** 31 }, 'options.deadline'],
    [{ signal: {} }, 'options.signal'],
    [{ timeout: 5 }, 'options.timeout'],
    [null, 'options'],
    [5, 'options'],
    [[], 'options'],
  ])('refuses to be waited for with %j, and names %s', async (options, field) => {
    const { operation, paths } = await start();
    const error = await failure(operation.result(options as object));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(paths()).toHaveLength(1);
  });

  test('takes undefined for absent', async () => {
    const { clock, operation } = await start();
    const wait = { deadline: undefined, signal: undefined };
    expect(await clock.run(operation.result(wait))).toMatchObject({ state: 'done' });
  });
});
