import { Restraint, type ObservedQuota } from './restraint.ts';
import type { QuotaRule } from './rule.ts';
import { SlotLog } from './slot-log.ts';

/** A rule in force. Its limit, and whether polls count, may change while calls are under way. */
export interface ActiveRule extends Readonly<QuotaRule> {
  limit: number;
  polls: boolean;
  /** How long a slot stays busy after the answer, in milliseconds: the window and a guard. */
  readonly busyMs: number;
}

/** What a window must know of a call. */
export interface WindowCall {
  /** When the call took its slots, on the clock's monotonic scale. */
  readonly dispatchedAt: number;
}

/** Puts a rule in force. */
export function activate(rule: QuotaRule): ActiveRule {
  return { ...rule, polls: rule.polls ?? true, busyMs: rule.windowMs + guardMs(rule.windowMs) };
}

/**
 * Covers the drift between two computers' clocks and the rounding of moments to milliseconds: a
 * thousandth of the window, at least 1 ms and at most 100 ms.
 */
function guardMs(windowMs: number): number {
  return Math.min(100, Math.max(1, windowMs / 1000));
}

/** A reset of zero is a second rounded down: NestJS throttlers 2 and 3 say so of a first call. */
const shortestResetMs = 1000;

/**
 * The calls of one rule and one value of its scope. A slot is busy from dispatch until the answer and
 * a window more: the vendor counted the call at some moment between the two, so that no window of the
 * vendor, fixed or sliding, can ever hold more than the limit.
 *
 * It is a log rather than having one, because a process may keep a million of them.
 */
export class QuotaWindow extends SlotLog {
  /** The rule. */
  readonly rule: ActiveRule;
  /** The value of the rule's scope. */
  readonly value: string;
  #inFlight = 0;
  #restraint: Restraint | undefined = undefined;

  constructor(rule: ActiveRule, value: string) {
    super();
    this.rule = rule;
    this.value = value;
  }

  /** How many calls are under way. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** How many calls a window may hold: what the rule says, or less if the vendor says less. */
  get limit(): number {
    const { limit } = this.rule;
    return this.#restraint === undefined ? limit : Math.min(limit, this.#restraint.limit);
  }

  /** Whether a call is the first one after a pause, and has not ended yet. */
  isProbe(call: WindowCall): boolean {
    return this.#restraint?.isProbe(call) ?? false;
  }

  /** How many calls may start now. Zero or less: none. */
  room(now: number): number {
    this.expire(now);
    const free = this.limit - this.#inFlight - this.size;
    const restraint = this.#restraint;
    return restraint === undefined ? free : restraint.allow(free - restraint.held(now), now);
  }

  /** The next moment at which a call may start, or `Infinity` if only an answer can tell. */
  nextStart(now: number): number {
    if (this.room(now) > 0) return now;
    const restraint = this.#restraint;
    if (restraint?.isProbing === true) return Infinity;
    const rank = busy(this, restraint, now) - this.limit;
    return Math.max(freesAt(this, restraint, rank, now), restraint?.closedUntil ?? now);
  }

  /**
   * The earliest moment at which a call may start that so many others precede. It cannot start
   * before, even if all calls under way are answered at once.
   */
  earliestStart(now: number, ahead: number): number {
    this.expire(now);
    const { limit } = this;
    const { busyMs } = this.rule;
    const restraint = this.#restraint;
    const answeredAt = this.#inFlight > 0 ? now + busyMs : Infinity;
    const first = busy(this, restraint, now) - limit;
    const startOf = (rank: number) =>
      Math.max(
        Math.min(freesAt(this, restraint, first + rank, now), answeredAt),
        restraint?.closedUntil ?? now,
        now,
      );
    // From there on each slot is used once a window. A slot that is busy for longer than that, after a
    // long transit for instance, is overtaken by the first one's second use.
    const start = Math.min(startOf(ahead % limit), startOf(0) + busyMs);
    return start + Math.floor(ahead / limit) * busyMs;
  }

  /** A call takes a slot. */
  take(call: WindowCall): void {
    this.#inFlight += 1;
    this.#restraint?.take(call);
  }

  /** A call was not sent: its slot is free again. */
  release(call: WindowCall): void {
    this.#inFlight -= 1;
    this.#restraint?.release(call);
  }

  /**
   * A call has ended. The vendor counted it by then, or will have within the transit time.
   */
  settle(call: WindowCall, now: number, transitMs: number): void {
    this.#inFlight -= 1;
    this.expire(now);
    this.add(now + transitMs + this.rule.busyMs);
    this.#restraint?.settle(call);
  }

  /** The vendor refused a call: nothing starts for a while, then one call alone. */
  cool(call: WindowCall, now: number, retryAfterMs: number | undefined): void {
    this.#restraint ??= new Restraint();
    this.#restraint.cool(call, call.dispatchedAt, now, retryAfterMs ?? this.rule.busyMs);
  }

  /**
   * The vendor told how it counts. What it says is believed if it is less than what we know.
   *
   * @param call - The call whose answer tells it.
   * @returns Whether calls may have to wait longer, or no longer.
   */
  learn(call: WindowCall, { limit, remaining, resetMs }: ObservedQuota, now: number): boolean {
    const before = this.limit;
    if (limit !== undefined && (limit < before || this.#restraint !== undefined)) {
      this.#restraint ??= new Restraint();
      // It holds until the vendor names another. A higher one than the rule's never does.
      this.#restraint.limit = limit < this.rule.limit ? Math.max(1, limit) : Infinity;
    }
    this.expire(now);
    // When the vendor counted the call, it may have counted those whose slots became free since.
    const used = this.#inFlight + this.size + this.freedAfter(call.dispatchedAt);
    const free = this.limit - used;
    const { busyMs } = this.rule;
    // If the vendor counts what we count, our own log tells the very moment of the next slot. Resets
    // do not: those of NestJS throttlers from version 4 on may be a window too late.
    const isLonger = remaining === 0 && resetMs !== undefined && resetMs > busyMs;
    const isNews = remaining !== undefined && (remaining < free || isLonger);
    if (isNews) {
      const pauseMs = Math.max(resetMs ?? busyMs, Math.min(shortestResetMs, busyMs));
      this.#restraint ??= new Restraint();
      this.#restraint.hold(free - remaining, now, pauseMs);
      if (remaining === 0) this.#restraint.close(now, pauseMs);
    }
    return isNews || this.limit !== before;
  }

  /** Whether nothing of this window matters any more. */
  isIdle(now: number): boolean {
    if (this.#inFlight > 0) return false;
    this.expire(now);
    return this.size === 0 && (this.#restraint?.isOver(now, this.rule.windowMs) ?? true);
  }
}

/*
 * These are functions rather than private methods, because a class with private methods makes each of
 * its objects larger.
 */

/** How many slots are in use, by us and by others. */
function busy(window: QuotaWindow, restraint: Restraint | undefined, now: number): number {
  return window.inFlight + window.size + (restraint?.held(now) ?? 0);
}

/**
 * When the busy slot of that rank becomes free: our own slots and those that others use, in order.
 * `Infinity` for those of calls under way.
 */
function freesAt(
  log: SlotLog,
  restraint: Restraint | undefined,
  rank: number,
  now: number,
): number {
  if (rank < 0) return now;
  const held = restraint?.held(now) ?? 0;
  const heldUntil = restraint?.heldUntil ?? now;
  if (held === 0 || log.at(rank) <= heldUntil) return log.at(rank);
  return rank < held ? heldUntil : Math.max(heldUntil, log.at(rank - held));
}
