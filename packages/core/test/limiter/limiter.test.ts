import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import {
  Limiter,
  type Admission,
  type Permit,
  type PermitRequest,
} from '../../src/limiter/limiter.ts';
import type { QuotaRule } from '../../src/limiter/rule.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';

const minute = 60_000;
const guardMs = 60;
const perMinute = (limit: number): QuotaRule => ({ key: 'account', limit, windowMs: minute });
const scopes = { account: 'one' };

function start(rules: readonly QuotaRule[]) {
  const clock = new VirtualClock();
  const limiter = new Limiter(rules, { clock });
  const ask = (request: Partial<PermitRequest> = {}) =>
    limiter.acquire({ scopes, priority: 'interactive', deadlineAt: Infinity, ...request });
  const wall = (ms: number) => clock.now() - clock.monotonicNow() + ms;
  return { clock, limiter, ask, wall };
}

/** The permit of a call that must not wait. */
function now(answer: Promise<Admission> | Admission): Permit {
  if (answer instanceof Promise) throw new Error('The call waits.');
  return granted(answer);
}

function granted(admission: Admission): Permit {
  if (!admission.granted) throw new Error(admission.reason);
  return admission.permit;
}

/** Calls of other accounts, with which a limiter tidies up. */
function useOtherKeys(ask: ReturnType<typeof start>['ask'], count: number): void {
  for (let key = 0; key < count; key += 1) now(ask({ scopes: { account: `other ${key}` } }));
}

async function wait(answer: Promise<Admission> | Admission | undefined): Promise<Admission> {
  if (answer === undefined) throw new Error('There is no such call.');
  return answer;
}

/** Notes who is served when. */
function log(clock: VirtualClock) {
  const entries: string[] = [];
  const note = (name: string, answer: Promise<Admission> | Admission) =>
    wait(answer).then((admission) => {
      const outcome = admission.granted ? 'granted' : admission.reason;
      entries.push(`${name} ${outcome} at ${clock.monotonicNow()}`);
      return admission;
    });
  return { entries, note };
}

describe('a permit', () => {
  test('is granted synchronously while a slot is free', () => {
    const { ask } = start([perMinute(2)]);
    expect(now(ask()).waitedMs).toBe(0);
    expect(now(ask()).waitedMs).toBe(0);
    expect(ask()).toBeInstanceOf(Promise);
  });

  test('keeps its slot until the answer, a window and the guard', async () => {
    const { clock, ask } = start([perMinute(1)]);
    const permit = now(ask());
    const next = ask();
    await clock.advance(5 * minute);
    permit.settle();
    const answeredAt = clock.monotonicNow();
    const { waitedMs } = granted(await clock.run(wait(next)));
    expect(clock.monotonicNow()).toBe(answeredAt + minute + guardMs);
    expect(waitedMs).toBe(clock.monotonicNow());
  });

  test('without an answer keeps its slot for the time the request may be under way', async () => {
    const { clock, ask } = start([perMinute(1)]);
    now(ask()).settle({ transitMs: 5000 });
    await clock.run(wait(ask()));
    expect(clock.monotonicNow()).toBe(5000 + minute + guardMs);
  });

  test('that was not used gives its slot back at once', async () => {
    const { clock, ask } = start([perMinute(1)]);
    const permit = now(ask());
    const next = ask();
    permit.release();
    granted(await next);
    expect(clock.monotonicNow()).toBe(0);
  });

  test('is given back once, whatever is called again', () => {
    const { limiter, ask } = start([perMinute(2)]);
    const permit = now(ask());
    permit.release();
    permit.release();
    permit.settle();
    permit.refused({});
    expect(limiter.peek(scopes).rules[0]).toMatchObject({ remaining: 2, inFlight: 0 });
    const second = now(ask());
    second.settle();
    second.settle();
    second.release();
    expect(limiter.peek(scopes).rules[0]).toMatchObject({ remaining: 1, inFlight: 0 });
  });

  test.each([
    [100, 1],
    [60_000, 60],
    [600_000, 100],
  ])('of a window of %i ms has a guard of %i ms', async (windowMs, expectedMs) => {
    const { clock, ask } = start([{ key: 'account', limit: 1, windowMs }]);
    now(ask()).settle();
    await clock.run(wait(ask()));
    expect(clock.monotonicNow()).toBe(windowMs + expectedMs);
  });
});

