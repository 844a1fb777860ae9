import { nonAscii } from './byte-kinds.ts';

/** The longest text that an engine copies out of another string instead of pointing into it. */
const shortLength = 12;
const windowSize = 0x4000;

/** Cuts texts out of a document, as strings of their own that do not keep it in memory. */
export class TextCutter {
  readonly #bytes: Buffer;
  /** A stretch of the document as a string, one character a byte. */
  #window = '';
  #windowStart = 0;
  #windowEnd = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @param kinds - The kinds of the bytes, which say whether each of them is a character. */
  cut(start: number, end: number, kinds: number): string {
    return (kinds & nonAscii) === 0 ? this.#cutAscii(start, end) : this.cutUtf8(start, end);
  }

  cutUtf8(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }

  #cutAscii(start: number, end: number): string {
    if (end - start > shortLength) return this.#bytes.toString('latin1', start, end);
    // Most texts are short, and come out of a string several times as fast as out of bytes.
    if (start < this.#windowStart || end > this.#windowEnd) this.#moveWindow(start);
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart);
  }

  #moveWindow(start: number): void {
    this.#windowStart = start;
    this.#windowEnd = Math.min(start + windowSize, this.#bytes.length);
    this.#window = this.#bytes.toString('latin1', start, this.#windowEnd);
  }
}
