import { isAscii } from 'node:buffer';
import { byteOrderMark, startsWith } from './byte-order-mark.ts';
import { readDeclaration } from './declaration.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { XmlError } from './xml-error.ts';

const lessThan = 0x3c;
const firstNonAscii = 0x80;

/** An encoding of which the order of bytes is known. */
type KnownEncoding = Exclude<Encoding, 'utf-16'>;

interface ByteOrderMark {
  readonly bytes: readonly number[];
  /** Undefined for an encoding that is not taken. */
  readonly encoding: KnownEncoding | undefined;
}

/** The longer ones first, because they begin like others. */
const byteOrderMarks: readonly ByteOrderMark[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: undefined },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: undefined },
  { bytes: byteOrderMark, encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/**
 * A document as UTF-8. Its encoding is told by a byte order mark, else by the charset of the content
 * type (RFC 7303, 3), else by the XML declaration, else it is UTF-8. Taken are UTF-8, US-ASCII,
 * ISO-8859-1 and UTF-16.
 *
 * An XML declaration that names another encoding than UTF-8 is rewritten. Without a charset it must
 * agree with the bytes (XML 1.0, 4.3.3); with one it is the older word, and does not count.
 *
 * @param contentType - The header that came with the document, for instance
 * `text/xml; charset=ISO-8859-1`.
 * @returns The same bytes if there is nothing to change. Whether they are valid UTF-8 is left to
 * `XmlReader`.
 * @throws XmlError if the encoding is not taken, or the bytes are not in it.
 */
export function toUtf8(bytes: Uint8Array, contentType?: string): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const charset = charsetOf(contentType);
  const mark = byteOrderMarks.find((known) => startsWith(buffer, known.bytes));
  const encoding = mark === undefined ? encodingWithoutMark(buffer, charset) : mark.encoding;
  if (encoding === undefined) throw new XmlError('The encoding is not taken', 0);
  const utf8 = decode(buffer, encoding);
  const named = correctDeclaration(utf8, charset === undefined ? encoding : undefined);
  return named === buffer ? bytes : named;
}

function encodingWithoutMark(
  bytes: Buffer,
  charset: string | undefined,
): KnownEncoding | undefined {
  const guess = guessUtf16(bytes);
  if (charset === undefined) return guess ?? declaredEncoding(bytes);
  const encoding = encodingOf(charset);
  return encoding === 'utf-16' ? (guess ?? 'utf-16be') : encoding;
}

/** The order of bytes as the first character tells it, if that has two: it should be a `<`. */
function guessUtf16(bytes: Buffer): 'utf-16be' | 'utf-16le' | undefined {
  if (bytes[0] === lessThan && bytes[1] === 0) return 'utf-16le';
  return bytes[0] === 0 && bytes[1] === lessThan ? 'utf-16be' : undefined;
}

function declaredEncoding(bytes: Buffer): KnownEncoding | undefined {
  const encoding = encodingOf(readDeclaration(bytes, 0)?.encoding ?? 'utf-8');
  // A declaration that can be read byte by byte is in no encoding of two bytes.
  const isOneByte = encoding === 'utf-8' || encoding === 'us-ascii' || encoding === 'iso-8859-1';
  return isOneByte ? encoding : undefined;
}

function charsetOf(contentType = ''): string | undefined {
  const match = /;[ \t]*charset[ \t]*=[ \t]*(?:"([^"]*)"|([^\s;"]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

function decode(bytes: Buffer, encoding: KnownEncoding): Buffer {
  if (encoding === 'utf-8') return bytes;
  if (encoding === 'us-ascii') return checkAscii(bytes);
  if (encoding === 'iso-8859-1') return Buffer.from(bytes.toString('latin1'));
  return decodeUtf16(encoding === 'utf-16le' ? bytes : swapBytes(bytes));
}

function checkAscii(bytes: Buffer): Buffer {
  const wrong = bytes.findIndex((byte) => byte >= firstNonAscii);
  if (wrong !== -1) throw new XmlError('A byte that is not US-ASCII', wrong);
  return bytes;
}

function swapBytes(bytes: Buffer): Buffer {
  if (bytes.length % 2 === 1) throw halfCharacter(bytes.length - 1);
  return Buffer.from(bytes).swap16();
}

/** @param bytes - With the low byte of each pair first. */
function decodeUtf16(bytes: Buffer): Buffer {
  if (bytes.length % 2 === 1) throw halfCharacter(bytes.length - 1);
  const text = bytes.toString('utf16le');
  const lone = text.search(/\p{Surrogate}/u);
  if (lone !== -1) throw halfCharacter(lone * 2);
  return Buffer.from(text);
}

function halfCharacter(offset: number): XmlError {
  return new XmlError('Half a character of UTF-16', offset);
}

/**
 * Names UTF-8 in an XML declaration that names something else.
 *
 * @param actual - The encoding with which the declaration must agree, if it has to.
 */
function correctDeclaration(bytes: Buffer, actual: KnownEncoding | undefined): Buffer {
  const start = startsWith(bytes, byteOrderMark) ? byteOrderMark.length : 0;
  const declaration = readDeclaration(bytes, start);
  if (declaration?.encoding === undefined) return bytes;
  const named = encodingOf(declaration.encoding);
  if (actual !== undefined && !agrees(named, actual)) {
    throw new XmlError('The document declares an encoding that it is not in', start);
  }
  if (named === 'utf-8' || (named === 'us-ascii' && isAscii(bytes))) return bytes;
  return Buffer.concat([
    bytes.subarray(0, declaration.encodingStart),
    Buffer.from('UTF-8'),
    bytes.subarray(declaration.encodingEnd),
  ]);
}

function agrees(named: Encoding | undefined, actual: KnownEncoding): boolean {
  return named === actual || (named === 'utf-16' && actual.startsWith('utf-16'));
}
