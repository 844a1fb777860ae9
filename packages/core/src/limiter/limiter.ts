import { refusedInput } from '../errors/validate.ts';
import { systemClock, type Clock } from '../time/clock.ts';
import {
  QuotaPermit,
  type Admission,
  type PermitOwner,
  type PermitRequest,
  type Refusal,
} from './permit.ts';
import type { QuotaWindow } from './quota-window.ts';
import type { ObservedQuota } from './restraint.ts';
import { mergeRules, validateRules, type QuotaRule } from './rule.ts';
import { Scheduler } from './scheduler.ts';
import { WindowTable } from './window-table.ts';

export type { Admission, Permit, PermitRequest, Refusal } from './permit.ts';

/** What is left of one rule for one value of its scope. */
export interface QuotaRulePeek {
  /** The rule's scope. */
  key: string;
  /** The value that is counted; `*` for all values of a rule of which nothing is in use. */
  value: string;
  /** How many calls a window allows: as declared, or fewer if the vendor said so. */
  limit: number;
  /** The length of the window, in milliseconds. */
  windowMs: number;
  /** How many calls may start now. */
  remaining: number;
  /** How many are under way. */
  inFlight: number;
  /** How many wait. */
  waiting: number;
  /** When the next slot is free, at the earliest; `null` if one is free now. */
  nextSlotAt: Date | null;
}

/** What is left of a quota. */
export interface QuotaPeek {
  /** One line for each rule and value in use. */
  rules: QuotaRulePeek[];
}

/** Lets calls through as a quota allows. Another copy of this package may have made it. */
export interface QuotaLimiter {
  /**
   * Asks for a permit. The answer comes at once if a slot is free, or if none can be in time;
   * otherwise it is a promise, which never rejects.
   */
  acquire(request: PermitRequest): Promise<Admission> | Admission;
  /** Tells what is left, for some scopes or for all that are in use. Asking uses nothing. */
  peek(scopes?: Readonly<Record<string, string>>): QuotaPeek;
}

/**
 * Schedules calls ahead of a vendor's limits, so that none is refused and none waits longer than it
 * must. A slot is busy from dispatch until the answer and one window more.
 *
 * A limiter is for one account. Give it as `quota` to several clients to share it among them; clients
 * of one account in one process share one anyway.
 *
 * @example
 * ```ts
 * const limiter = new Limiter([{ key: 'service', limit: 60, windowMs: 60_000 }]);
 * const client = new SecutixRest({ ...options, quota: limiter });
 * ```
 */
export class Limiter implements QuotaLimiter {
  readonly #clock: Clock;
  readonly #table = new WindowTable();
  readonly #scheduler: Scheduler;
  readonly #isWaitedFor = (window: QuotaWindow) => this.#scheduler.waitingFor(window) > 0;
  #isClosed = false;

  /**
   * @param rules - What the vendor allows. Two rules that count the same calls are refused.
   * @throws VendorError `CONFIGURATION` naming the rule that is wrong.
   * @param options - `clock`: where the time comes from; the computer's clock if absent.
   */
  constructor(rules: readonly QuotaRule[], options: { clock?: Clock | undefined } = {}) {
    const problem = validateRules(rules);
    if (problem) throw refusedInput('CONFIGURATION', `rules${problem.path}`, problem.message);
    this.#clock = options.clock ?? systemClock;
    this.#table.setRules(mergeRules([rules]));
    this.#scheduler = new Scheduler(
      this.#clock,
      (windows, now, waitedMs) => new QuotaPermit(this.#owner, windows, now, waitedMs),
    );
  }

  acquire(request: PermitRequest): Promise<Admission> | Admission {
    const now = this.#clock.monotonicNow();
    this.#scheduler.catchUp(now);
    this.#table.sweep(now, this.#isWaitedFor);
    const windows = this.#table.windowsOf(request);
    const objection = this.#objection(request, now);
    if (objection !== undefined) return this.#scheduler.refuse(objection, windows, request, now);
    const isFree = windows.every((window) => window.room(now) > 0);
    if (!isFree) return this.#scheduler.enqueue(windows, request, now);
    return { granted: true, permit: new QuotaPermit(this.#owner, windows, now, 0) };
  }

  peek(scopes?: Readonly<Record<string, string>>): QuotaPeek {
    const now = this.#clock.monotonicNow();
    return { rules: this.#table.inUse(scopes, now).map((window) => this.#describe(window, now)) };
  }

  /** Lets other rules hold from now on, for those who wait too. What was used stays counted. */
  replaceRules(rules: readonly QuotaRule[]): void {
    this.#table.setRules(mergeRules([rules]));
    this.#scheduler.realign(
      (request) => this.#table.windowsOf(request),
      this.#clock.monotonicNow(),
    );
  }

  /** Whether nothing is in use and nobody waits, so that a new limiter would be the same. */
  isIdle(): boolean {
    return this.#scheduler.waiting === 0 && this.#table.isIdle(this.#clock.monotonicNow());
  }

  /** Refuses everybody who waits, and whoever comes from now on. Permits stay valid. */
  close(): void {
    this.#isClosed = true;
    this.#scheduler.close(this.#clock.monotonicNow());
  }

  /** Why a call is refused before the quota is even looked at. */
  #objection(request: PermitRequest, now: number): Refusal['reason'] | undefined {
    if (this.#isClosed) return 'closed';
    if (request.signal?.aborted === true) return 'aborted';
    return request.deadlineAt < now ? 'quota' : undefined;
  }

  #describe(window: QuotaWindow, now: number): QuotaRulePeek {
    const { key, windowMs } = window.rule;
    const { value, limit, inFlight } = window;
    const remaining = Math.max(0, window.room(now));
    const waiting = this.#scheduler.waitingFor(window);
    const waitMs = window.earliestStart(now, 0) - now;
    const nextSlotAt = remaining > 0 ? null : new Date(Math.ceil(this.#clock.now() + waitMs));
    return { key, value, limit, windowMs, remaining, inFlight, waiting, nextSlotAt };
  }

  readonly #owner: PermitOwner = {
    settle: (permit, transitMs) => {
      const now = this.#clock.monotonicNow();
      for (const window of permit.windows) window.settle(permit, now, transitMs);
      this.#scheduler.changed(permit.windows, now);
    },
    release: (permit) => {
      const now = this.#clock.monotonicNow();
      for (const window of permit.windows) window.release(permit);
      this.#scheduler.changed(permit.windows, now);
    },
    cool: (permit, retryAfterMs) => {
      const now = this.#clock.monotonicNow();
      for (const window of permit.windows) window.cool(permit, now, retryAfterMs);
      this.#scheduler.delayed(permit.windows, now);
    },
    learn: (permit, observed) => {
      const now = this.#clock.monotonicNow();
      const window = windowMeant(permit.windows, observed);
      if (window === undefined || !window.learn(permit, observed, now)) return;
      this.#scheduler.delayed([window], now);
    },
  };
}

/** The window that a vendor speaks of: one with the limit that it names, or else the narrowest. */
function windowMeant(
  windows: readonly QuotaWindow[],
  { limit }: ObservedQuota,
): QuotaWindow | undefined {
  return narrowest(windows.filter(({ rule }) => rule.limit === limit)) ?? narrowest(windows);
}

function rate({ limit, rule }: QuotaWindow): number {
  return limit / rule.windowMs;
}

/** The window that allows the fewest calls in a time; of equal ones the last. */
function narrowest([first, ...others]: readonly QuotaWindow[]): QuotaWindow | undefined {
  return others.reduce((one, other) => (one && rate(one) < rate(other) ? one : other), first);
}
