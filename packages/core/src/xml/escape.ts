const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const firstHighSurrogate = 0xd800;
const firstLowSurrogate = 0xdc00;
const lastLowSurrogate = 0xdfff;
const firstNonCharacter = 0xfffe;

const textReferences: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};

const attributeReferences: Readonly<Record<string, string>> = {
  ...textReferences,
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/**
 * A text as the content of an element, from which every reader gets it back exactly: a carriage return
 * is written as a reference, because a plain one is read as a line feed (XML 1.0, 2.11).
 *
 * Characters that XML cannot carry are left as they are: ask `firstIllegal` first.
 */
export function escapeText(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => textReferences[character] ?? character);
}

/**
 * A text as the value of an attribute between quotes of either kind, from which every reader gets it
 * back exactly: plain tabs and line ends would be read as spaces (XML 1.0, 3.3.3).
 *
 * Characters that XML cannot carry are left as they are: ask `firstIllegal` first.
 */
export function escapeAttribute(text: string): string {
  return text.replaceAll(
    /[&<>"'\t\n\r]/g,
    (character) => attributeReferences[character] ?? character,
  );
}

/**
 * The index of the first character that XML cannot carry, not even as a reference, or -1: a control
 * character other than tab, line feed and carriage return, half of a surrogate pair, U+FFFE, U+FFFF
 * (XML 1.0, 2.2).
 */
export function firstIllegal(text: string): number {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= space && code < firstHighSurrogate) continue;
    if (code < space) {
      if (code !== tab && code !== lineFeed && code !== carriageReturn) return at;
    } else if (code <= lastLowSurrogate) {
      if (code >= firstLowSurrogate || !isLowSurrogate(text.charCodeAt(at + 1))) return at;
      at += 1;
    } else if (code >= firstNonCharacter) {
      return at;
    }
  }
  return -1;
}

/** NaN, past the end of the text, is none. */
function isLowSurrogate(code: number): boolean {
  return code >= firstLowSurrogate && code <= lastLowSurrogate;
}
