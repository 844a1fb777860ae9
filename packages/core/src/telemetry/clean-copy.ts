import { isPlainObject } from '../plain-object.ts';
import { soundsSecret } from './secret-names.ts';
import { redacted } from './secret-patterns.ts';

/** Deeper values are cut off: no vendor's error is that deep. */
const deepest = 100;

/** How much is copied between two looks at the clock: items, and texts by their length. */
const batchSize = 200;
/** So many characters take as long as one item. */
const charactersPerItem = 64;

/** So many names are remembered: an object with a name for each of its items has no use for it. */
const mostNames = 1_000;

/** How the parts of a value are cleaned. */
export interface CleaningRules {
  /** The text without secrets. */
  text(value: string): string;
  /** Whether a number, written as text, is a secret. */
  isSecret(value: string): boolean;
  /** A copy without secrets, made at once. */
  value(value: unknown): unknown;
}

/** A list, map, set or object that is being copied. */
interface Level {
  readonly count: number;
  done: number;
  /** Copies one of the items. */
  readonly copyItem: (index: number) => void;
}

/** A member's name as it is shown, and whether what stands under it is hidden. */
interface CleanName {
  readonly shown: string;
  readonly isSecret: boolean;
}

/**
 * A deep copy without secrets, made step by step and without recursion: a copy that is made in slices
 * is the same as one that is made at once.
 */
export class CleanCopy {
  /** The copy: complete once {@link CleanCopy.run} has returned `true`. */
  readonly result: unknown;

  readonly #rules: CleaningRules;
  readonly #copies = new Map<object, unknown>();
  readonly #levels: Level[] = [];
  /** The same few names come back for every item of a list. */
  readonly #names = new Map<string, CleanName>();
  #spent = 0;

  constructor(value: unknown, rules: CleaningRules) {
    this.#rules = rules;
    this.result = this.#copy(value, 0);
  }

  /**
   * Copies on.
   *
   * @param isDue - Asked every few hundred items: whether to stop for now.
   * @returns Whether the copy is complete.
   */
  run(isDue: () => boolean): boolean {
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) {
      if (level.done === level.count) {
        this.#levels.pop();
        continue;
      }
      level.copyItem(level.done);
      level.done += 1;
      if (this.#isBatchDone() && isDue()) return false;
    }
    return true;
  }

  #isBatchDone(): boolean {
    this.#spent += 1;
    if (this.#spent < batchSize) return false;
    this.#spent = 0;
    return true;
  }

  /** The copy of a leaf, or the still empty copy of what has items. */
  #copy(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return this.#rules.isSecret(String(value)) ? redacted : value;
    }
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (this.#copies.has(value)) return this.#copies.get(value);
    return depth === deepest ? '[too deep]' : this.#begin(value, depth + 1);
  }

  #text(value: string): string {
    this.#spent += value.length / charactersPerItem;
    return this.#rules.text(value);
  }

  #begin(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#beginArray(value, depth);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map) return this.#beginMap(value, depth);
    if (value instanceof Set) return this.#beginSet(value, depth);
    if (isErrorLike(value)) return this.#beginMembers(value, ['name', 'message', 'cause'], depth);
    if (isPlainObject(value)) return this.#beginMembers(value, [], depth);
    return this.#copyInstance(value);
  }

  #beginArray(value: readonly unknown[], depth: number): unknown[] {
    const copy: unknown[] = [];
    return this.#enter(value, copy, value.length, (index) => {
      copy.push(this.#copy(value[index], depth));
    });
  }

  #beginSet(value: ReadonlySet<unknown>, depth: number): Set<unknown> {
    const items = [...value];
    const copy = new Set<unknown>();
    return this.#enter(value, copy, items.length, (index) => {
      copy.add(this.#copy(items[index], depth));
    });
  }

  #beginMap(value: ReadonlyMap<unknown, unknown>, depth: number): Map<unknown, unknown> {
    const entries = [...value];
    const copy = new Map<unknown, unknown>();
    return this.#enter(value, copy, entries.length, (index) => {
      const [key, item] = entries[index] ?? [];
      const isHidden = typeof key === 'string' && this.#hides(key, item);
      copy.set(this.#copy(key, depth), isHidden ? redacted : this.#copy(item, depth));
    });
  }

  #beginMembers(value: object, hidden: readonly string[], depth: number): object {
    const own = Object.keys(value);
    const keys =
      hidden.length === 0
        ? own
        : [...hidden.filter((name) => name in value && !own.includes(name)), ...own];
    const copy: Record<string, unknown> = {};
    return this.#enter(value, copy, keys.length, (index) => {
      const key = keys[index] ?? '';
      const item = (value as Record<string, unknown>)[key];
      const shown = this.#hides(key, item) ? redacted : this.#copy(item, depth);
      setMember(copy, this.#name(key).shown, shown);
    });
  }

  /** Registered before its items are copied, so that cycles stay cycles. */
  #enter<Copy extends object>(
    value: object,
    copy: Copy,
    count: number,
    copyItem: (index: number) => void,
  ): Copy {
    this.#copies.set(value, copy);
    this.#levels.push({ count, done: 0, copyItem });
    return copy;
  }

  /** An instance of a class is kept, unless what it writes as JSON has something to hide. */
  #copyInstance(value: object): unknown {
    try {
      const json = JSON.stringify(value, (_key, item: unknown) =>
        typeof item === 'bigint' ? item.toString() : item,
      );
      const written: unknown = JSON.parse(json);
      const cleaned = this.#rules.value(written);
      return JSON.stringify(cleaned) === JSON.stringify(written) ? value : cleaned;
    } catch {
      return redacted;
    }
  }

  /** Absent values and flags are no secrets, whatever they are called. */
  #hides(name: string, value: unknown): boolean {
    const isHarmless = value === undefined || value === null || typeof value === 'boolean';
    return !isHarmless && value !== '' && this.#name(name).isSecret;
  }

  #name(name: string): CleanName {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const clean = { shown: this.#text(name), isSecret: soundsSecret(name) };
    if (this.#names.size < mostNames) this.#names.set(name, clean);
    return clean;
  }
}

/** Defined, not assigned, where it makes a difference: a vendor may name a field `__proto__`. */
function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name in object) {
    const attributes = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(object, name, attributes);
  } else {
    object[name] = value;
  }
}

/** Also true of an error from another realm, which is no `instanceof Error`. */
function isErrorLike(value: object): boolean {
  return 'message' in value && 'stack' in value;
}
