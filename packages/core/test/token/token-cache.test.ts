import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';
import { startDeadline, type Deadline } from '../../src/time/deadline.ts';
import { TokenCache, type TokenCacheOptions } from '../../src/token/token-cache.ts';
import type { FetchReason } from '../../src/token/token-source.ts';
import { memoryTokenStore, type TokenStore } from '../../src/token/token-store.ts';

const lifetimeMs = 3_600_000;

class RenamedError extends VendorError {
  protected static override readonly brands = ['RenamedError', 'VendorError'];
}

const broken = (method: keyof TokenStore): TokenStore => ({
  ...memoryTokenStore(),
  [method]: async () => {
    throw new Error('redis://user:hunter2@host');
  },
});

/** A vendor whose token endpoint takes 100 ms, and that counts what is asked of it. */
function vendor(clock: VirtualClock) {
  const state = {
    fetches: 0,
    askedAt: [] as number[],
    running: 0,
    mostRunning: 0,
    aborted: 0,
    failure: undefined as Error | undefined,
  };
  const fetch = async (deadline: Deadline) => {
    state.fetches += 1;
    state.askedAt.push(clock.monotonicNow());
    const { fetches: number } = state;
    state.running += 1;
    state.mostRunning = Math.max(state.mostRunning, state.running);
    try {
      await deadline.sleep(100);
      if (state.failure !== undefined) throw state.failure;
      return { token: `token-${number}`, expiresAtMs: clock.now() + lifetimeMs };
    } catch (error) {
      if (deadline.signal?.aborted === true) state.aborted += 1;
      throw error;
    } finally {
      state.running -= 1;
    }
  };
  return { state, fetch };
}

function setUp(options: Partial<TokenCacheOptions> = {}) {
  const clock = new VirtualClock();
  const { state, fetch } = vendor(clock);
  const cache = new TokenCache({ clock, fetch, key: 'account', ...options });
  const deadline = (deadlineMs = 60_000, signal?: AbortSignal) =>
    startDeadline({ clock, deadlineMs, signal });
  const get = (...args: Parameters<typeof deadline>) => cache.get(deadline(...args));
  /** Waits, and says when and how it ended. */
  const outcome = async (promise: Promise<string>) => {
    const begun = clock.monotonicNow();
    try {
      return { token: await promise, afterMs: clock.monotonicNow() - begun };
    } catch (error) {
      return { error: error as VendorError, afterMs: clock.monotonicNow() - begun };
    }
  };
  return { clock, state, fetch, cache, deadline, get, outcome };
}