describe('rules', () => {
  const rules: QuotaRule[] = [
    { key: 'service', limit: 2, windowMs: minute },
    { key: 'method', limit: 1, windowMs: minute, value: 'rare', polls: false },
  ];

  test('count each value of their scope apart', () => {
    const { ask } = start(rules);
    now(ask({ scopes: { service: 'a' } }));
    now(ask({ scopes: { service: 'a' } }));
    now(ask({ scopes: { service: 'b' } }));
    expect(ask({ scopes: { service: 'a' } })).toBeInstanceOf(Promise);
  });

  test('with a value count only calls that have it', () => {
    const { ask } = start(rules);
    now(ask({ scopes: { method: 'rare' } }));
    now(ask({ scopes: { method: 'usual' } }));
    now(ask({ scopes: { method: 'usual' } }));
    expect(ask({ scopes: { method: 'rare' } })).toBeInstanceOf(Promise);
  });

  test('without polls let polls through, and rules with polls do not', () => {
    const { ask } = start(rules);
    now(ask({ scopes: { method: 'rare', service: 'a' } }));
    now(ask({ scopes: { method: 'rare', service: 'a' }, poll: true }));
    expect(ask({ scopes: { method: 'rare', service: 'a' }, poll: true })).toBeInstanceOf(Promise);
  });

  test('do not concern a call without their scope', () => {
    const { ask } = start([perMinute(1)]);
    const answers = Array.from({ length: 5 }, () => ask({ scopes: { service: 'a' } }));
    expect(answers.filter((answer) => answer instanceof Promise)).toEqual([]);
  });

  test.each([
    [undefined, 'rules'],
    ['service', 'rules'],
    [[null], 'rules[0]'],
    [[{ ...perMinute(1), limit: 0 }], 'rules[0].limit'],
    [[{ ...perMinute(1), windowMs: Number.NaN }], 'rules[0].windowMs'],
    [[{ ...perMinute(1), key: '' }], 'rules[0].key'],
    [[perMinute(3), perMinute(1)], 'rules[1]'],
  ])('that are wrong are refused by name: %j', (wrong, field) => {
    expect(() => start(wrong as QuotaRule[])).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION', field }),
    );
  });

  test('that come back still know what they counted', () => {
    const { limiter, ask } = start([perMinute(1)]);
    now(ask()).settle();
    limiter.replaceRules([]);
    now(ask()).settle();
    limiter.replaceRules([perMinute(1)]);
    expect(ask()).toBeInstanceOf(Promise);
  });

  test('can be replaced: what was used stays counted, and those who wait obey the new ones', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    now(ask()).settle();
    const { entries, note } = log(clock);
    const both = [note('first', ask()), note('second', ask())];
    limiter.replaceRules([perMinute(2), { key: 'account', limit: 1, windowMs: 2 * minute }]);
    await clock.advance(0);
    expect(entries).toEqual(['first granted at 0']);
    limiter.replaceRules([perMinute(3)]);
    await Promise.all(both);
    expect(entries).toEqual(['first granted at 0', 'second granted at 0']);
    expect(limiter.peek().rules[0]).toMatchObject({ limit: 3, remaining: 0, inFlight: 2 });
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('those who wait', () => {
  test('go by priority, then by arrival', async () => {
    const { clock, ask } = start([perMinute(1)]);
    const { entries, note } = log(clock);
    now(ask()).settle();
    const serve = (name: string, priority: 'interactive' | 'batch') =>
      note(name, ask({ priority })).then((admission) => granted(admission).settle());
    await clock.run(
      Promise.all([
        serve('batch 1', 'batch'),
        serve('interactive 1', 'interactive'),
        serve('batch 2', 'batch'),
        serve('interactive 2', 'interactive'),
      ]),
    );
    expect(entries).toEqual([
      'interactive 1 granted at 60060',
      'interactive 2 granted at 120120',
      'batch 1 granted at 180180',
      'batch 2 granted at 240240',
    ]);
  });

  test('go by priority and arrival also where several windows have room at once', async () => {
    const { clock, ask } = start([
      { key: 'wide', limit: 2, windowMs: minute },
      { key: 'narrow', limit: 1, windowMs: minute },
    ]);
    const both = { wide: 'a', narrow: 'a' };
    now(ask({ scopes: both })).settle();
    now(ask({ scopes: { wide: 'a' } })).settle();
    const { entries, note } = log(clock);
    const serve = (name: string, request: Partial<PermitRequest>) =>
      note(name, ask(request)).then((admission) => granted(admission).settle());
    await clock.run(
      Promise.all([
        serve('batch', { scopes: both, priority: 'batch' }),
        serve('both', { scopes: both }),
        serve('narrow', { scopes: { narrow: 'a' }, priority: 'batch' }),
        serve('wide', { scopes: { wide: 'a' }, priority: 'batch' }),
      ]),
    );
    expect(entries).toEqual([
      'both granted at 60060',
      'wide granted at 60060',
      'batch granted at 120120',
      'narrow granted at 180180',
    ]);
  });

  test('are not overtaken by a newcomer, even if their timer is late', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    now(ask()).settle();
    const first = ask();
    // Time passes without its timers, as when the event loop is busy.
    clock.monotonicNow = () => 2 * minute;
    expect(ask()).toBeInstanceOf(Promise);
    expect((await first).granted).toBe(true);
    limiter.close();
  });

  test('keep their windows, even those in which nothing happens meanwhile', async () => {
    const { clock, limiter, ask } = start([
      { key: 'account', limit: 1, windowMs: minute },
      { key: 'method', limit: 1, windowMs: 10 * minute, value: 'rare' },
    ]);
    const rare = { account: 'one', method: 'rare' };
    now(ask({ scopes: rare })).settle();
    const { entries, note } = log(clock);
    const waiting = note('rare', ask({ scopes: rare }));
    await clock.advance(10 * minute);
    useOtherKeys(ask, 100);
    now(ask()).settle();
    await clock.run(waiting);
    expect(entries).toEqual([`rare granted at ${11 * minute + guardMs}`]);
    limiter.close();
  });

  test('leave no gap when they are aborted', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    const { entries, note } = log(clock);
    now(ask()).settle();
    const controller = new AbortController();
    const { signal } = controller;
    const answers = [note('first', ask({ signal })), note('second', ask())];
    expect(limiter.peek().rules[0]).toMatchObject({ waiting: 2 });
    await clock.advance(1000);
    controller.abort();
    expect(limiter.peek().rules[0]).toMatchObject({ waiting: 1 });
    await answers[0];
    expect(entries).toEqual(['first aborted at 1000']);
    await clock.run(Promise.all(answers));
    expect(entries[1]).toBe('second granted at 60060');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  test('may all share one signal, without a warning of Node', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    now(ask()).settle();
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const controller = new AbortController();
    const { signal } = controller;
    const answers = Array.from({ length: 50 }, () => ask({ signal }));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    expect(granted(await clock.run(wait(answers[0])))).toBeDefined();
    controller.abort();
    const reasons = await Promise.all(answers.slice(1).map(wait));
    expect(reasons.filter((one) => !one.granted && one.reason === 'aborted')).toHaveLength(49);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(0);
    process.off('warning', note);
    expect(warnings).toEqual([]);
    expect(limiter.peek().rules[0]).toMatchObject({ waiting: 0 });
  });

  test('need one timer, however many they are, and none once they are gone', async () => {
    const { clock, limiter, ask } = start([perMinute(60), { ...perMinute(1000), windowMs: 10 }]);
    for (let call = 0; call < 60; call += 1) now(ask()).settle();
    const controllers = [new AbortController(), new AbortController()];
    const answers = Array.from({ length: 10_000 }, (_, index) =>
      ask({
        deadlineAt: index % 3 === 0 ? 1e9 + index : Infinity,
        signal: controllers[index % 2]?.signal,
      }),
    );
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(minute + guardMs);
    expect(limiter.peek().rules[0]).toMatchObject({ waiting: 9940, inFlight: 60 });
    expect(clock.pendingTimers).toBe(1);
    for (const controller of controllers) controller.abort();
    await Promise.all(answers.map(wait));
    expect(clock.pendingTimers).toBe(0);
  });

  test('are sent away by close, and so is everybody after it', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    const permit = now(ask());
    const waiting = ask();
    limiter.close();
    expect(await waiting).toMatchObject({ granted: false, reason: 'closed' });
    expect(ask()).toMatchObject({ granted: false, reason: 'closed' });
    expect(clock.pendingTimers).toBe(0);
    permit.settle();
    expect(limiter.peek().rules[0]).toMatchObject({ inFlight: 0, remaining: 0 });
  });
});

