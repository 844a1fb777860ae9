/** The encodings that are taken, by the names that are in use for them (IANA character sets). */
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'us-ascii'],
  ['ascii', 'us-ascii'],
  ['iso-8859-1', 'iso-8859-1'],
  ['iso_8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['utf-16', 'utf-16'],
  ['utf-16be', 'utf-16be'],
  ['utf-16le', 'utf-16le'],
]);

/** An encoding that is taken; UTF-16 without a byte order is told by the bytes. */
export type Encoding = 'utf-8' | 'us-ascii' | 'iso-8859-1' | 'utf-16' | 'utf-16be' | 'utf-16le';

/** The encoding of that name in any case, or undefined if it is not taken. */
export function encodingOf(name: string): Encoding | undefined {
  return encodings.get(name.toLowerCase());
}