describe('one fetch for all', () => {
  test('100 calls at once make one fetch', async () => {
    const { clock, state, get } = setUp();
    const tokens = await clock.run(Promise.all(Array.from({ length: 100 }, () => get())));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(state.fetches).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a caller that leaves ends its own wait only', async () => {
    const { clock, state, get, outcome } = setUp();
    const controller = new AbortController();
    const waits = Promise.all([
      outcome(get(60_000, controller.signal)),
      outcome(get(50)),
      outcome(get()),
    ]);
    clock.schedule(20, () => controller.abort('enough'));
    expect(await clock.run(waits)).toMatchObject([
      { error: { code: 'ABORTED', cause: 'enough' }, afterMs: 20 },
      { error: { code: 'DEADLINE_EXCEEDED' }, afterMs: 50 },
      { token: 'token-1', afterMs: 100 },
    ]);
    expect(state).toMatchObject({ fetches: 1, aborted: 0 });
  });

  test('a fetch that nobody waits for is ended, and the next caller begins a new one', async () => {
    const { clock, state, get, outcome } = setUp();
    const left = await clock.run(outcome(get(30)));
    expect(left).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' }, afterMs: 30 });
    expect(await clock.run(get())).toBe('token-2');
    expect(state).toMatchObject({ fetches: 2, aborted: 1, mostRunning: 1 });
    expect(clock.pendingTimers).toBe(0);
  });

  test('a fetch that costs too much to be lost goes on, and the next caller gets its token', async () => {
    const { clock, state, get, outcome } = setUp({ finishesAbandoned: true });
    await clock.run(outcome(get(30)));
    expect(await clock.run(outcome(get()))).toMatchObject({ token: 'token-1', afterMs: 70 });
    expect(state).toMatchObject({ fetches: 1, aborted: 0 });
  });

  test('a call that is over already asks for nothing', async () => {
    const { state, get } = setUp();
    await expect(get(60_000, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
    expect(state.fetches).toBe(0);
  });
});

describe('the life of a token', () => {
  test('it is used until its last two minutes without another fetch', async () => {
    const { clock, state, get } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 121_000);
    expect(await get()).toBe('token-1');
    expect(state.fetches).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('in its last two minutes it is used while one new one is fetched', async () => {
    const { clock, state, get } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 119_000);
    expect(await Promise.all([get(), get(), get()])).toEqual(['token-1', 'token-1', 'token-1']);
    await clock.advance(100);
    expect(await get()).toBe('token-2');
    expect(state.fetches).toBe(2);
  });

  test('in its last half minute it is not used', async () => {
    const { clock, get, outcome } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 29_000);
    expect(await clock.run(outcome(get()))).toMatchObject({ token: 'token-2', afterMs: 100 });
  });

  test('one that had ended when it came is refused', async () => {
    const { clock, get } = setUp({ fetch: async () => ({ token: 'late', expiresAtMs: 0 }) });
    await expect(clock.run(get())).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });
});

describe('a token that the vendor refused', () => {
  test('is replaced once, however many calls were refused', async () => {
    const { clock, state, cache, get } = setUp();
    const first = await clock.run(get());
    cache.invalidate(first);
    cache.invalidate(first);
    const second = await clock.run(get());
    cache.invalidate(first);
    expect(second).toBe('token-2');
    expect(await get()).toBe('token-2');
    expect(state.fetches).toBe(2);
  });

  test('is not taken from the store again', async () => {
    const store = memoryTokenStore();
    const { clock, cache, get } = setUp({ store });
    cache.invalidate(await clock.run(get()));
    expect(await clock.run(get())).toBe('token-2');
    expect(await store.get('account')).toMatchObject({ token: 'token-2' });
  });
});

describe('an endpoint that fails', () => {
  const failure = new RenamedError('no', { code: 'SERVER_ERROR', retryable: true, status: 503 });

  test('everyone who waited gets an error of their own, of the same class', async () => {
    const { clock, state, get, outcome } = setUp();
    state.failure = failure;
    const [one, two] = await clock.run(Promise.all([outcome(get()), outcome(get())]));
    expect(one?.error).toMatchObject({ code: 'SERVER_ERROR', status: 503, message: 'no' });
    expect(one?.error).toBeInstanceOf(RenamedError);
    expect(one?.error?.stack).toBe(failure.stack);
    expect(one?.error).not.toBe(two?.error);
    expect(one?.error).not.toBe(failure);
  });

  test('is left alone for 1 s, then 2 s, then 4 s', async () => {
    const { clock, state, get, outcome } = setUp();
    state.failure = failure;
    for (let asked = 0; asked < 90; asked += 1) {
      const wait = outcome(get());
      await clock.advance(100);
      await wait;
    }
    const gaps = state.askedAt.slice(1).map((at, index) => at - (state.askedAt[index] ?? 0) - 100);
    expect(gaps.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
  });

  test('meanwhile calls fail at once, and are told when it makes sense to try again', async () => {
    const { clock, state, get, outcome } = setUp();
    state.failure = failure;
    await clock.run(outcome(get()));
    const { error, afterMs } = await outcome(get());
    expect(afterMs).toBe(0);
    expect(error?.retryAt?.getTime()).toBe(clock.now() + 1_000);
    expect(state.fetches).toBe(1);
  });

  test('is left alone for as long as it asked for, a minute at most', async () => {
    const { clock, state, get, outcome } = setUp();
    const retryAt = new Date(clock.now() + 30_100);
    state.failure = new VendorError('busy', { code: 'RATE_LIMITED', retryAt });
    await clock.run(outcome(get()));
    await clock.advance(29_000);
    await outcome(get());
    expect(state.fetches).toBe(1);
    await clock.advance(2_000);
    state.failure = new VendorError('tomorrow', {
      code: 'TOKEN_ALLOWANCE_EXCEEDED',
      retryAt: new Date(clock.now() + 86_400_000),
    });
    await clock.run(outcome(get()));
    await clock.advance(60_000);
    state.failure = undefined;
    expect(await clock.run(get())).toBe('token-3');
  });

  test('is left alone for longer where that was chosen, and no error names a moment that is over', async () => {
    const { clock, state, get, outcome } = setUp({ longestPauseMs: 900_000 });
    const askedAt = clock.now();
    state.failure = new VendorError('later', {
      code: 'INVALID_RESPONSE',
      retryAt: new Date(askedAt + 320_000),
    });
    await clock.run(outcome(get()));
    for (let second = 0; second < 315; second += 5) {
      const { error } = await outcome(get());
      expect(error?.retryAt?.getTime()).toBe(askedAt + 320_000);
      await clock.advance(5_000);
    }
    expect(state.fetches).toBe(1);
    await clock.advance(5_000);
    state.failure = new VendorError('soon', { code: 'RATE_LIMITED', retryAt: new Date(askedAt) });
    await clock.run(outcome(get()));
    const { error } = await outcome(get());
    expect(error?.retryAt?.getTime()).toBe(clock.now() + 2_000);
    expect(state.fetches).toBe(2);
  });

  test('does not hurt calls while the old token lasts', async () => {
    const { clock, state, get } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 119_000);
    state.failure = failure;
    for (let second = 0; second < 60; second += 1) {
      expect(await get()).toBe('token-1');
      await clock.advance(1_000);
    }
    expect(state.fetches).toBeLessThanOrEqual(1 + 7);
  });

  test('is forgiven after a success', async () => {
    const { clock, state, cache, get, outcome } = setUp();
    state.failure = failure;
    await clock.run(outcome(get()));
    await clock.advance(1_000);
    state.failure = undefined;
    cache.invalidate(await clock.run(get()));
    state.failure = failure;
    await clock.run(outcome(get()));
    const { error } = await outcome(get());
    expect(error?.retryAt?.getTime()).toBe(clock.now() + 1_000);
  });
});

describe('a refresh ahead of time that failed', () => {
  const failure = new VendorError('no', { code: 'SERVER_ERROR', retryable: true });
  const lastingAnHour = async () => {
    const parts = setUp();
    await parts.clock.run(parts.get());
    await parts.clock.advance(lifetimeMs - 60_000);
    parts.state.failure = failure;
    return parts;
  };

  test('does not keep a call waiting whose token has become useless', async () => {
    const { clock, state, get, outcome } = await lastingAnHour();
    for (let second = 0; second < 28; second += 1) {
      await get();
      await clock.advance(1_000);
    }
    const asked = state.fetches;
    await clock.advance(3_000);
    state.failure = undefined;
    expect(await clock.run(outcome(get()))).toMatchObject({ afterMs: 100 });
    expect(state.fetches).toBe(asked + 1);
  });

  test('is followed by one fetch that calls wait for, and then by a pause', async () => {
    const { clock, state, cache, get, outcome } = await lastingAnHour();
    await get();
    await clock.advance(200);
    cache.invalidate('token-1');
    expect(await clock.run(outcome(get()))).toMatchObject({ afterMs: 100, error: failure });
    expect(await clock.run(outcome(get()))).toMatchObject({ afterMs: 0, error: failure });
    expect(state.fetches).toBe(3);
  });

  test('while a call waits for it is followed by a fetch of the call’s own', async () => {
    const { clock, state, cache, get, outcome } = await lastingAnHour();
    const first = await get();
    cache.invalidate(first);
    const waits = [outcome(get()), outcome(get())];
    await clock.advance(100);
    state.failure = undefined;
    const results = await clock.run(Promise.all(waits));
    expect(results.map(({ token }) => token)).toEqual(['token-3', 'token-3']);
    expect(state.fetches).toBe(3);
  });

  test('is not repeated before the vendor said so', async () => {
    const { clock, state, get } = await lastingAnHour();
    const retryAt = new Date(clock.now() + 25_000);
    state.failure = new VendorError('later', { code: 'TOKEN_ALLOWANCE_EXCEEDED', retryAt });
    for (let second = 0; second < 24; second += 1) {
      await get();
      await clock.advance(1_000);
    }
    expect(state.fetches).toBe(2);
  });
});

describe('obtainRenewed', () => {
  test('gives the current token at once while it is not ageing', async () => {
    const { clock, state, cache, deadline, get } = setUp();
    await clock.run(get());
    expect(await cache.obtainRenewed(deadline())).toMatchObject({ token: 'token-1' });
    expect(state.fetches).toBe(1);
  });

  test('waits for the refresh that is under way, or begins it', async () => {
    const { clock, state, cache, deadline, get } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 60_000);
    const begun = cache.obtainRenewed(deadline());
    await get();
    const joined = cache.obtainRenewed(deadline());
    expect(await clock.run(Promise.all([begun, joined]))).toMatchObject([
      { token: 'token-2' },
      { token: 'token-2' },
    ]);
    expect(state.fetches).toBe(2);
  });

  test('fails with the refresh, though the old token may still be used', async () => {
    const { clock, state, cache, deadline, get } = setUp();
    await clock.run(get());
    await clock.advance(lifetimeMs - 60_000);
    state.failure = new VendorError('no', { code: 'SERVER_ERROR', retryable: true });
    const failing = { code: 'SERVER_ERROR' };
    await expect(clock.run(cache.obtainRenewed(deadline()))).rejects.toMatchObject(failing);
    await expect(cache.obtainRenewed(deadline())).rejects.toMatchObject(failing);
    expect(state.fetches).toBe(2);
    expect(await get()).toBe('token-1');
  });

  test('replaces one from the store that is ageing', async () => {
    const store = memoryTokenStore();
    const { clock, state, cache, deadline } = setUp({ store });
    const obtainedAtMs = clock.now() - lifetimeMs;
    const expiresAtMs = clock.now() + 60_000;
    await store.set('account', { token: 'old', obtainedAtMs, expiresAtMs });
    expect(await clock.run(cache.obtainRenewed(deadline()))).toMatchObject({ token: 'token-1' });
    expect(state.fetches).toBe(1);
  });
});

