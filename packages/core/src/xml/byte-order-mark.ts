/** U+FEFF in UTF-8, with which a document may begin (XML 1.0, 4.3.3). */
export const byteOrderMark: readonly number[] = [0xef, 0xbb, 0xbf];

export function startsWith(bytes: Uint8Array, first: readonly number[]): boolean {
  return first.every((byte, index) => bytes[index] === byte);
}
