import { afterEach, describe, expect, test } from '@jest/globals';
import type { EventMap, SecutixRest } from '../src/index.ts';
import { client, closeAll, connect, emulate, failure, virtualClock } from './harness.ts';

afterEach(closeAll);

const get = (secutix: SecutixRest, options?: { signal?: AbortSignal; deadline?: number }) =>
  secutix.call('catalogService', 'getCatalog', {}, options);

describe('close', () => {
  test('ends every call, wherever it waits, and lets none begin', async () => {
    const emulator = await emulate();
    emulator.faults.next('n');
    const quota = [{ key: 'service', limit: 1, windowMs: 60_000 }] as const;
    const secutix = connect(emulator, { quota });
    const sent = get(secutix);
    const queued = get(secutix);
    const errors = Promise.all([failure(sent), failure(queued)]);
    while (emulator.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    await secutix.close();
    expect(await errors).toMatchObject([
      { code: 'CLOSED', outcome: 'unknown', attempts: 1 },
      { code: 'CLOSED', outcome: 'not-sent', attempts: 0 },
    ]);
    expect(await failure(get(secutix))).toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
    expect(emulator.requests).toHaveLength(1);
  });

  test('can be said twice, and by `await using`', async () => {
    const emulator = await emulate();
    const secutix = connect(emulator);
    await get(secutix);
    await Promise.all([secutix.close(), secutix.close()]);
    await secutix[Symbol.asyncDispose]();
    expect(await failure(get(secutix))).toMatchObject({ code: 'CLOSED' });
  });

  test('leaves neither a connection nor a timer behind', async () => {
    const handles = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /^(?:TCP|TLS|Timeout|GetAddrInfo)/.test(name))
        .toSorted();
    const before = handles();
    const emulator = await emulate();
    const secutix = client({ ...emulator.options, retry: { baseDelay: 600_000 } });
    await get(secutix);
    emulator.faults.next('n');
    emulator.faults.answer({ status: 503 });
    const calls = [get(secutix), get(secutix), secutix.call('setupService', 'listSeasons')];
    const settled = Promise.allSettled(calls);
    while (emulator.requests.length < 4) await new Promise((done) => setTimeout(done, 5));
    expect(handles().length).toBeGreaterThan(before.length + 3);
    await secutix.close();
    await emulator.close();
    expect((await settled).map(({ status }) => status)).toContain('rejected');
    await new Promise((done) => setTimeout(done, 50));
    // What earlier tests left to end may have ended meanwhile.
    expect(before).toEqual(expect.arrayContaining(handles()));
    expect(handles().length).toBeLessThanOrEqual(before.length);
  });
});

describe('a call ends', () => {
  test('with its signal, and tells the reason', async () => {
    const emulator = await emulate();
    emulator.faults.next('n', { times: 2 });
    const reason = { name: 'The user left.' };
    const before = AbortSignal.abort(reason);
    const error = await failure(get(connect(emulator), { signal: before }));
    expect(error).toMatchObject({ code: 'ABORTED', outcome: 'not-sent', attempts: 0 });
    expect(error.cause).toBe(reason);
    expect(emulator.requests).toHaveLength(0);

    const abort = new AbortController();
    const call = failure(get(connect(emulator), { signal: abort.signal }));
    while (emulator.requests.length === 0) await new Promise((done) => setTimeout(done, 5));
    abort.abort(reason);
    expect(await call).toMatchObject({ code: 'ABORTED', outcome: 'unknown', attempts: 1 });
  });

  test('with its deadline, after 15 minutes by default, and each attempt after 90 s', async () => {
    const clock = virtualClock();
    const emulator = await emulate({ clock });
    emulator.faults.next('n', { times: 100 });
    const secutix = connect(emulator, { retry: { attempts: 20, baseDelay: 0, maxDelay: 0 } });
    const before = clock.now();
    const error = await failure(clock.run(get(secutix)));
    expect(error.code).toMatch(/^(?:TIMEOUT|DEADLINE_EXCEEDED)$/);
    expect(clock.now() - before).toBeLessThanOrEqual(900_000);
    const [first = 0, second = 0] = emulator.requests.map(({ receivedAt }) => receivedAt);
    expect(second - first).toBeGreaterThanOrEqual(90_000);
    expect(second - first).toBeLessThan(92_000);
    expect(clock.pendingTimers).toBe(0);
  });
});

test('hooks and the log tell what happened', async () => {
  const emulator = await emulate();
  const ends: EventMap['callEnd'][] = [];
  const lines: string[] = [];
  const secutix = client({
    ...emulator.options,
    quota: [],
    hooks: { callEnd: (event) => ends.push(event) },
    logger: { warn: (message) => lines.push(message) },
  });
  await secutix.call('setupService', 'listSeasons');
  emulator.faults.answer({ status: 404 });
  await failure(get(secutix));
  expect(ends).toMatchObject([
    { vendor: 'secutix', operation: 'setupService.listSeasons', attempts: 1, status: 200 },
    { operation: 'catalogService.getCatalog', status: 404, error: { code: 'NOT_FOUND' } },
  ]);
  expect(lines).toEqual([expect.any(String)]);
});
