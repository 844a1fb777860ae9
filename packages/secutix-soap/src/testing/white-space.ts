/** Whether a text is white space only, as XML has it (XML 1.0, 2.3). */
export function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

/** A text without the white space around it. */
export function trimmed(text: string): string {
  return text.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}