describe('what is known of a token', () => {
  test('its attributes come with it and are kept in the store', async () => {
    const store = memoryTokenStore();
    const fetch = async () => ({ token: 't', attributes: { mode: 'test' } });
    const { clock, cache, deadline } = setUp({ store, fetch });
    expect(cache.current).toBeUndefined();
    const token = await clock.run(cache.obtain(deadline()));
    expect(token).toEqual({
      token: 't',
      obtainedAtMs: clock.now(),
      attributes: { mode: 'test' },
    });
    expect(cache.current).toEqual(token);
    expect(await store.get('account')).toEqual(token);
  });

  test('a fetch hears of the token before it, and whether the vendor refused that', async () => {
    const reasons: FetchReason[] = [];
    const store = memoryTokenStore();
    const clock = new VirtualClock();
    const { fetch } = vendor(clock);
    const cache = new TokenCache({
      clock,
      store,
      key: 'account',
      fetch: async (deadline, reason) => {
        reasons.push(reason);
        return fetch(deadline);
      },
    });
    const get = async () => cache.get(startDeadline({ clock, deadlineMs: 60_000 }));
    await clock.run(get());
    cache.invalidate('token-1');
    await clock.run(get());
    await clock.advance(lifetimeMs);
    await clock.run(get());
    expect(reasons).toMatchObject([
      { isRefused: false },
      { isRefused: true, previous: { token: 'token-1' } },
      { isRefused: false, previous: { token: 'token-2' } },
    ]);
    expect(reasons[0]?.previous).toBeUndefined();
  });

  test('a refused token stays in the store until there is another', async () => {
    const store = memoryTokenStore();
    const { clock, state, cache, get, outcome } = setUp({ store });
    cache.invalidate(await clock.run(get()));
    state.failure = new VendorError('no', { code: 'SERVER_ERROR' });
    await clock.run(outcome(get()));
    expect(await store.get('account')).toMatchObject({ token: 'token-1' });
    await clock.advance(2_000);
    state.failure = undefined;
    expect(await clock.run(get())).toBe('token-3');
  });

  test('a refused token that the vendor gives again is used again', async () => {
    const store = memoryTokenStore();
    let fetches = 0;
    const fetch = async () => ({ token: 'same', expiresAtMs: 9e15, number: (fetches += 1) });
    const { clock, cache, get } = setUp({ store, fetch });
    cache.invalidate(await clock.run(get()));
    expect([await clock.run(get()), await clock.run(get()), fetches]).toEqual(['same', 'same', 2]);
  });

  test('a token that is given again keeps the moment at which it came', async () => {
    const fetch = async () => ({ token: 't', obtainedAtMs: 5, expiresAtMs: 9e15 });
    const { clock, cache, deadline } = setUp({ fetch });
    expect(await clock.run(cache.obtain(deadline()))).toMatchObject({ obtainedAtMs: 5 });
  });
});