describe('a deadline', () => {
  test('that the quota cannot meet is refused at once, with the moment to try again', () => {
    const { clock, ask, wall } = start([perMinute(2)]);
    for (let call = 0; call < 2; call += 1) now(ask()).settle();
    for (let call = 0; call < 2; call += 1) expect(ask()).toBeInstanceOf(Promise);
    // Two go after one window, so that the fifth goes after two.
    expect(ask({ deadlineAt: 2 * (minute + guardMs) - 1 })).toEqual({
      granted: false,
      reason: 'quota',
      availableAtMs: wall(2 * (minute + guardMs)),
    });
    expect(ask({ deadlineAt: 2 * (minute + guardMs) })).toBeInstanceOf(Promise);
    expect(clock.pendingTimers).toBe(1);
  });

  test('counts calls under way as answered at once, and not as never answered', () => {
    const { ask, wall } = start([perMinute(1)]);
    now(ask());
    expect(ask({ deadlineAt: minute })).toMatchObject({ availableAtMs: wall(minute + guardMs) });
    expect(ask({ deadlineAt: minute + guardMs })).toBeInstanceOf(Promise);
  });

  test('of an interactive call is not affected by batch calls that wait', () => {
    const { ask } = start([perMinute(1)]);
    now(ask()).settle();
    for (let call = 0; call < 10; call += 1) void ask({ priority: 'batch' });
    expect(ask({ deadlineAt: 2 * minute, priority: 'batch' })).not.toBeInstanceOf(Promise);
    expect(ask({ deadlineAt: 2 * minute })).toBeInstanceOf(Promise);
  });

  test('is not affected by those who wait for something else', () => {
    const { ask } = start([
      { key: 'service', limit: 10, windowMs: minute },
      { key: 'method', limit: 1, windowMs: 10 * minute, value: 'rare' },
    ]);
    for (let call = 0; call < 100; call += 1)
      void ask({ scopes: { service: 'a', method: 'rare' } });
    for (let call = 0; call < 9; call += 1) now(ask({ scopes: { service: 'a' } })).settle();
    expect(ask({ scopes: { service: 'a' }, deadlineAt: 2 * minute })).toBeInstanceOf(Promise);
  });

  test('counts those ahead who need less, and only where they need it', () => {
    const { ask } = start([
      { key: 'service', limit: 10, windowMs: minute },
      { key: 'method', limit: 1, windowMs: 10 * minute, value: 'rare' },
    ]);
    for (let call = 0; call < 35; call += 1) void ask({ scopes: { service: 'a' } });
    const rare = { service: 'a', method: 'rare' };
    // It is the sixth of the third window of its service, and the first of its method.
    const thirdMs = 3 * (minute + guardMs);
    expect(ask({ scopes: rare, deadlineAt: thirdMs - 1 })).toMatchObject({ reason: 'quota' });
    expect(ask({ scopes: rare, deadlineAt: thirdMs })).toBeInstanceOf(Promise);
  });

  test('of a batch call counts the interactive calls that wait', () => {
    const { ask } = start([perMinute(1)]);
    now(ask()).settle();
    void ask();
    const deadlineAt = minute + guardMs;
    expect(ask({ deadlineAt, priority: 'batch' })).toMatchObject({ reason: 'quota' });
  });

  test('that has passed when the timer comes late is not granted', async () => {
    const { clock, limiter, ask } = start([perMinute(1)]);
    now(ask()).settle();
    const late = ask({ deadlineAt: minute + 1000 });
    const patient = ask();
    clock.monotonicNow = () => 2 * minute;
    void ask();
    expect(await late).toMatchObject({ granted: false, reason: 'quota' });
    expect(await patient).toMatchObject({ granted: true });
    limiter.close();
  });

  test('that passes in the queue ends the wait at that moment', async () => {
    const { clock, ask } = start([perMinute(1)]);
    const { entries, note } = log(clock);
    const slow = now(ask());
    await clock.run(note('late', ask({ deadlineAt: minute + 1000 })));
    expect(entries).toEqual(['late quota at 61000']);
    expect(clock.pendingTimers).toBe(0);
    slow.settle();
  });

  test('that has passed already is refused', () => {
    const { ask } = start([perMinute(1)]);
    expect(ask({ deadlineAt: -1 })).toMatchObject({ granted: false, reason: 'quota' });
  });

  test('does not matter to a call whose signal is aborted already', () => {
    const { limiter, ask } = start([perMinute(1)]);
    expect(ask({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'aborted' });
    expect(limiter.peek(scopes).rules[0]).toMatchObject({ remaining: 1 });
  });
});

describe('a refusal', () => {
  test('pauses the quota once, for all calls that were under way', async () => {
    const { clock, limiter, ask, wall } = start([perMinute(10)]);
    const underWay = Array.from({ length: 4 }, () => now(ask()));
    await clock.advance(100);
    underWay[0]?.refused({ retryAfterMs: 5000 });
    await clock.advance(1000);
    for (const permit of underWay.slice(1)) permit.refused({ retryAfterMs: 60_000 });
    expect(limiter.peek().rules[0]).toMatchObject({
      remaining: 0,
      nextSlotAt: new Date(wall(5100)),
    });
    const { entries, note } = log(clock);
    const calls = [note('probe', ask()), note('second', ask()), note('third', ask())];
    const probe = granted(await clock.run(wait(calls[0])));
    await clock.advance(300);
    expect(entries).toEqual(['probe granted at 5100']);
    probe.settle();
    await Promise.all(calls);
    expect(entries.slice(1)).toEqual(['second granted at 5400', 'third granted at 5400']);
  });

  test('of the probe begins a new pause; a probe that was not sent is replaced', async () => {
    const { clock, ask } = start([perMinute(10)]);
    now(ask()).refused({ retryAfterMs: 1000 });
    const { entries, note } = log(clock);
    const calls = [1, 2, 3].map((call) => note(`call ${call}`, ask()));
    const [first, second, third] = calls;
    granted(await clock.run(wait(first))).refused({ retryAfterMs: 2000 });
    granted(await clock.run(wait(second))).release();
    granted(await clock.run(wait(third))).settle();
    expect(entries).toEqual([
      'call 1 granted at 1000',
      'call 2 granted at 3000',
      'call 3 granted at 3000',
    ]);
  });

  test('makes the first call after its pause the probe, until that is answered', async () => {
    const { clock, ask } = start([perMinute(10), { key: 'service', limit: 10, windowMs: minute }]);
    const both = { ...scopes, service: 'a' };
    const first = now(ask({ scopes: both }));
    expect(first.isProbe).toBe(false);
    first.refused({ retryAfterMs: 1000 });
    await clock.advance(1000);
    const probe = now(ask());
    expect([first.isProbe, probe.isProbe]).toEqual([false, true]);
    const second = ask();
    probe.settle();
    expect([probe.isProbe, granted(await second).isProbe]).toEqual([false, false]);
  });

  test('without Retry-After pauses each rule of the call for its own window', () => {
    const { limiter, ask, wall } = start([
      { key: 'account', limit: 100, windowMs: 1000 },
      { key: 'service', limit: 100, windowMs: minute },
    ]);
    now(ask({ scopes: { account: 'one', service: 'a' } })).refused({});
    const starts = limiter.peek().rules.map(({ key, nextSlotAt }) => [key, nextSlotAt?.getTime()]);
    expect(starts).toEqual([
      ['account', wall(1001)],
      ['service', wall(minute + guardMs)],
    ]);
    expect(ask({ scopes: { account: 'two' } })).toMatchObject({ granted: true });
  });

  test('is remembered for a window after its pause: the first call is still alone', async () => {
    const { clock, ask } = start([perMinute(10)]);
    now(ask()).refused({ retryAfterMs: 2 * minute });
    await clock.advance(3 * minute - 1);
    useOtherKeys(ask, 100);
    now(ask());
    expect(ask()).toBeInstanceOf(Promise);
  });

  test('leaves one call free after its pause', async () => {
    const { clock, limiter, ask } = start([perMinute(10)]);
    now(ask()).refused({ retryAfterMs: 1000 });
    await clock.advance(1000);
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 1, nextSlotAt: null });
  });

  test('after settle still pauses the quota', () => {
    const { limiter, ask } = start([perMinute(10)]);
    const permit = now(ask());
    permit.settle();
    permit.refused({ retryAfterMs: 1000 });
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 0, inFlight: 0 });
  });

  test('tells at once those who cannot make it any more', async () => {
    const { clock, ask } = start([perMinute(2)]);
    const { entries, note } = log(clock);
    const first = now(ask());
    now(ask()).settle();
    const deadlineAt = 3 * minute;
    const calls = ['soon', 'later', 'too late'].map((name) => note(name, ask({ deadlineAt })));
    const patient = note('patient', ask());
    await clock.advance(1000);
    first.refused({ retryAfterMs: 2.5 * minute });
    await Promise.all(calls.slice(2));
    expect(entries).toEqual(['too late quota at 1000']);
    granted(await clock.run(wait(calls[0]))).settle();
    await clock.run(Promise.all([...calls, patient]));
    expect(entries.slice(1)).toEqual([
      'soon granted at 151000',
      'later granted at 151000',
      `patient granted at ${151_000 + minute + guardMs}`,
    ]);
  });

  test('pauses for a millisecond at least, and for 31 days at most', () => {
    const { limiter, ask, wall } = start([perMinute(10)]);
    const nextSlotAt = () => limiter.peek().rules[0]?.nextSlotAt?.getTime();
    const permits = [
      now(ask({ scopes: { account: 'a' } })),
      now(ask({ scopes: { account: 'b' } })),
    ];
    permits[0]?.refused({ retryAfterMs: 0 });
    expect(nextSlotAt()).toBe(wall(1));
    permits[1]?.refused({ retryAfterMs: 1e15 });
    expect(limiter.peek({ account: 'b' }).rules[0]?.nextSlotAt?.getTime()).toBe(
      wall(31 * 24 * 60 * minute),
    );
  });

  test('with a nonsensical Retry-After counts as one without', () => {
    const { limiter, ask, wall } = start([perMinute(10)]);
    now(ask()).refused({ retryAfterMs: NaN });
    const [rule] = limiter.peek().rules;
    expect(rule?.nextSlotAt?.getTime()).toBe(wall(minute + guardMs));
  });
});

