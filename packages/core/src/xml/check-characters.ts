import { isUtf8 } from 'node:buffer';
import { XmlError } from './xml-error.ts';

/** U+FFFE and U+FFFF in UTF-8, which begins no other character so. */
const nonCharacters = [Buffer.from([0xef, 0xbf, 0xbe]), Buffer.from([0xef, 0xbf, 0xbf])];
const replacement = '\ufffd';
const replacementBytes = Buffer.from(replacement);

/**
 * Checks in a few passes at the speed of memory what the loops do not look at: that bytes are UTF-8,
 * without surrogates, and hold neither U+FFFE nor U+FFFF (XML 1.0, 2.2).
 *
 * @throws XmlError if they are not.
 */
export function checkCharacters(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new XmlError('Not UTF-8', firstInvalid(bytes));
  for (const character of nonCharacters) {
    const offset = bytes.indexOf(character);
    if (offset !== -1) throw new XmlError('A character that XML does not hold', offset);
  }
}

/** Where the first sequence stands that a decoder replaces. */
function firstInvalid(bytes: Buffer): number {
  const text = bytes.toString();
  let offset = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf(replacement, from);
    if (at === -1) return offset;
    offset += Buffer.byteLength(text.slice(from, at));
    const end = offset + replacementBytes.length;
    if (!bytes.subarray(offset, end).equals(replacementBytes)) return offset;
    offset = end;
    from = at + 1;
  }
}
