import { VendorError } from '@vendorkit/core';
import { describe, expect, test } from '@jest/globals';
import {
  historyAfter,
  noHistory,
  reconnectDelayMs,
  suspectsTakeover,
  takeoverProvedInMs,
  type Ending,
  type History,
  type TakeoverProof,
} from '../../src/events/reconnect.ts';

const reason = new VendorError('cut', { code: 'CONNECTION' });
const connectMs = 20;

/** Chance that is the same in each run (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The decisions of a stream, without its connections. */
class SimulatedStream {
  readonly #random: () => number;
  readonly #hasTraffic: boolean;
  #history: History = noHistory;
  #readySinceMs: number | undefined;
  #connectedAtMs = 0;
  connects = 0;

  constructor(random: () => number, hasTraffic: boolean) {
    this.#random = random;
    this.#hasTraffic = hasTraffic;
  }

  get isSuspicious(): boolean {
    return suspectsTakeover(this.#history);
  }

  connect(nowMs: number): void {
    this.connects += 1;
    this.#readySinceMs ??= nowMs;
    this.#connectedAtMs = nowMs;
  }

  /** @returns When it connects again, or that it ends for good. */
  isCut(atMs: number, proof: TakeoverProof | undefined): { connectMs: number } | { endMs: number } {
    const ending: Ending = {
      kind: 'cut',
      reason,
      livedMs: atMs - this.#connectedAtMs,
      byOtherSide: true,
      hasProgressed: this.#hasTraffic,
      hasTraffic: this.#hasTraffic,
      proof,
      atMs,
    };
    this.#history = historyAfter(this.#history, ending);
    const provedInMs = takeoverProvedInMs(this.#history, ending, this.#readySinceMs ?? atMs);
    if (provedInMs !== undefined) return { endMs: atMs + provedInMs };
    return { connectMs: atMs + reconnectDelayMs(this.#history, ending, this.#random) + connectMs };
  }
}

/** Lets two streams with one client id fight, of which the second starts later. */
function fight(seed: number, laterMs: number, hasTraffic: boolean) {
  const random = chanceOf(seed);
  const older = new SimulatedStream(random, hasTraffic);
  const newer = new SimulatedStream(random, hasTraffic);
  older.connect(0);
  let [holder, challenger, nowMs] = [older, newer, laterMs];
  for (;;) {
    const isWatched = holder.isSuspicious;
    challenger.connect(nowMs);
    const next = holder.isCut(nowMs, isWatched ? 'takeover' : undefined);
    if ('endMs' in next) {
      const connects = older.connects + newer.connects;
      return { isOlderLoser: holder === older, connects, overMs: next.endMs - laterMs };
    }
    nowMs = next.connectMs;
    [holder, challenger] = [challenger, holder];
  }
}

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);

describe('of two rivals', () => {
  test.each([
    ['started 1.5 s apart', 1500, false],
    ['started 1.5 s apart, with traffic', 1500, true],
    ['of which one is older than a minute', 90_000, false],
    ['of which one is older than a minute, with traffic', 90_000, true],
    ['of which one becomes older than a minute meanwhile', 50_000, false],
  ])('%s the older gives way, without a storm', (_what, laterMs, hasTraffic) => {
    const fights = seeds.map((seed) => fight(seed, laterMs, hasTraffic));
    expect(fights.filter(({ isOlderLoser }) => !isOlderLoser)).toHaveLength(0);
    const mostConnects = Math.max(...fights.map(({ connects }) => connects));
    expect(mostConnects).toBeLessThanOrEqual(hasTraffic ? 56 : 22);
    expect(Math.min(...fights.map(({ overMs }) => overMs))).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...fights.map(({ overMs }) => overMs))).toBeLessThan(120_000);
  });
});

/** How long a stream survives behind something that ends each connection after 1 to 6 s. */
function survivalMs(seed: number, mostMs: number, hasTraffic: boolean): number {
  const random = chanceOf(seed);
  const lifeMs = () => 1000 + 5000 * random();
  const stream = new SimulatedStream(random, hasTraffic);
  let probeEndMs: number | undefined;
  let nowMs = 0;
  while (nowMs < mostMs) {
    if (stream.isSuspicious) probeEndMs ??= nowMs + lifeMs();
    else probeEndMs = undefined;
    stream.connect(nowMs);
    const endMs = nowMs + lifeMs();
    const proof =
      probeEndMs === undefined ? undefined : probeEndMs > endMs ? 'takeover' : 'network';
    const next = stream.isCut(endMs, proof);
    if ('endMs' in next) {
      // The probe has to last until then.
      if ((probeEndMs ?? 0) > next.endMs) return next.endMs;
      return survivalMs(seed + 1_000_003, mostMs - next.endMs, hasTraffic) + next.endMs;
    }
    nowMs = next.connectMs;
  }
  return mostMs;
}

test.each([false, true])(
  'a proxy that ends each connection after 1 to 6 s is no rival (traffic: %s)',
  (hasTraffic) => {
    const hourMs = 3_600_000;
    const survivors = seeds.filter((seed) => survivalMs(seed, hourMs, hasTraffic) >= hourMs);
    expect(survivors).toHaveLength(seeds.length);
  },
);