describe('what the vendor tells', () => {
  test('of a lower limit holds, until it tells of another; a higher one never does', () => {
    const { limiter, ask } = start([perMinute(10)]);
    const permit = now(ask());
    permit.learn({ limit: 4 });
    expect(limiter.peek().rules[0]).toMatchObject({ limit: 4, remaining: 3 });
    permit.learn({ limit: 6 });
    expect(limiter.peek().rules[0]).toMatchObject({ limit: 6, remaining: 5 });
    permit.learn({ limit: 100 });
    expect(limiter.peek().rules[0]).toMatchObject({ limit: 10, remaining: 9 });
  });

  test('of fewer calls left than we know of keeps the difference free until the reset', async () => {
    const { clock, limiter, ask, wall } = start([perMinute(10)]);
    const permit = now(ask());
    permit.learn({ limit: 10, remaining: 2, resetMs: 30_000 });
    permit.settle();
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 2 });
    now(ask());
    now(ask());
    const [rule] = limiter.peek().rules;
    expect(rule).toMatchObject({ remaining: 0, nextSlotAt: new Date(wall(30_000)) });
    expect(ask({ deadlineAt: 29_999 })).toMatchObject({ reason: 'quota' });
    await clock.run(wait(ask()));
    expect(clock.monotonicNow()).toBe(30_000);
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 6 });
  });

  test('of a lower limit is not forgotten while the key is idle', async () => {
    const { clock, limiter, ask } = start([perMinute(10)]);
    const permit = now(ask());
    permit.learn({ limit: 4 });
    permit.settle();
    await clock.advance(10 * minute);
    useOtherKeys(ask, 100);
    expect(limiter.peek(scopes).rules[0]).toMatchObject({ limit: 4, remaining: 4 });
  });

  test('later and better, by an answer that was overtaken, does not count', () => {
    const { limiter, ask } = start([perMinute(10)]);
    const permits = [now(ask()), now(ask())];
    permits[1]?.learn({ remaining: 3, resetMs: 30_000 });
    permits[0]?.learn({ remaining: 7, resetMs: 30_000 });
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 3 });
  });

  test('of more calls left changes nothing', () => {
    const { limiter, ask } = start([perMinute(3)]);
    const permits = [now(ask()), now(ask())];
    permits[0]?.learn({ limit: 3, remaining: 2, resetMs: 60_000 });
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 1 });
  });

  test('of none left stops everything until the reset', async () => {
    const { clock, limiter, ask } = start([perMinute(10)]);
    const permit = now(ask());
    permit.learn({ remaining: 0, resetMs: 20_000 });
    permit.settle();
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 0 });
    await clock.run(Promise.all([wait(ask()), wait(ask())]));
    expect(clock.monotonicNow()).toBe(20_000);
  });

  test('of none left is no news if all of them are our own: our log knows the next slot', async () => {
    const { clock, limiter, ask, wall } = start([perMinute(2)]);
    now(ask()).settle();
    await clock.advance(50_000);
    const last = now(ask());
    // NestJS throttlers 4 to 6 count a window of 60 s from the 50th second on, and count each call apart.
    last.learn({ limit: 2, remaining: 0, resetMs: minute });
    last.settle();
    const [rule] = limiter.peek().rules;
    expect(rule).toMatchObject({ remaining: 0, nextSlotAt: new Date(wall(minute + guardMs)) });
  });

  test('of fewer left counts the calls as they were when it was asked', async () => {
    const { clock, limiter, ask } = start([perMinute(10)]);
    for (let call = 0; call < 4; call += 1) now(ask()).settle();
    await clock.advance(minute);
    const permit = now(ask());
    await clock.advance(100);
    // Our four slots became free meanwhile, which the vendor cannot have known.
    permit.learn({ limit: 10, remaining: 5, resetMs: 30_000 });
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 9 });
    permit.learn({ limit: 10, remaining: 3, resetMs: 30_000 });
    expect(limiter.peek().rules[0]).toMatchObject({ remaining: 7 });
  });

  test('of none left tells at once those who cannot make it any more', async () => {
    const { ask } = start([perMinute(1)]);
    const permit = now(ask());
    const waiting = ask({ deadlineAt: 70_000 });
    permit.learn({ remaining: 0, resetMs: 80_000 });
    expect(await waiting).toMatchObject({ granted: false, reason: 'quota' });
  });

  test('speaks of the narrowest rule of the call', () => {
    const { limiter, ask } = start([
      { key: 'account', limit: 100, windowMs: 600_000 },
      { key: 'service', limit: 30, windowMs: minute },
    ]);
    now(ask({ scopes: { account: 'one', service: 'a' } })).learn({ remaining: 5 });
    const left = limiter.peek().rules.map(({ key, remaining }) => [key, remaining]);
    expect(left).toEqual([
      ['account', 5],
      ['service', 29],
    ]);
  });

  test('speaks of the rule with the limit that it names', () => {
    const { limiter, ask } = start([
      { key: 'account', limit: 10, windowMs: minute },
      { key: 'account', limit: 3, windowMs: 1000 },
    ]);
    const permit = now(ask());
    permit.learn({ limit: 3, remaining: 1, resetMs: 1000 });
    expect(limiter.peek().rules).toMatchObject([
      { limit: 10, remaining: 9 },
      { limit: 3, remaining: 1 },
    ]);
    permit.learn({ limit: 2, remaining: 1, resetMs: 1000 });
    expect(limiter.peek().rules).toMatchObject([{ limit: 2 }, { limit: 3 }]);
  });

  test('with a reset of zero holds for a second', () => {
    const { limiter, ask, wall } = start([perMinute(10)]);
    now(ask()).learn({ remaining: 0, resetMs: 0 });
    expect(limiter.peek().rules[0]?.nextSlotAt).toEqual(new Date(wall(1000)));
  });
});

