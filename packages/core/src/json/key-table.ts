/** Says for the name of a member whether the contract declares its integers as ids or longs. */
export type IsLong = (key: string) => boolean;

interface Entry {
  /** The key as the text writes it, between its quotes. */
  readonly raw: string;
  readonly key: string;
  readonly isLong: boolean;
}

const slotCount = 64;
const slotMask = slotCount - 1;

/**
 * The keys of one JSON text. The same few keys come back for every item of a list, so that finding one
 * by its place in the text must not make a new string each time.
 */
export class KeyTable {
  readonly #text: string;
  readonly #isLong: IsLong | undefined;
  readonly #entries = new Map<string, Entry>();
  /** What was found last in each slot; keys that share a slot take turns. */
  readonly #slots: (Entry | undefined)[] = [];

  #lastStart = -1;
  #last: Entry | undefined;

  constructor(text: string, isLong: IsLong | undefined) {
    this.#text = text;
    this.#isLong = isLong;
  }

  /** The key between two places of the text, unescaped. */
  key(start: number, end: number): string {
    return this.#find(start, end).key;
  }

  /** Whether integers under that key are always bigints. */
  isLong(start: number, end: number): boolean {
    return this.#find(start, end).isLong;
  }

  #find(start: number, end: number): Entry {
    if (start !== this.#lastStart || this.#last === undefined) {
      this.#lastStart = start;
      this.#last = this.#lookUp(start, end);
    }
    return this.#last;
  }

  #lookUp(start: number, end: number): Entry {
    const text = this.#text;
    const length = end - start;
    // An empty key hashes its own quotes, which is as good as anything.
    const slot = (length * 31 + text.charCodeAt(start) * 7 + text.charCodeAt(end - 1)) & slotMask;
    const last = this.#slots[slot];
    if (last !== undefined && last.raw.length === length && standsAt(text, start, last.raw)) {
      return last;
    }
    const entry = this.#add(text.slice(start, end));
    this.#slots[slot] = entry;
    return entry;
  }

  #add(raw: string): Entry {
    const known = this.#entries.get(raw);
    if (known !== undefined) return known;
    const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    const entry = { raw, key, isLong: this.#isLong?.(key) ?? false };
    this.#entries.set(raw, entry);
    return entry;
  }
}

function standsAt(text: string, start: number, raw: string): boolean {
  for (let index = 0; index < raw.length; index += 1) {
    if (text.charCodeAt(start + index) !== raw.charCodeAt(index)) return false;
  }
  return true;
}
