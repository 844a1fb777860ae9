import { Heap, type HeapItem } from './heap.ts';
import type { Admission, PermitRequest } from './permit.ts';
import type { Priority } from './rule.ts';
import type { QuotaWindow } from './quota-window.ts';

/** A call that waits. It is a link of its lane's chain, so that it can leave from the middle. */
export class Waiter implements HeapItem {
  /** Its place among the deadlines. */
  position = -1;
  previous: Waiter | undefined = undefined;
  next: Waiter | undefined = undefined;
  /** Where it stands. */
  lane: Lane | undefined = undefined;
  /** What it asked for. */
  readonly request: PermitRequest;
  /** Its turn of arrival among all. */
  readonly order: number;
  /** When it came, on the clock's monotonic scale. */
  readonly arrivedAt: number;
  /** Gives the answer. */
  readonly resolve: (admission: Admission) => void;

  constructor(
    request: PermitRequest,
    order: number,
    arrivedAt: number,
    resolve: (admission: Admission) => void,
  ) {
    this.request = request;
    this.order = order;
    this.arrivedAt = arrivedAt;
    this.resolve = resolve;
  }
}

/**
 * Calls that need the same windows and have the same priority, in order of arrival. Only the first can
 * be next, so that a lane waits as one: parked at one window that has no room for it.
 */
export class Lane implements HeapItem {
  /** Its place among the lanes parked at the same gate. */
  position = -1;
  /** Where it is parked. */
  gate: Gate | undefined = undefined;
  /** The first to be served. */
  head: Waiter | undefined = undefined;
  /** How many wait. */
  size = 0;
  /** The name under which it is found. */
  readonly name: string;
  /** What its calls need. */
  readonly windows: readonly QuotaWindow[];
  /** The windows' gates, in the same order. */
  readonly gates: readonly Gate[];
  readonly #rank: number;
  #tail: Waiter | undefined = undefined;

  constructor(
    name: string,
    windows: readonly QuotaWindow[],
    gates: readonly Gate[],
    priority: Priority,
  ) {
    this.name = name;
    this.windows = windows;
    this.gates = gates;
    this.#rank = priority === 'interactive' ? 0 : 1;
  }

  /** Whether its first call goes before another lane's: by priority, then by arrival. */
  precedes(other: Lane): boolean {
    if (this.#rank !== other.#rank) return this.#rank < other.#rank;
    return (this.head?.order ?? Infinity) < (other.head?.order ?? Infinity);
  }

  /** The first of its windows that has no room. */
  blockedAt(now: number): Gate | undefined {
    return this.gates.find((gate) => gate.window.room(now) <= 0);
  }

  /** Adds a call behind the others. */
  append(waiter: Waiter): void {
    waiter.lane = this;
    waiter.previous = this.#tail;
    if (this.#tail === undefined) this.head = waiter;
    else this.#tail.next = waiter;
    this.#tail = waiter;
    this.size += 1;
  }

  /** Takes a call out, wherever it stands. */
  remove(waiter: Waiter): void {
    const { previous, next } = waiter;
    if (previous === undefined) this.head = next;
    else previous.next = next;
    if (next === undefined) this.#tail = previous;
    else next.previous = previous;
    waiter.lane = waiter.previous = waiter.next = undefined;
    this.size -= 1;
  }

  /** The calls in their order. The one just given may be taken out. */
  *[Symbol.iterator](): Generator<Waiter> {
    let waiter = this.head;
    while (waiter !== undefined) {
      const { next } = waiter;
      yield waiter;
      waiter = next;
    }
  }
}

/** The entrance of a window that somebody waits for. */
export class Gate implements HeapItem {
  /** Its place among the gates that will open, or among those that are open. */
  position = -1;
  /** When the window may have room again, on the clock's monotonic scale. */
  opensAt = Infinity;
  /** How many calls need the window, parked here or elsewhere. */
  waiting = 0;
  /** The lanes parked here. */
  readonly parked = new Heap<Lane>((one, other) => one.precedes(other));
  /** Tells gates apart in the names of lanes. */
  readonly id: number;
  /** The window. */
  readonly window: QuotaWindow;

  constructor(id: number, window: QuotaWindow) {
    this.id = id;
    this.window = window;
  }

  /** Whether the first lane here goes before the first lane of another gate. */
  precedes(other: Gate): boolean {
    const mine = this.parked.top;
    const theirs = other.parked.top;
    return mine !== undefined && (theirs === undefined || mine.precedes(theirs));
  }
}
