import type { Limiter, PermitRequest } from '../../src/limiter/limiter.ts';
import type { QuotaRule } from '../../src/limiter/rule.ts';
import type { VirtualClock } from '../../src/testing/virtual-clock.ts';

type Count = (now: number) => boolean;

/** The ways in which vendors count the calls of one rule and value. */
const counters = {
  'fixed window from the first request': (limit: number, windowMs: number) =>
    fixed(limit, (now, start) => (now < start + windowMs ? start : now)),
  'fixed window from the epoch': (limit: number, windowMs: number) =>
    fixed(limit, (now) => now - (now % windowMs)),
  'sliding window': (limit: number, windowMs: number) => sliding(limit, windowMs, false),
  'sliding window that counts refused calls': (limit: number, windowMs: number) =>
    sliding(limit, windowMs, true),
  'token bucket': (limit: number, windowMs: number) => bucket(limit, windowMs),
};

export type Kind = keyof typeof counters;

export const kinds = Object.keys(counters) as Kind[];

function fixed(limit: number, startOf: (now: number, start: number) => number): Count {
  let start = -Infinity;
  let used = 0;
  return (now) => {
    const current = startOf(now, start);
    if (current !== start) [start, used] = [current, 0];
    if (used >= limit) return false;
    used += 1;
    return true;
  };
}

function sliding(limit: number, windowMs: number, countsRefused: boolean): Count {
  let stamps: number[] = [];
  return (now) => {
    stamps = stamps.filter((stamp) => stamp > now - windowMs);
    const isAccepted = stamps.length < limit;
    if (isAccepted || countsRefused) stamps.push(now);
    return isAccepted;
  };
}

function bucket(limit: number, windowMs: number): Count {
  let tokens = limit;
  let filledAt = 0;
  return (now) => {
    tokens = Math.min(limit, tokens + ((now - filledAt) * limit) / windowMs);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** What happened to one call. */
export interface Journey {
  readonly call: number;
  readonly grantedAt: number;
  readonly answeredAt: number;
  readonly isRefused: boolean;
}

/** A vendor on a virtual clock, without HTTP: it counts each call somewhere on its way. */
export class SimulatedVendor {
  readonly journeys: Journey[] = [];
  readonly #counters = new Map<string, Count>();
  readonly #clock: VirtualClock;
  readonly #kind: Kind;
  readonly #rules: readonly QuotaRule[];

  constructor(clock: VirtualClock, kind: Kind, rules: readonly QuotaRule[]) {
    this.#clock = clock;
    this.#kind = kind;
    this.#rules = rules;
  }

  get refusals(): number {
    return this.journeys.filter(({ isRefused }) => isRefused).length;
  }

  /** The moment at which the last call was answered. */
  get finishedAt(): number {
    return Math.max(...this.journeys.map(({ answeredAt }) => answeredAt));
  }

  /** Uses the quota: by a call that arrives now, or as another client would. */
  accept(scopes: Readonly<Record<string, string>>): boolean {
    return this.#rules
      .filter(({ key, value }) => key in scopes && (value ?? scopes[key]) === scopes[key])
      .map((rule) => this.#counterOf(rule, scopes[rule.key] ?? '')(this.#clock.now()))
      .every((isAccepted) => isAccepted);
  }

  /** One call from the quota to the answer; refused ones are repeated until they are accepted. */
  async perform(
    limiter: Limiter,
    request: Partial<PermitRequest> & Pick<PermitRequest, 'scopes'>,
    { call = 0, outMs, backMs }: { call?: number; outMs: number; backMs: number },
  ): Promise<void> {
    const admission = await limiter.acquire({
      priority: 'interactive',
      deadlineAt: Infinity,
      ...request,
    });
    if (!admission.granted) throw new Error(admission.reason);
    const grantedAt = this.#clock.monotonicNow();
    await sleep(this.#clock, outMs);
    const isAccepted = this.accept(request.scopes);
    await sleep(this.#clock, backMs);
    const answeredAt = this.#clock.monotonicNow();
    this.journeys.push({ call, grantedAt, answeredAt, isRefused: !isAccepted });
    if (isAccepted) return admission.permit.settle();
    admission.permit.refused({});
    return this.perform(limiter, request, { call, outMs, backMs });
  }

  #counterOf({ key, limit, windowMs }: QuotaRule, value: string): Count {
    const name = JSON.stringify([key, value, windowMs]);
    const count = this.#counters.get(name) ?? counters[this.#kind](limit, windowMs);
    this.#counters.set(name, count);
    return count;
  }
}

export async function sleep(clock: VirtualClock, delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => clock.schedule(delayMs, resolve));
}

/** Numbers that look random and are the same in each run: mulberry32, from 0 to 1. */
export function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
