import { types } from 'node:util';
import { VendorError } from '../errors/vendor-error.ts';
import { Money } from '../money.ts';
import { isPlainObject } from '../plain-object.ts';
import { pathOf } from './value-path.ts';

/** How JSON is written. */
export interface StringifyJsonOptions {
  /**
   * What the whole value is called in errors, for instance `parameters`.
   *
   * @defaultValue no name: a path begins with the first key
   */
  path?: string;
}

/** An object or array that is being written. */
interface Frame {
  readonly container: Readonly<Record<number | string, unknown>>;
  /** The keys of an object; `undefined` for an array. */
  readonly keys: readonly string[] | undefined;
  readonly length: number;
  /** The member or item that comes next. */
  next: number;
  /** Whether a comma must come before the next member. */
  hasMembers: boolean;
}

/**
 * Writes a value as JSON without losing anything: a bigint as its digits, {@link Money} as its
 * thousandths, dates and other objects by their `toJSON`. Members that are `undefined` are left out.
 * Any depth is allowed.
 *
 * What JSON cannot hold is refused, where `JSON.stringify` would leave it out or write something else:
 * `NaN` and infinities; integers beyond `Number.MAX_SAFE_INTEGER`, whose last digits are lost already;
 * functions and symbols; `undefined` and holes in an array; invalid dates; cycles; binary data; maps,
 * sets, promises and all other objects that are neither plain nor have a `toJSON`.
 *
 * @throws VendorError `INVALID_REQUEST` whose `field` is the path of the refused value.
 *
 * @example
 * ```ts
 * stringifyJson({ orderId: 9007199254740993n, amount: Money.parse('10.01') });
 * // '{"orderId":9007199254740993,"amount":10010}'
 * ```
 */
export function stringifyJson(value: unknown, options: StringifyJsonOptions = {}): string {
  return new Writer(options.path ?? '').write(value);
}

class Writer {
  readonly #rootPath: string;
  readonly #frames: Frame[] = [];
  /** The open containers, to recognise a cycle. */
  readonly #open = new Set<object>();
  #text = '';

  constructor(rootPath: string) {
    this.#rootPath = rootPath;
  }

  write(root: unknown): string {
    const value = this.#plain(root, '');
    if (value === undefined) throw this.#refused('is undefined');
    this.#value(value);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (frame.next === frame.length) this.#end(frame);
      else if (frame.keys === undefined) this.#item(frame);
      else this.#member(frame, frame.keys[frame.next] ?? '');
    }
    return this.#text;
  }

  #item(frame: Frame): void {
    const index = frame.next;
    frame.next += 1;
    const value = this.#plain(frame.container[index], String(index));
    if (value === undefined) throw this.#refused('is undefined, which an array cannot hold');
    if (index > 0) this.#text += ',';
    this.#value(value);
  }

  #member(frame: Frame, key: string): void {
    frame.next += 1;
    const value = this.#plain(frame.container[key], key);
    if (value === undefined) return;
    this.#text += `${frame.hasMembers ? ',' : ''}${JSON.stringify(key)}:`;
    frame.hasMembers = true;
    this.#value(value);
  }

  #value(value: unknown): void {
    if (typeof value === 'string') this.#text += JSON.stringify(value);
    else if (typeof value === 'number') this.#text += this.#number(value);
    else if (typeof value === 'object' && value !== null) this.#begin(value);
    else if (typeof value === 'function' || typeof value === 'symbol') {
      throw this.#refused(`is a ${typeof value}`);
    } else this.#text += String(value);
  }

  #number(value: number): string {
    if (!Number.isFinite(value)) throw this.#refused(`is ${value}`);
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw this.#refused(
        'is an integer beyond Number.MAX_SAFE_INTEGER, whose last digits may be lost',
        { hint: 'Give it as a bigint.' },
      );
    }
    return Object.is(value, -0) ? '-0' : String(value);
  }

  /** What stands for a value: Money's thousandths, or what its `toJSON` gives. */
  #plain(value: unknown, key: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Money.is(value)) return value.thousandths;
    if (ArrayBuffer.isView(value))
      throw this.#refused('is binary data', { hint: 'Encode it as a string.' });
    if (types.isDate(value) && Number.isNaN(value.getTime())) {
      throw this.#refused('is an invalid date');
    }
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON !== 'function') return value;
    try {
      return toJSON.call(value, key) as unknown;
    } catch (error) {
      throw this.#refused('has a toJSON that failed', { cause: error });
    }
  }

  #begin(container: object): void {
    if (this.#open.has(container)) throw this.#refused('contains itself');
    const isArray = Array.isArray(container);
    if (!isArray && !isPlainObject(container)) {
      throw this.#refused(`is ${nameOf(container)}, which JSON cannot hold`);
    }
    const keys = isArray ? undefined : Object.keys(container);
    this.#open.add(container);
    this.#frames.push({
      container: container as Frame['container'],
      keys,
      length: isArray ? container.length : (keys?.length ?? 0),
      next: 0,
      hasMembers: false,
    });
    this.#text += isArray ? '[' : '{';
  }

  #end(frame: Frame): void {
    this.#text += frame.keys === undefined ? ']' : '}';
    this.#frames.pop();
    this.#open.delete(frame.container);
  }

  /** The error for the value that is being written. */
  #refused(problem: string, more: { hint?: string; cause?: unknown } = {}): VendorError {
    const steps = this.#frames.map(({ keys, next }) => keys?.[next - 1] ?? next - 1);
    const field = pathOf(this.#rootPath, steps);
    const subject = field === '' ? 'The value' : `'${field}'`;
    return new VendorError(`${subject} ${problem}.`, {
      code: 'INVALID_REQUEST',
      field: field === '' ? undefined : field,
      outcome: 'not-sent',
      ...more,
    });
  }
}

// By shape, not by identity: each realm has its own Object.prototype.
function nameOf(value: object): string {
  const { constructor } = value as { constructor?: unknown };
  const isItsOwn =
    typeof constructor === 'function' && constructor.prototype === Object.getPrototypeOf(value);
  return isItsOwn && constructor.name !== ''
    ? `an instance of ${constructor.name}`
    : 'an object with a prototype of its own';
}
