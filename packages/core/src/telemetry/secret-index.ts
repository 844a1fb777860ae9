import { redacted } from './secret-patterns.ts';

/** Three characters decide whether a closer look is worth it. */
const prefixLength = 3;

/** A number of 16 bits made of three characters. Different ones may share it. */
function prefixHash(first: number, second: number, third: number): number {
  return (first ^ (second << 5) ^ (third << 10)) & 0xffff;
}

/**
 * Finds many fixed texts in one pass. Secrets are held in `#private` fields, so that neither
 * `util.inspect` nor JSON shows them.
 */
export class SecretIndex {
  readonly #isPrefix = new Uint8Array(0x1_0000);
  readonly #formsByPrefix = new Map<number, string[]>();

  /** Looks for this text from now on. Texts of fewer than three characters are ignored. */
  add(form: string): void {
    if (form.length < prefixLength) return;
    const hash = prefixHash(form.charCodeAt(0), form.charCodeAt(1), form.charCodeAt(2));
    const forms = this.#formsByPrefix.get(hash) ?? [];
    if (forms.includes(form)) return;
    forms.push(form);
    // The longest first: the first that fits covers all others.
    forms.sort((one, other) => other.length - one.length);
    this.#formsByPrefix.set(hash, forms);
    this.#isPrefix[hash] = 1;
  }

  /** The text with every occurrence replaced. Occurrences that overlap are replaced as one. */
  replaceIn(text: string): string {
    const pieces: string[] = [];
    let copiedTo = 0;
    let hiddenTo = 0;
    for (const [start, end] of this.#occurrences(text)) {
      if (start >= hiddenTo) pieces.push(text.slice(copiedTo, start), redacted);
      hiddenTo = Math.max(hiddenTo, end);
      copiedTo = hiddenTo;
    }
    return copiedTo === 0 ? text : pieces.join('') + text.slice(copiedTo);
  }

  /** Where the texts stand, by their first character; of those at one place only the longest. */
  #occurrences(text: string): [start: number, end: number][] {
    const found: [number, number][] = [];
    const isPrefix = this.#isPrefix;
    let first = text.charCodeAt(0);
    let second = text.charCodeAt(1);
    for (let start = 0; start + prefixLength <= text.length; start += 1) {
      const third = text.charCodeAt(start + 2);
      const hash = prefixHash(first, second, third);
      if (isPrefix[hash] === 1) {
        const form = this.#formAt(text, start, hash);
        if (form !== undefined) found.push([start, start + form.length]);
      }
      first = second;
      second = third;
    }
    return found;
  }

  #formAt(text: string, start: number, hash: number): string | undefined {
    return this.#formsByPrefix.get(hash)?.find((form) => text.startsWith(form, start));
  }
}