describe('peek', () => {
  const rules: QuotaRule[] = [
    { key: 'service', limit: 2, windowMs: minute },
    { key: 'method', limit: 1, windowMs: minute, value: 'rare' },
  ];

  test('of an unused quota shows each rule, for any value', () => {
    const { limiter } = start(rules);
    expect(limiter.peek()).toEqual({
      rules: [
        {
          key: 'service',
          value: '*',
          limit: 2,
          windowMs: minute,
          remaining: 2,
          inFlight: 0,
          waiting: 0,
          nextSlotAt: null,
        },
        expect.objectContaining({ key: 'method', value: 'rare', remaining: 1 }),
      ],
    });
  });

  test('shows what is in use, under way and waited for, and uses nothing', async () => {
    const { clock, limiter, ask, wall } = start(rules);
    const request = { scopes: { service: 'a', method: 'rare' } };
    now(ask(request)).settle();
    now(ask({ scopes: { service: 'b' } }));
    void ask(request);
    const before = limiter.peek();
    expect(limiter.peek()).toEqual(before);
    const free = new Date(wall(minute + guardMs));
    expect(before.rules).toMatchObject([
      { value: 'a', remaining: 1, inFlight: 0, waiting: 1, nextSlotAt: null },
      { value: 'b', remaining: 1, inFlight: 1, waiting: 0, nextSlotAt: null },
      { value: 'rare', remaining: 0, inFlight: 0, waiting: 1, nextSlotAt: free },
    ]);
    limiter.close();
    await clock.advance(2 * minute);
    expect(limiter.peek().rules.map(({ value }) => value)).toEqual(['b', 'rare']);
  });

  test('of some scopes shows only their rules', () => {
    const { limiter, ask } = start(rules);
    now(ask({ scopes: { service: 'a' } }));
    expect(limiter.peek({ service: 'a' }).rules).toMatchObject([{ value: 'a', remaining: 1 }]);
    expect(limiter.peek({ service: 'c' }).rules).toMatchObject([{ value: 'c', remaining: 2 }]);
    expect(limiter.peek({ method: 'usual' }).rules).toEqual([]);
  });
});
