import { Gate, Lane, type Waiter } from './lane.ts';
import type { Priority } from './rule.ts';
import type { QuotaWindow } from './quota-window.ts';

/** With more windows a call, only the calls that need exactly the same are counted. */
const mostWindowsCompared = 4;

/** Who waits for what: the lanes, and the windows that they need. It knows nothing of time. */
export class WaitQueue {
  readonly #lanes = new Map<string, Lane>();
  readonly #gates = new Map<QuotaWindow, Gate>();
  #lastGateId = 0;
  #size = 0;

  /** How many calls wait. */
  get size(): number {
    return this.#size;
  }

  /** All lanes. */
  get lanes(): Iterable<Lane> {
    return this.#lanes.values();
  }

  /** The gate of a window that somebody waits for. */
  gateOf(window: QuotaWindow): Gate | undefined {
    return this.#gates.get(window);
  }

  /** Adds a call to its lane, which may be new. */
  add(waiter: Waiter, windows: readonly QuotaWindow[]): Lane {
    const gates = windows.map((window) => this.#openGate(window));
    const { priority } = waiter.request;
    const name = laneName(gates, priority);
    const lane = this.#lanes.get(name) ?? new Lane(name, windows, gates, priority);
    this.#lanes.set(name, lane);
    lane.append(waiter);
    for (const gate of gates) gate.waiting += 1;
    this.#size += 1;
    return lane;
  }

  /** Takes a call out. A lane without calls and a gate without lanes are gone. */
  remove(waiter: Waiter): void {
    const { lane } = waiter;
    if (lane === undefined) return;
    lane.remove(waiter);
    this.#size -= 1;
    if (lane.size > 0) lane.gate?.parked.put(lane);
    else this.#drop(lane);
    for (const gate of lane.gates) {
      gate.waiting -= 1;
      if (gate.waiting === 0) this.#gates.delete(gate.window);
    }
  }

  /** All calls, in order of arrival. */
  inOrder(): Waiter[] {
    const waiters = [...this.#lanes.values()].flatMap((lane) => [...lane]);
    return waiters.toSorted((one, other) => one.order - other.order);
  }

  /**
   * How many of the waiting calls will surely be served before a newcomer, for each of its windows:
   * those that need no other windows than it does, with the same priority or a higher one. Whoever
   * needs more may be held up elsewhere, and be overtaken.
   */
  countAhead(windows: readonly QuotaWindow[], priority: Priority): number[] {
    const gates = windows.map((window) => this.#gates.get(window));
    const same = this.#countLanes(gates, priority);
    const ahead = windows.map(() => same);
    // The usual case: whoever waits needs the same.
    if (same === this.#size || windows.length > mostWindowsCompared) return ahead;
    for (let subset = 1; subset < 2 ** windows.length - 1; subset += 1) {
      const isMember = (_: unknown, index: number) => (subset & (1 << index)) !== 0;
      const count = this.#countLanes(gates.filter(isMember), priority);
      for (const [index, sum] of ahead.entries()) {
        if (isMember(sum, index)) ahead[index] = sum + count;
      }
    }
    return ahead;
  }

  #countLanes(gates: readonly (Gate | undefined)[], priority: Priority): number {
    if (!gates.every((gate) => gate !== undefined)) return 0;
    const interactive = this.#lanes.get(laneName(gates, 'interactive'))?.size ?? 0;
    if (priority === 'interactive') return interactive;
    return interactive + (this.#lanes.get(laneName(gates, 'batch'))?.size ?? 0);
  }

  #openGate(window: QuotaWindow): Gate {
    const present = this.#gates.get(window);
    if (present !== undefined) return present;
    const gate = new Gate((this.#lastGateId += 1), window);
    this.#gates.set(window, gate);
    return gate;
  }

  #drop(lane: Lane): void {
    this.#lanes.delete(lane.name);
    lane.gate?.parked.remove(lane);
    lane.gate = undefined;
  }
}

function laneName(gates: readonly Gate[], priority: Priority): string {
  return `${priority}:${gates.map((gate) => gate.id).join()}`;
}
