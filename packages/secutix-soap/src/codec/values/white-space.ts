const space = 0x20;

/**
 * A text without white space at its ends, as values other than strings are read (XML Schema 2, 4.3.6).
 * Only what XML takes for white space counts: `trim` would take away more.
 */
export function trimSpace(text: string): string {
  if (text.charCodeAt(0) > space && text.charCodeAt(text.length - 1) > space) return text;
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The items of a list, which white space separates (XML Schema 2, 2.5.1.2). */
export function splitSpace(text: string): string[] {
  const trimmed = trimSpace(text);
  return trimmed === '' ? [] : trimmed.split(/[ \t\r\n]+/);
}

function isSpace(code: number): boolean {
  return code === space || (code >= 0x09 && code <= 0x0d && code !== 0x0b && code !== 0x0c);
}
