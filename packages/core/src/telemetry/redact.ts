import { isPlainObject } from '../plain-object.ts';
import { secretForms } from './secret-forms.ts';
import { SecretIndex } from './secret-index.ts';
import { soundsSecret } from './secret-names.ts';
import { redacted, redactPatterns } from './secret-patterns.ts';

/** A shorter secret would be found in innocent texts, so only a text that equals it is replaced. */
const shortestSearched = 4;

/** Deeper values are cut off: no vendor's error is that deep, and the stack is not endless. */
const deepest = 100;

/**
 * Takes secrets out of what a vendor said before it enters an error, a log or an event. It knows the
 * client's own secrets in all their usual encodings, and what secrets look like.
 *
 * Neither `util.inspect` nor JSON shows what it knows.
 *
 * @example
 * ```ts
 * const redactor = new Redactor([secret]);
 * redactor.text(`Invalid signature for ${secret}`); // 'Invalid signature for [redacted]'
 * ```
 */
export class Redactor {
  readonly #index = new SecretIndex();
  readonly #secrets = new Set<string>();

  /** @param secrets - The texts that must appear nowhere. Empty ones are ignored. */
  constructor(secrets: Iterable<string> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** Hides another secret from now on, for instance a token that was just received. */
  add(secret: string): void {
    if (secret === '' || this.#secrets.has(secret)) return;
    this.#secrets.add(secret);
    if (secret.length < shortestSearched) return;
    for (const form of secretForms(secret)) this.#index.add(form);
  }

  /** The text without secrets, in time proportional to its length. */
  text(value: string): string {
    if (this.#secrets.has(value)) return redacted;
    return redactPatterns(this.#index.replaceIn(value));
  }

  /**
   * A deep copy without secrets. Values whose name sounds secret are replaced whatever they are.
   * Numbers, bigints, dates and exact amounts stay what they are; cycles stay cycles; bytes are
   * replaced by their count, and what lies more than 100 levels deep is left out.
   */
  value<Value>(value: Value): Value {
    return this.#copy(value, new Map(), 0) as Value;
  }

  /**
   * The same for what was read from a JSON text. If the text shows that there is nothing to hide, which
   * takes a fraction of the time, the value itself is returned.
   */
  decoded<Value>(value: Value, json: string): Value {
    return this.#isHarmless(json) ? value : this.value(value);
  }

  #isHarmless(json: string): boolean {
    // Such escapes may spell a secret in a way that a search of the text does not see.
    if (/\\[u/bf]/.test(json) || this.text(json) !== json) return false;
    const names = new Set<string>();
    for (const [, name = '', colon] of json.matchAll(jsonString)) if (colon) names.add(name);
    return ![...names].some(soundsSecret);
  }

  #copy(value: unknown, copies: Map<object, unknown>, depth: number): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return this.#secrets.has(String(value)) ? redacted : value;
    }
    if (typeof value === 'function' || typeof value === 'symbol') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (copies.has(value)) return copies.get(value);
    return depth === deepest ? '[too deep]' : this.#copyObject(value, copies, depth + 1);
  }

  #copyObject(value: object, copies: Map<object, unknown>, depth: number): unknown {
    const inner = (item: unknown) => this.#copy(item, copies, depth);
    if (Array.isArray(value)) {
      const copy: unknown[] = [];
      copies.set(value, copy);
      for (const item of value) copy.push(inner(item));
      return copy;
    }
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map) return this.#copyMap(value, copies, depth);
    if (value instanceof Set) return new Set([...value].map(inner));
    if (isErrorLike(value))
      return this.#copyMembers(value, ['name', 'message', 'cause'], copies, depth);
    if (isPlainObject(value)) return this.#copyMembers(value, [], copies, depth);
    return this.#copyInstance(value);
  }

  #copyMap(
    map: ReadonlyMap<unknown, unknown>,
    copies: Map<object, unknown>,
    depth: number,
  ): Map<unknown, unknown> {
    const copy = new Map<unknown, unknown>();
    copies.set(map, copy);
    for (const [key, item] of map) {
      const isSecret = typeof key === 'string' && hides(key, item);
      copy.set(
        this.#copy(key, copies, depth),
        isSecret ? redacted : this.#copy(item, copies, depth),
      );
    }
    return copy;
  }

  #copyMembers(
    value: object,
    hidden: readonly string[],
    copies: Map<object, unknown>,
    depth: number,
  ): object {
    const copy = {};
    copies.set(value, copy);
    const own = Object.keys(value);
    for (const key of [...hidden.filter((name) => name in value && !own.includes(name)), ...own]) {
      const item = (value as Record<string, unknown>)[key];
      const shown = hides(key, item) ? redacted : this.#copy(item, copies, depth);
      // Defined, not assigned: a vendor may name a field `__proto__`.
      const attributes = { value: shown, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(copy, this.text(key), attributes);
    }
    return copy;
  }

  /** An instance of a class is kept, unless what it writes as JSON has something to hide. */
  #copyInstance(value: object): unknown {
    try {
      const json = JSON.stringify(value, (_key, item: unknown) =>
        typeof item === 'bigint' ? item.toString() : item,
      );
      const written: unknown = JSON.parse(json);
      const cleaned = this.value(written);
      return JSON.stringify(cleaned) === JSON.stringify(written) ? value : cleaned;
    } catch {
      return redacted;
    }
  }
}

/** A string of a JSON text; with a colon, it is the name of a member. */
const jsonString = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?/g;

/** Absent values and flags are no secrets, whatever they are called. */
function hides(name: string, value: unknown): boolean {
  const isHarmless = value === undefined || value === null || typeof value === 'boolean';
  return !isHarmless && value !== '' && soundsSecret(name);
}

/** Also true of an error from another realm, which is no `instanceof Error`. */
function isErrorLike(value: object): boolean {
  return 'message' in value && 'stack' in value;
}
