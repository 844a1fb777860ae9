import type { Clock, Timer } from '../time/clock.ts';
import { AbortWatch } from './abort-watch.ts';
import { Heap } from './heap.ts';
import { Waiter, type Gate, type Lane } from './lane.ts';
import type { Admission, Permit, PermitRequest, Refusal } from './permit.ts';
import type { QuotaWindow } from './quota-window.ts';
import { WaitQueue } from './wait-queue.ts';

/** Makes the permit of a call whose turn has come. */
export type Grant = (windows: readonly QuotaWindow[], now: number, waitedMs: number) => Permit;

/**
 * Lets those who wait through as slots become free: the highest priority first, then the longest
 * wait, and no call is held up by a window that it does not need. One timer serves all.
 */
export class Scheduler {
  readonly #clock: Clock;
  readonly #grant: Grant;
  readonly #queue = new WaitQueue();
  /** The gates where lanes are parked and that open at a known moment. */
  readonly #opening = new Heap<Gate>((one, other) => one.opensAt < other.opensAt);
  /** The gates that are open now, while lanes are let through; the lane to go first on top. */
  readonly #open = new Heap<Gate>((one, other) => one.precedes(other));
  readonly #deadlines = new Heap<Waiter>(
    (one, other) => one.request.deadlineAt < other.request.deadlineAt,
  );
  readonly #signals = new AbortWatch<Waiter>((waiter) => this.#abandon(waiter));
  #timer: Timer | undefined;
  #timerAt = Infinity;
  #arrivals = 0;

  constructor(clock: Clock, grant: Grant) {
    this.#clock = clock;
    this.#grant = grant;
  }

  /** How many calls wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** How many calls need a window. */
  waitingFor(window: QuotaWindow): number {
    return this.#queue.gateOf(window)?.waiting ?? 0;
  }

  /** Does what is due by now, so that a newcomer overtakes nobody. */
  catchUp(now: number): void {
    if (this.#queue.size > 0 && this.#nextMoment() <= now) this.#run(now);
  }

  /** A call waits, or is told at once that it would wait in vain. */
  enqueue(
    windows: readonly QuotaWindow[],
    request: PermitRequest,
    now: number,
  ): Admission | Promise<Admission> {
    const hasDeadline = request.deadlineAt !== Infinity;
    const startAt = hasDeadline ? this.#expectedStart(windows, request, now) : now;
    if (startAt > request.deadlineAt) return this.#refusal('quota', startAt, now);
    return new Promise((resolve) => {
      const waiter = new Waiter(request, (this.#arrivals += 1), now, resolve);
      this.#line(waiter, windows, now);
      if (hasDeadline) this.#deadlines.put(waiter);
      if (request.signal !== undefined) this.#signals.add(request.signal, waiter);
      this.#arm(now);
    });
  }

  /** The answer to a call that cannot have a permit. */
  refuse(
    reason: Refusal['reason'],
    windows: readonly QuotaWindow[],
    request: PermitRequest,
    now: number,
  ): Refusal {
    return this.#refusal(reason, this.#expectedStart(windows, request, now), now);
  }

  /** Some windows may have room now, or at another moment than before. */
  changed(windows: Iterable<QuotaWindow>, now: number): void {
    if (this.#queue.size === 0) return;
    for (const window of windows) {
      const gate = this.#queue.gateOf(window);
      if (gate !== undefined) this.#watch(gate, now);
    }
    this.#run(now);
  }

  /** Some windows were closed for a while: whoever cannot make it any more is told at once. */
  delayed(windows: readonly QuotaWindow[], now: number): void {
    for (const lane of this.#queue.lanes) {
      if (lane.gates.some((gate) => windows.includes(gate.window))) this.#dismissLate(lane, now);
    }
    this.changed(windows, now);
    // If nobody is left, nobody needs the timer.
    if (this.#queue.size === 0) this.#arm(now);
  }

  /** The rules have changed: everybody lines up again, in the order of arrival. */
  realign(windowsOf: (request: PermitRequest) => readonly QuotaWindow[], now: number): void {
    const waiters = this.#queue.inOrder();
    for (const waiter of waiters) this.#unline(waiter);
    for (const waiter of waiters) this.#line(waiter, windowsOf(waiter.request), now);
    this.#run(now);
  }

  /** Sends everybody away. */
  close(now: number): void {
    for (const waiter of this.#queue.inOrder()) this.#dismiss(waiter, 'closed', now);
    this.#arm(now);
  }

  #expectedStart(windows: readonly QuotaWindow[], request: PermitRequest, now: number): number {
    const ahead = this.#queue.countAhead(windows, request.priority);
    const starts = windows.map((window, index) => window.earliestStart(now, ahead[index] ?? 0));
    return Math.max(now, ...starts);
  }

  #line(waiter: Waiter, windows: readonly QuotaWindow[], now: number): void {
    if (windows.length === 0) return this.#admit(waiter, windows, now);
    const lane = this.#queue.add(waiter, windows);
    if (lane.gate === undefined) this.#park(lane, lane.blockedAt(now) ?? lane.gates[0], now);
  }

  #park(lane: Lane, gate: Gate | undefined, now: number): void {
    lane.gate?.parked.remove(lane);
    lane.gate = gate;
    if (gate === undefined) return;
    gate.parked.put(lane);
    if (this.#open.has(gate)) this.#open.put(gate);
    else this.#watch(gate, now);
  }

  /** Notes when a gate opens, if anybody is parked there. */
  #watch(gate: Gate, now: number): void {
    gate.opensAt = gate.parked.top === undefined ? Infinity : gate.window.nextStart(now);
    if (gate.opensAt === Infinity) this.#opening.remove(gate);
    else this.#opening.put(gate);
  }

  /** Everything that is due: late ones leave, slots are given out, the timer is set. */
  #run(now: number): void {
    this.#dismissWhere((deadlineAt) => deadlineAt < now, now);
    this.#openGates(now);
    for (let gate = this.#open.pop(); gate !== undefined; gate = this.#open.pop()) {
      this.#serve(gate, now);
    }
    this.#dismissWhere((deadlineAt) => deadlineAt <= now, now);
    this.#arm(now);
  }

  #openGates(now: number): void {
    for (let gate = this.#opening.top; gate !== undefined; gate = this.#opening.top) {
      if (gate.opensAt > now) return;
      this.#opening.remove(gate);
      this.#open.put(gate);
    }
  }

  /** Lets the first lane of a gate through, or sends it to the window that holds it up. */
  #serve(gate: Gate, now: number): void {
    const lane = gate.parked.top;
    if (lane?.head === undefined) return;
    if (gate.window.room(now) <= 0) return this.#watch(gate, now);
    const blocked = lane.blockedAt(now);
    if (blocked === undefined) this.#admit(lane.head, lane.windows, now);
    else this.#park(lane, blocked, now);
    if (gate.parked.top !== undefined) this.#open.put(gate);
  }

  #admit(waiter: Waiter, windows: readonly QuotaWindow[], now: number): void {
    this.#leave(waiter);
    const permit = this.#grant(windows, now, now - waiter.arrivedAt);
    waiter.resolve({ granted: true, permit });
  }

  #abandon(waiter: Waiter): void {
    const now = this.#clock.monotonicNow();
    this.#dismiss(waiter, 'aborted', now);
    this.#arm(now);
  }

  #dismissWhere(isLate: (deadlineAt: number) => boolean, now: number): void {
    for (let first = this.#deadlines.top; first !== undefined; first = this.#deadlines.top) {
      if (!isLate(first.request.deadlineAt)) return;
      this.#dismiss(first, 'quota', now);
    }
  }

  #dismissLate(lane: Lane, now: number): void {
    let ahead = 0;
    for (const waiter of lane) {
      const starts = lane.windows.map((window) => window.earliestStart(now, ahead));
      if (Math.max(...starts) <= waiter.request.deadlineAt) ahead += 1;
      else this.#dismiss(waiter, 'quota', now);
    }
  }

  #dismiss(waiter: Waiter, reason: Refusal['reason'], now: number): void {
    const windows = waiter.lane?.windows ?? [];
    this.#leave(waiter);
    waiter.resolve(this.refuse(reason, windows, waiter.request, now));
  }

  #leave(waiter: Waiter): void {
    this.#unline(waiter);
    this.#deadlines.remove(waiter);
    const { signal } = waiter.request;
    if (signal !== undefined) this.#signals.remove(signal, waiter);
  }

  #unline(waiter: Waiter): void {
    const gates = waiter.lane?.gates ?? [];
    this.#queue.remove(waiter);
    for (const gate of gates) if (gate.parked.top === undefined) this.#opening.remove(gate);
  }

  #refusal(reason: Refusal['reason'], startAt: number, now: number): Refusal {
    const availableAtMs = Math.ceil(this.#clock.now() + (startAt - now));
    return { granted: false, reason, availableAtMs };
  }

  #nextMoment(): number {
    const opensAt = this.#opening.top?.opensAt ?? Infinity;
    return Math.min(opensAt, this.#deadlines.top?.request.deadlineAt ?? Infinity);
  }

  /** Sets the timer, unless it rings earlier anyway. Nobody waits: there is none. */
  #arm(now: number): void {
    const at = this.#queue.size === 0 ? Infinity : this.#nextMoment();
    if (at !== Infinity && this.#timerAt <= at) return;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#timerAt = at;
    if (at === Infinity) return;
    // Whole milliseconds, so that a rounded sum of two moments cannot ring too early for ever.
    this.#timer = this.#clock.schedule(Math.max(1, Math.ceil(at - now)), () => this.#ring());
  }

  #ring(): void {
    this.#timer = undefined;
    this.#timerAt = Infinity;
    this.#run(this.#clock.monotonicNow());
  }
}
