import type { PermitRequest } from './permit.ts';
import { activate, QuotaWindow, type ActiveRule } from './quota-window.ts';
import { identifyRule, type QuotaRule } from './rule.ts';

interface Entry {
  readonly rule: ActiveRule;
  /** By the value of the rule's scope. */
  readonly windows: Map<string, QuotaWindow>;
}

/** The values of a call's scopes. */
type Scopes = PermitRequest['scopes'];

const callsPerSweep = 8;

/** Stands for all values of a scope where none is in use. */
const anyValue = '*';

/** All windows, found by rule and by the value of the rule's scope. */
export class WindowTable {
  #active: Entry[] = [];
  /** With the rules that hold no more. What they counted is kept, should they come back. */
  #entries: Entry[] = [];
  #sweeper: Iterator<QuotaWindow> = [].values();
  #sweptRule = 0;
  #sweepsOwed = 0;

  /** Lets other rules hold. Rules that count the same calls keep what they have counted. */
  setRules(rules: readonly QuotaRule[]): void {
    const known = new Map(this.#entries.map((entry) => [identifyRule(entry.rule), entry]));
    this.#active = rules.map((rule) => {
      const entry = known.get(identifyRule(rule)) ?? { rule: activate(rule), windows: new Map() };
      Object.assign(entry.rule, { limit: rule.limit, polls: rule.polls ?? true });
      return entry;
    });
    const isRetired = (entry: Entry) => !this.#active.includes(entry) && entry.windows.size > 0;
    this.#entries = [...this.#active, ...[...known.values()].filter(isRetired)];
  }

  /** The windows that a call needs, made where there are none. */
  windowsOf({ scopes, poll }: PermitRequest): readonly QuotaWindow[] {
    const windows: QuotaWindow[] = [];
    for (const entry of this.#active) {
      const value = valueFor(entry.rule, scopes);
      if (value === undefined || (poll === true && !entry.rule.polls)) continue;
      const window = entry.windows.get(value);
      windows.push(window ?? this.#add(entry, value));
    }
    return windows;
  }

  /** The windows that are in use, of some scopes or of all; an unused one where there are none. */
  inUse(scopes: Scopes | undefined, now: number): QuotaWindow[] {
    return this.#active.flatMap(({ rule, windows }) => {
      if (scopes !== undefined) {
        const value = valueFor(rule, scopes);
        return value === undefined ? [] : [windows.get(value) ?? new QuotaWindow(rule, value)];
      }
      const used = [...windows.values()].filter((window) => !window.isIdle(now));
      return used.length > 0 ? used : [new QuotaWindow(rule, rule.value ?? anyValue)];
    });
  }

  /** Whether nothing is in use at all. */
  isIdle(now: number): boolean {
    return this.#entries.every(({ windows }) =>
      [...windows.values()].every((window) => window.isIdle(now)),
    );
  }

  /**
   * Looks at some windows in turn and drops those that are idle: at two for each window made since, so
   * that about half of the table is in use or more, and at one for every few calls.
   */
  sweep(now: number, isNeeded: (window: QuotaWindow) => boolean): void {
    this.#sweepsOwed += 1 / callsPerSweep;
    for (; this.#sweepsOwed >= 1; this.#sweepsOwed -= 1) this.#sweepOne(now, isNeeded);
  }

  #sweepOne(now: number, isNeeded: (window: QuotaWindow) => boolean): void {
    const { value: window, done } = this.#sweeper.next();
    if (done === true) return this.#sweepNextRule();
    if (!window.isIdle(now) || isNeeded(window)) return;
    const entry = this.#entries.find(({ rule }) => rule === window.rule);
    entry?.windows.delete(window.value);
  }

  #sweepNextRule(): void {
    this.#sweptRule = (this.#sweptRule + 1) % Math.max(1, this.#entries.length);
    this.#sweeper = this.#entries[this.#sweptRule]?.windows.values() ?? [].values();
  }

  #add({ rule, windows }: Entry, value: string): QuotaWindow {
    const window = new QuotaWindow(rule, value);
    windows.set(value, window);
    this.#sweepsOwed += 2;
    return window;
  }
}

/** The value that a rule counts a call under, if it counts it. */
function valueFor(rule: ActiveRule, scopes: Scopes): string | undefined {
  const value = scopes[rule.key];
  return rule.value === undefined || rule.value === value ? value : undefined;
}