describe('forget', () => {
  test('drops the token here and in the store', async () => {
    const store = memoryTokenStore();
    const { clock, cache, get } = setUp({ store });
    await clock.run(get());
    await clock.run(cache.forget());
    expect([cache.current, await store.get('account')]).toEqual([undefined, undefined]);
    expect(await clock.run(get())).toBe('token-2');
    expect(clock.pendingTimers).toBe(0);
  });

  test('drops the token of a fetch that is under way, too', async () => {
    const { clock, cache, get } = setUp();
    const early = get();
    await clock.advance(50);
    await clock.run(cache.forget());
    expect(await early).toBe('token-1');
    expect(await clock.run(get())).toBe('token-2');
  });

  test('drops it here even if the store fails', async () => {
    const { clock, cache, get } = setUp({ store: broken('delete') });
    await clock.run(get());
    await expect(clock.run(cache.forget())).rejects.toMatchObject({ code: 'CONNECTION' });
    expect(await clock.run(get())).toBe('token-2');
  });
});

describe('several processes with one store', () => {
  test('eight that need a token at once make one fetch', async () => {
    const clock = new VirtualClock();
    const { state, fetch } = vendor(clock);
    const store = memoryTokenStore();
    const caches = Array.from(
      { length: 8 },
      () => new TokenCache({ clock, fetch, store, key: 'account' }),
    );
    const deadline = startDeadline({ clock, deadlineMs: 60_000 });
    const tokens = await clock.run(Promise.all(caches.map((cache) => cache.get(deadline))));
    expect(new Set(tokens)).toEqual(new Set(['token-1']));
    expect(state.fetches).toBe(1);
    await clock.advance(lifetimeMs - 119_000);
    const ageing = startDeadline({ clock, deadlineMs: 60_000 });
    await Promise.all(caches.map((cache) => cache.get(ageing)));
    await clock.advance(1_000);
    const renewed = await Promise.all(caches.map((cache) => cache.get(ageing)));
    expect(new Set(renewed)).toEqual(new Set(['token-2']));
    expect(state.fetches).toBe(2);
  });

  test('tokens of different accounts are kept apart', async () => {
    const clock = new VirtualClock();
    const { fetch } = vendor(clock);
    const store = memoryTokenStore();
    const [one, two] = ['one', 'two'].map((key) => new TokenCache({ clock, fetch, store, key }));
    const deadline = startDeadline({ clock, deadlineMs: 60_000 });
    const tokens = await clock.run(Promise.all([one?.get(deadline), two?.get(deadline)]));
    expect(new Set(tokens).size).toBe(2);
  });
});

