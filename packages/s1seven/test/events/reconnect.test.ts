import { VendorError } from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explainEnd, isPassing } from '../../src/events/connection-failure.ts';
import {
  historyAfter,
  isRefusal,
  noHistory,
  reconnectDelayMs,
  suspectsTakeover,
  takeoverProvedInMs,
  type Ending,
  type History,
} from '../../src/events/reconnect.ts';
import { renewalDelays, untilRenewed } from '../../src/events/renewal.ts';
import { ScriptedTokens } from './harness.ts';

const reason = new VendorError('cut', { code: 'CONNECTION' });
const cut = {
  kind: 'cut',
  reason,
  livedMs: 100,
  byOtherSide: true,
  hasProgressed: false,
  hasTraffic: false,
  proof: undefined,
  atMs: 0,
} as const satisfies Ending;
const unreachable = { kind: 'unreachable', reason } as const;
const unanswered = { kind: 'unanswered', reason, topic: 'a', wasGranted: false, atMs: 0 } as const;

const after = (...endings: Ending[]): History => endings.reduce(historyAfter, noHistory);
const times = (count: number, ending: Ending): Ending[] =>
  Array.from({ length: count }, () => ending);
const longest = (history: History) => reconnectDelayMs(history, unreachable, () => 1);

describe('the wait before the next connection', () => {
  test('has a bound that doubles with each failure, up to 30 s', () => {
    const bounds = [1, 2, 3, 7, 8, 50].map((failures) =>
      longest(after(...times(failures, unreachable))),
    );
    expect(bounds).toEqual([250, 500, 1000, 16_000, 30_000, 30_000]);
  });

  test('is any length below its bound', () => {
    const ending = fc.constantFrom<Ending>(cut, unreachable, unanswered, { kind: 'again' });
    fc.assert(
      fc.property(
        fc.array(ending, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (endings, chance) => {
          const last = endings.at(-1) ?? cut;
          const history = after(...endings);
          const delayMs = reconnectDelayMs(history, last, () => chance);
          expect(delayMs).toBeGreaterThanOrEqual(0);
          expect(delayMs).toBeLessThanOrEqual(30_000);
        },
      ),
    );
  });

  test('is short again after a connection that was of use', () => {
    const failures = times(6, unreachable);
    expect(longest(after(...failures, { ...cut, hasProgressed: true }))).toBe(250);
    expect(longest(after(...failures, { ...cut, livedMs: 10_000 }))).toBe(250);
    expect(longest(after(...failures, cut))).toBe(16_000);
  });

  test('grows with many short connections, even if they were of use', () => {
    const useful = { ...cut, hasProgressed: true, byOtherSide: false };
    expect([7, 8, 16, 24].map((count) => longest(after(...times(count, useful))))).toEqual([
      250, 500, 1000, 2000,
    ]);
  });

  test('is none for another token', () => {
    expect(reconnectDelayMs(after(...times(9, cut)), { kind: 'again' }, () => 1)).toBe(0);
  });
});

describe('a takeover', () => {
  test('is suspected after three short connections without traffic', () => {
    expect(suspectsTakeover(after(...times(2, cut)))).toBe(false);
    expect(suspectsTakeover(after(...times(3, cut)))).toBe(true);
  });

  test('is suspected after twenty with traffic', () => {
    const busy = { ...cut, hasTraffic: true };
    expect(suspectsTakeover(after(...times(19, busy)))).toBe(false);
    expect(suspectsTakeover(after(...times(20, busy)))).toBe(true);
  });

  test('may begin with the end of a long connection, but not go on with it', () => {
    const long = { ...cut, livedMs: 30_000 };
    expect(suspectsTakeover(after(long, cut, cut))).toBe(true);
    expect(suspectsTakeover(after(...times(9, cut), long, cut))).toBe(false);
    expect(suspectsTakeover(after(...times(9, long)))).toBe(false);
  });

  test('is suspected no more after a proof that it was none', () => {
    expect(suspectsTakeover(after(...times(9, cut), { ...cut, proof: 'network' }))).toBe(false);
  });

  test('is not suspected of connections that ended by themselves', () => {
    expect(suspectsTakeover(after(...times(9, { ...cut, byOtherSide: false })))).toBe(false);
  });

  const stolen = { ...cut, proof: 'takeover' } as const;
  const provedIn = (endings: Ending[], atMs: number, readySinceMs: number) =>
    takeoverProvedInMs(after(...endings), { atMs }, readySinceMs);

  test.each([
    ['four confirmations and 10 s for a stream that is older than a minute', -60_001, 4, 10_000],
    ['seven confirmations and 20 s for a younger one', -60_000, 7, 20_000],
  ])('is proved by %s', (_what, readySinceMs, needed, overMs) => {
    const suspected = times(3, cut);
    const proofs = (count: number) => [...suspected, ...times(count, stolen)];
    expect(provedIn(proofs(needed - 1), 0, readySinceMs)).toBeUndefined();
    expect(provedIn(proofs(needed), 0, readySinceMs)).toBe(overMs);
    const lateMs = overMs + 5;
    expect(provedIn(proofs(needed), lateMs, readySinceMs + lateMs)).toBe(0);
  });

  test('is not proved by confirmations that are not in a row', () => {
    const refuted = { ...cut, proof: 'network' } as const;
    const endings = [...times(3, cut), ...times(3, stolen), refuted, ...times(3, stolen)];
    expect(provedIn(endings, 1e6, 0)).toBeUndefined();
  });

  test('that cannot be proved or refuted is no storm, and no conflict', () => {
    for (const each of [cut, { ...cut, hasTraffic: true, hasProgressed: true }]) {
      const endings = [...times(20, each), ...times(20, each)];
      expect(provedIn(endings, 1e9, 0)).toBeUndefined();
      expect(reconnectDelayMs(after(...endings), each, () => 1)).toBe(30_000);
    }
  });

  test('makes the waits longer with each confirmation, and less than a long life', () => {
    const bounds = [1, 2, 3, 4, 9].map((count) =>
      reconnectDelayMs(after(...times(3, cut), ...times(count, stolen)), stolen, () => 1),
    );
    expect(bounds).toEqual([2000, 4000, 8000, 8000, 8000]);
  });

  test('is never proved without four confirmations since the last refutation', () => {
    const proof = fc.constantFrom('takeover' as const, 'network' as const, undefined);
    const ending = fc.record({
      proof,
      livedMs: fc.nat(60_000),
      hasTraffic: fc.boolean(),
      byOtherSide: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(ending), (endings) => {
        let sinceReset = 0;
        for (const { proof: told, livedMs } of endings) {
          if (told === 'network' || livedMs >= 30_000) sinceReset = 0;
          if (told === 'takeover') sinceReset += 1;
        }
        const cuts = endings.map((each): Ending => ({ ...cut, ...each }));
        const isProved = provedIn(cuts, 1e9, 0) !== undefined;
        expect(isProved && sinceReset < 4).toBe(false);
      }),
    );
  });
});

describe('a topic that is not answered', () => {
  const refused = (...endings: Ending[]) => isRefusal(after(...endings, unanswered), unanswered);

  test('is refused if it happens twice running', () => {
    expect(refused()).toBe(false);
    expect(refused(unanswered)).toBe(true);
  });

  test('is a cut if something else happened meanwhile', () => {
    for (const other of [unreachable, cut, { ...unanswered, topic: 'b' }]) {
      expect(refused(unanswered, other)).toBe(false);
    }
  });

  test('needs five times and a minute if it was granted before', () => {
    const early = { ...unanswered, wasGranted: true };
    const late = { ...early, atMs: 60_000 };
    expect(isRefusal(after(...times(50, early)), early)).toBe(false);
    expect(isRefusal(after(...times(3, early), late), late)).toBe(false);
    expect(isRefusal(after(...times(4, early), late), late)).toBe(true);
  });
});

test.each([
  [{ kind: 'refused', returnCode: 1 }, 'CONFIGURATION'],
  [{ kind: 'refused', returnCode: 2 }, 'FORBIDDEN'],
  [{ kind: 'refused', returnCode: 3 }, 'CONNECTION'],
  [{ kind: 'refused', returnCode: 99 }, 'FORBIDDEN'],
  [{ kind: 'failed', code: 'ECONNREFUSED' }, 'CONNECTION'],
  [{ kind: 'failed', code: 'SILENT' }, 'CONNECTION'],
  [{ kind: 'failed', code: 'NOT_MQTT' }, 'CONNECTION'],
  [{ kind: 'failed', code: 'TIMEOUT' }, 'TIMEOUT'],
  [{ kind: 'failed', code: 'CERT_HAS_EXPIRED' }, 'CERTIFICATE'],
  [{ kind: 'failed', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'CERTIFICATE'],
  [{ kind: 'failed', code: 'HTTP_404' }, 'CONFIGURATION'],
  [{ kind: 'failed', code: 'HTTP_503' }, 'CONNECTION'],
  [{ kind: 'closed' }, 'CONNECTION'],
] as const)('%j is explained as %s', (end, code) => {
  const error = explainEnd(end, 'broker:8883', false);
  expect(error).toMatchObject({ code, vendor: 's1seven', operation: 'subscribe' });
  expect(error.message).toContain('broker:8883');
  expect(isPassing(error)).toBe(code === 'CONNECTION' || code === 'TIMEOUT');
});

test('a path that is not found passes once it was right', () => {
  const error = explainEnd({ kind: 'failed', code: 'HTTP_404' }, 'broker', true);
  expect(error.code).toBe('CONNECTION');
});

describe('a token’s renewal', () => {
  const minuteMs = 60_000;

  test('is asked for four to five minutes before the end, and at the end', () => {
    const dayMs = 24 * 60 * minuteMs;
    expect(renewalDelays(dayMs, () => 0)).toEqual([dayMs - 4 * minuteMs, dayMs]);
    expect(renewalDelays(dayMs, () => 1)).toEqual([dayMs - 5 * minuteMs, dayMs]);
  });

  test('comes after half the life of a short one, and never at once', () => {
    expect(renewalDelays(minuteMs, () => 0)).toEqual([30_000, 60_000]);
    expect(renewalDelays(1, () => 0)).toEqual([1000, 1000]);
    expect(renewalDelays(0, () => 0)).toEqual([]);
  });

  const wait = (tokens: ScriptedTokens, signal = new AbortController().signal) => {
    const clock = new VirtualClock();
    const host = { tokens, clock, deadlineMs: 10_000 };
    const token = { token: 'old', expiresAtMs: clock.now() + 60 * minuteMs };
    return { clock, renewed: untilRenewed(host, token, signal, () => 0) };
  };

  test('is there when another token is', async () => {
    const { clock, renewed } = wait(new ScriptedTokens('old', 'new'));
    expect(await clock.run(renewed)).toBe(true);
    expect(clock.monotonicNow()).toBe(56 * minuteMs);
  });

  test('is tried once more at the end, and then no more', async () => {
    const tokens = new ScriptedTokens('old');
    const { clock, renewed } = wait(tokens);
    expect(await clock.run(renewed)).toBe(false);
    expect([tokens.asked, clock.monotonicNow()]).toEqual([
      ['getRenewed', 'getRenewed'],
      60 * minuteMs,
    ]);
  });

  test('that fails is not there', async () => {
    const tokens = new ScriptedTokens('old', 'new');
    tokens.failure = reason;
    const { clock, renewed } = wait(tokens);
    expect(await clock.run(renewed)).toBe(false);
  });

  test('is waited for no longer than the connection lasts', async () => {
    const ended = new AbortController();
    const { clock, renewed } = wait(new ScriptedTokens('old', 'new'), ended.signal);
    ended.abort();
    expect([await renewed, clock.pendingTimers]).toEqual([false, 0]);
  });

  test('of a token without a known end is not asked for', async () => {
    const clock = new VirtualClock();
    const host = { tokens: new ScriptedTokens(), clock, deadlineMs: 10_000 };
    const { signal } = new AbortController();
    expect(await untilRenewed(host, { token: 'opaque' }, signal, () => 0)).toBe(false);
  });
});
