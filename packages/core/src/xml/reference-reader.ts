import { unexpected, XmlError } from './xml-error.ts';

const numberSign = 0x23;
const semicolon = 0x3b;
const lowerX = 0x78;
const lastCodePoint = 0x10ffff;

const noDigit = 16;
/** The value of each byte as a digit. */
const digits = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[\da-f]/i.test(character) ? Number.parseInt(character, 16) : noDigit;
});

/** The entities that every document has (XML 1.0, 4.6), as they follow the ampersand. */
const entities: readonly { readonly text: string; readonly written: Uint8Array }[] = [
  { text: '&', written: Buffer.from('amp;') },
  { text: '<', written: Buffer.from('lt;') },
  { text: '>', written: Buffer.from('gt;') },
  { text: "'", written: Buffer.from('apos;') },
  { text: '"', written: Buffer.from('quot;') },
];

/** Reads references to characters and to the predefined entities (XML 1.0, 4.1). */
export class ReferenceReader {
  readonly #bytes: Uint8Array;
  /** Where the reference that was read last ends. */
  end = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** What the reference at an ampersand stands for. */
  read(start: number): string {
    return this.#bytes[start + 1] === numberSign ? this.#character(start) : this.#entity(start);
  }

  #entity(start: number): string {
    for (const { text, written } of entities) {
      if (this.#standsAt(start + 1, written)) {
        this.end = start + 1 + written.length;
        return text;
      }
    }
    throw new XmlError('A reference to no predefined entity', start);
  }

  #standsAt(at: number, written: Uint8Array): boolean {
    for (let index = 0; index < written.length; index += 1) {
      if (this.#bytes[at + index] !== written[index]) return false;
    }
    return true;
  }

  #character(start: number): string {
    const bytes = this.#bytes;
    const isHexadecimal = bytes[start + 2] === lowerX;
    const base = isHexadecimal ? 16 : 10;
    let code = 0;
    let at = start + (isHexadecimal ? 3 : 2);
    let digit = digits[bytes[at] as number] as number;
    while (digit < base) {
      // Of too many digits it becomes infinite, which is no character either.
      code = code * base + digit;
      at += 1;
      digit = digits[bytes[at] as number] as number;
    }
    // Without a digit it is U+0000, which is none.
    if (bytes[at] !== semicolon || !isCharacter(code)) {
      throw unexpected(bytes, at, 'A reference to no character');
    }
    this.end = at + 1;
    return String.fromCodePoint(code);
  }
}

/** `Char` (XML 1.0, 2.2). */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  if (code < 0xe000) return code < 0xd800;
  return code <= lastCodePoint && code !== 0xfffe && code !== 0xffff;
}
