/**
 * Names that a declaration must not take: the output relies on some, and a type of a service that is
 * called like one of the others would be mistaken for it.
 */
const takenNames: ReadonlySet<string> = new Set([
  'Array',
  'BigInt',
  'Boolean',
  'Buffer',
  'Date',
  'Error',
  'Function',
  'Map',
  'Number',
  'Object',
  'Promise',
  'Readonly',
  'ReadonlyArray',
  'ReadonlyMap',
  'Record',
  'Set',
  'String',
  'Symbol',
  'Uint8Array',
]);

/** Compilers differ on the letters beyond the first 65,536, which may come from a newer Unicode. */
const noLetters = /(?:\P{ID_Continue}|[\u{10000}-\u{10ffff}])+/u;

/**
 * A legal name of a type, made of any XML name: the first letter is a capital, characters that
 * TypeScript does not allow go and the next letter becomes a capital. What is legal stays as it is.
 *
 * @example
 * ```ts
 * typeNameOf('order-line.v2'); // 'OrderLineV2'
 * typeNameOf('3DSecure'); // '_3DSecure'
 * ```
 */
export function typeNameOf(xmlName: string): string {
  const name = xmlName.split(noLetters).map(capitalised).join('');
  const legal = /^[\p{ID_Start}_]/u.test(name) ? name : `_${name}`;
  return takenNames.has(legal) ? `${legal}Type` : legal;
}

/** The name of a member as it is written in an interface: in quotes, unless it is plainly a word. */
export function memberNameOf(xmlName: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(xmlName) ? xmlName : literalOf(xmlName);
}

/** A text as a literal of TypeScript, in the quotes that need fewer escapes. */
export function literalOf(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/['"\\\p{C}\u2028\u2029]/gu, (character) => {
    if (character === '\\' || character === quote) return `\\${character}`;
    return character === '"' || character === "'" ? character : unicodeEscape(character);
  });
  return quote + escaped + quote;
}

function unicodeEscape(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function capitalised(word: string): string {
  const [first = '', ...rest] = word;
  return first.toUpperCase() + rest.join('');
}
