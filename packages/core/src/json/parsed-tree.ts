import { KeyTable } from './key-table.ts';
import type { IsLong } from './key-table.ts';

/** An object or array as `JSON.parse` makes them. */
type Container = Record<string, unknown> | unknown[];

/** Stands for the end of a key where a level is an array. */
export const arrayMark = -1;

/**
 * What `JSON.parse` made of a text, in which single numbers are replaced by their place in the text.
 *
 * A place is one step for each open container: in an object the key's start and end in the text,
 * without its quotes; in an array the index and `arrayMark`. Level 0 is what surrounds the root. The
 * tree is descended only where a number is replaced, and each container at most once between its
 * brackets, so that the cost grows with the length of the text only, whatever its depth.
 */
export class ParsedTree {
  /** The start of each level's current key, or its current index. */
  readonly starts: number[] = [];
  /** The end of each level's current key, or `arrayMark`. */
  readonly ends: number[] = [];
  readonly #keys: KeyTable;
  /** The containers by level; `undefined` where a duplicate key has put something else there. */
  readonly #containers: (Container | undefined)[];
  /** The deepest level whose container is known. The root's is. */
  #knownLevel = 1;

  constructor(text: string, root: object, isLong: IsLong | undefined) {
    this.#keys = new KeyTable(text, isLong);
    this.#containers = [undefined, root as Container];
  }

  /** The current key or index of a level. */
  setStep(level: number, start: number, end: number): void {
    this.starts[level] = start;
    this.ends[level] = end;
  }

  /** Whether the contract declares a long at the current place: under a key, or in its array. */
  isLong(level: number): boolean {
    const keyLevel = this.ends[level] === arrayMark ? level - 1 : level;
    const end = this.ends[keyLevel] ?? arrayMark;
    return end !== arrayMark && this.#keys.isLong(this.starts[keyLevel] ?? 0, end);
  }

  /** A container ends, and the text goes on at the level above it. */
  leave(level: number): void {
    if (level < this.#knownLevel) this.#knownLevel = level;
  }

  /**
   * Replaces the number at the current place.
   *
   * Of duplicate keys the last holds. An earlier one finds the value of the last here, and may replace
   * it only if the last one is sure to be replaced in its turn, which puts it right.
   *
   * @param value - A `number` puts back what an earlier duplicate may have replaced.
   */
  replace(level: number, value: bigint | number, isLong: boolean): void {
    if (this.#knownLevel < level) this.#descend(level);
    const container = this.#containers[level];
    const start = this.starts[level] ?? 0;
    const end = this.ends[level] ?? arrayMark;
    // Arrays and objects apart: an engine is quick where it always meets the same kind.
    if (end === arrayMark) {
      if (Array.isArray(container) && isReplaced(container[start], value, isLong))
        container[start] = value;
    } else if (container !== undefined && !Array.isArray(container)) {
      const key = this.#keys.key(start, end);
      if (Object.hasOwn(container, key) && isReplaced(container[key], value, isLong))
        container[key] = value;
    }
  }

  #descend(level: number): void {
    for (let known = this.#knownLevel; known < level; known += 1) {
      const child = this.#child(this.#containers[known], known);
      this.#containers[known + 1] = isContainer(child) ? child : undefined;
    }
    this.#knownLevel = level;
  }

  #child(container: Container | undefined, level: number): unknown {
    const start = this.starts[level] ?? 0;
    const end = this.ends[level] ?? arrayMark;
    if (end === arrayMark) return Array.isArray(container) ? container[start] : undefined;
    if (container === undefined || Array.isArray(container)) return undefined;
    const key = this.#keys.key(start, end);
    return Object.hasOwn(container, key) ? container[key] : undefined;
  }
}

/**
 * Whether what stands in the tree gives way: an earlier duplicate's bigint to anything, a number to a
 * bigint only. Numbers that a double rounds come from tokens that are all looked at again.
 */
function isReplaced(current: unknown, value: bigint | number, isLong: boolean): boolean {
  if (typeof current === 'bigint') return true;
  if (typeof current !== 'number' || typeof value === 'number') return false;
  return isLong || Math.abs(current) > Number.MAX_SAFE_INTEGER;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
