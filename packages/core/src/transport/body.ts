import { isUtf8 } from 'node:buffer';
import type { CallOutcome } from '../errors/vendor-error.ts';
import { VendorError } from '../errors/vendor-error.ts';
import { decompress, TooLong, type DecompressOptions } from './decompress.ts';
import type { RawAnswer } from './messages.ts';

/** Content codings that no client here asks for, and that cannot be told from plain bytes. */
const unsupportedCoding = /\b(?:br|zstd|compress|dcb|dcz|exi|aes128gcm)\b/i;

/**
 * What is known of the vendor's side when an answer makes no sense: a message that is complete by its
 * own framing was meant so; any other may have been cut on its way.
 */
export function outcomeOf(answer: Pick<RawAnswer, 'framed'>): CallOutcome {
  return answer.framed ? 'answered' : 'unknown';
}

/**
 * The body of an answer, decompressed. gzip is recognised by its first two bytes, since vendors send
 * `Content-Encoding` values that are none (SecuTix REST 4.1: `UTF-8`); deflate, which has no mark of
 * its own, by the header.
 *
 * @throws VendorError `INVALID_RESPONSE` if the body is cut, corrupt, too large, or made to grow without
 * measure; what `check` throws.
 */
export async function decodeBody(answer: RawAnswer, options: DecompressOptions): Promise<Buffer> {
  const { body, headers } = answer;
  const coding = headers['content-encoding'] ?? '';
  try {
    if (isGzip(body)) return await decompress(body, 'gzip', options);
    if (/\bdeflate\b/i.test(coding) && body.length > 0) return await undeflate(body, options);
  } catch (error) {
    if (VendorError.is(error)) throw error;
    throw undecodable(answer, describe(error));
  }
  if (unsupportedCoding.test(coding))
    throw undecodable(answer, 'in a coding that was not asked for');
  const { maxBytes } = options;
  if (body.length > maxBytes) throw undecodable(answer, `longer than ${maxBytes} bytes`);
  return body;
}

/**
 * The text of a decompressed body: UTF-8, unless `Content-Type` says ISO-8859-1. A byte order mark is
 * dropped.
 *
 * @throws VendorError `INVALID_RESPONSE` if the bytes are no UTF-8.
 */
export function decodeText(body: Buffer, answer: Pick<RawAnswer, 'headers' | 'framed'>): string {
  if (isLatin1(answer.headers['content-type'] ?? '')) return body.toString('latin1');
  if (!isUtf8(body)) throw undecodable(answer, 'not UTF-8 text');
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return body.toString('utf8', hasMark ? 3 : 0);
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/** RFC 9110, 8.4.1.2 means zlib streams; many servers send raw deflate, and some send plain text. */
async function undeflate(body: Buffer, options: DecompressOptions): Promise<Buffer> {
  const header = body.length < 2 ? 0 : body.readUInt16BE(0);
  const isZlib = (header & 0x0f00) === 0x0800 && header % 31 === 0;
  if (isZlib) return decompress(body, 'zlib', options);
  try {
    return await decompress(body, 'deflate', options);
  } catch (error) {
    const isPlain = !VendorError.is(error) && !(error instanceof TooLong) && looksPlain(body);
    if (isPlain && body.length <= options.maxBytes) return body;
    throw error;
  }
}

/** The beginning of JSON or XML. */
function looksPlain(body: Buffer): boolean {
  return isUtf8(body) && /^[\s\uFEFF]*[{["<]/.test(body.toString('utf8', 0, 64));
}

function isLatin1(contentType: string): boolean {
  return /;\s*charset\s*=\s*"?(?:iso-8859-1|latin1)"?\s*(?:;|$)/i.test(contentType);
}

function describe(error: unknown): string {
  if (error instanceof TooLong) return error.message;
  const isCut = (error as { code?: unknown }).code === 'Z_BUF_ERROR';
  return isCut ? 'compressed, and cut' : 'compressed, and corrupt';
}

function undecodable(answer: Pick<RawAnswer, 'framed'>, problem: string): VendorError {
  return new VendorError(`The vendor's answer has a body that is ${problem}.`, {
    code: 'INVALID_RESPONSE',
    outcome: outcomeOf(answer),
  });
}