describe('a store', () => {
  test.each(['get', 'lock'] as const)(
    'whose %s fails, fails the call without its words',
    async (method) => {
      const { clock, state, get, outcome } = setUp({ store: broken(method) });
      const { error } = await clock.run(outcome(get()));
      expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent', retryable: true });
      expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('hunter2');
      expect(state.fetches).toBe(0);
    },
  );

  test('that cannot keep a token does not lose it', async () => {
    const failures: VendorError[] = [];
    const onStoreFailure = (failure: VendorError) => {
      failures.push(failure);
      throw new Error('no');
    };
    const { clock, get } = setUp({ store: broken('set'), onStoreFailure });
    expect(await clock.run(get())).toBe('token-1');
    expect(await get()).toBe('token-1');
    expect(failures).toMatchObject([{ code: 'CONNECTION' }]);
  });

  test('that never gives its lock holds nobody longer than their deadline', async () => {
    const store = { ...memoryTokenStore(), lock: () => new Promise<void>(() => {}) };
    const { clock, get, outcome } = setUp({ store });
    expect(await clock.run(outcome(get(5_000)))).toMatchObject({
      error: { code: 'DEADLINE_EXCEEDED' },
      afterMs: 5_000,
    });
    expect(clock.pendingTimers).toBe(0);
  });

  test('that says what is wrong with its configuration is quoted', async () => {
    const problem = new VendorError('Not private: /tmp/x', { code: 'CONFIGURATION' });
    const store = { ...memoryTokenStore(), lock: () => Promise.reject(problem) };
    const { clock, get } = setUp({ store });
    await expect(clock.run(get())).rejects.toMatchObject({ message: 'Not private: /tmp/x' });
  });

  test('that does not run the task is a failure, not a success', async () => {
    const { clock, get } = setUp({ store: { ...memoryTokenStore(), lock: async () => {} } });
    await expect(clock.run(get())).rejects.toMatchObject({ code: 'CONNECTION' });
  });

  test('that gives nonsense is read as empty', async () => {
    const store = { ...memoryTokenStore(), get: () => ({ token: 7 }) as never };
    const { clock, get } = setUp({ store });
    expect(await clock.run(get())).toBe('token-1');
  });

  test('may answer at once, without promises', async () => {
    const kept = new Map();
    const store: TokenStore = {
      get: (key) => kept.get(key) as undefined,
      set: (key, token) => void kept.set(key, token),
      delete: (key) => void kept.delete(key),
      lock: (_key, task) => task(),
    };
    const { clock, get } = setUp({ store });
    expect(await clock.run(get())).toBe('token-1');
    expect(kept.get('account')).toMatchObject({ token: 'token-1' });
  });
});

