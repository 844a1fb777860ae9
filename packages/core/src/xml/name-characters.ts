/**
 * What a name may begin with, and what it may only go on with (XML 1.0, 2.3), the colon left out
 * (Namespaces in XML 1.0, 4).
 */
const first = String.raw`A-Z_a-z\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{2ff}\u{370}-\u{37d}\u{37f}-\u{1fff}\u{200c}\u{200d}\u{2070}-\u{218f}\u{2c00}-\u{2fef}\u{3001}-\u{d7ff}\u{f900}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{effff}`;
const further = String.raw`\-.0-9\u{b7}\u{300}-\u{36f}\u{203f}\u{2040}`;

const startOfName = new RegExp(`^[${first}]`, 'u');
/** Looked for instead of matching the whole, which would need memory for each character. */
const notInName = new RegExp(`[^${first}${further}]`, 'u');

/** Whether a text is a name without a colon (`NCName`, Namespaces in XML 1.0, 4). */
export function isNcName(text: string): boolean {
  return startOfName.test(text) && !notInName.test(text);
}