describe('close', () => {
  test('ends the fetch and every wait, and leaves nothing behind', async () => {
    const { clock, state, cache, get, outcome } = setUp();
    const wait = outcome(get());
    await clock.advance(10);
    await cache.close();
    expect(await wait).toMatchObject({ error: { code: 'CLOSED' }, afterMs: 10 });
    await expect(get()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(state.aborted).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });
});

test('neither inspect nor JSON shows the token', async () => {
  const { clock, cache, get } = setUp();
  const token = await clock.run(get());
  expect(inspect(cache, { depth: 12, showHidden: true, customInspect: false })).not.toContain(
    token,
  );
  expect(JSON.stringify(cache)).toBe('{}');
});

test('whatever callers do: one fetch at a time, every wait ends in time, no timer is left', async () => {
  const step = fc.record({
    at: fc.nat(5_000),
    does: fc.constantFrom('get', 'get', 'get', 'invalidate', 'break', 'mend'),
    deadlineMs: fc.integer({ min: 1, max: 500 }),
    abortAt: fc.option(fc.nat(300), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { clock, state, cache, get, outcome } = setUp();
      const waits: Promise<void>[] = [];
      for (const { at, does, deadlineMs, abortAt } of steps) {
        clock.schedule(at, () => {
          if (does === 'invalidate') cache.invalidate(`token-${state.fetches}`);
          if (does === 'break') state.failure = new VendorError('no', { code: 'SERVER_ERROR' });
          if (does === 'mend') state.failure = undefined;
          if (does !== 'get') return;
          const controller = new AbortController();
          if (abortAt !== undefined) clock.schedule(abortAt, () => controller.abort());
          const latestMs = Math.min(deadlineMs, abortAt ?? Infinity);
          waits.push(
            outcome(get(deadlineMs, controller.signal)).then(({ afterMs }) =>
              expect(afterMs).toBeLessThanOrEqual(latestMs),
            ),
          );
        });
      }
      await clock.advance(200_000);
      await Promise.all(waits);
      expect(state.running).toBe(0);
      expect(state.mostRunning).toBeLessThanOrEqual(1);
      expect(clock.pendingTimers).toBe(0);
    }),
    { numRuns: 60 },
  );
});
