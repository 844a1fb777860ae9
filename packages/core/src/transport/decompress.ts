import {
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

/** A compression, by the name that says how it is framed. */
export type Compression = 'gzip' | 'zlib' | 'deflate';

/** How a body is decompressed. */
export interface DecompressOptions {
  /** The greatest size of the result, in bytes. */
  readonly maxBytes: number;
  /** Called again and again while it takes long. What it throws ends the work. */
  readonly check: () => void;
}

/** Compressed data that become too long, or that were made to exhaust their reader. */
export class TooLong extends Error {
  override readonly name = 'TooLong';
}

const tooLong = (maxBytes: number) =>
  new TooLong(`longer than ${maxBytes} bytes once decompressed`);
const bomb = () => new TooLong('compressed to exhaust its reader');

/**
 * How much longer than its compressed form a stretch may be. Answers of vendors shrink to a tenth, the
 * most repetitive to a hundredth; deflate can reach a thousandth, and what does is a bomb.
 */
const greatestGrowth = 200;
/** How many bytes above that growth are let through, over all stretches. */
const longestExcess = 8 * 1024 * 1024;

/** Beyond this size the event loop could be held for milliseconds, so a thread does the work. */
const longestSyncBytes = 32 * 1024;

const pieceBytes = 256 * 1024;
const stretchBytes = 4 * pieceBytes;

const ways = {
  gzip: { now: gunzipSync, inPieces: createGunzip },
  zlib: { now: inflateSync, inPieces: createInflate },
  deflate: { now: inflateRawSync, inPieces: createInflateRaw },
} as const;

/**
 * Takes the compression off.
 *
 * @throws TooLong; what `check` throws; an error of zlib if the data are cut or corrupt.
 */
export async function decompress(
  body: Buffer,
  compression: Compression,
  options: DecompressOptions,
): Promise<Buffer> {
  if (body.length > longestSyncBytes) return decompressInPieces(body, compression, options);
  const { maxBytes } = options;
  const honestBytes = longestExcess + greatestGrowth * body.length;
  try {
    return ways[compression].now(body, { maxOutputLength: Math.min(maxBytes, honestBytes) });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    throw maxBytes <= honestBytes ? tooLong(maxBytes) : bomb();
  }
}

/** A bomb behind honest data is found like one that stands alone: each stretch is measured by itself. */
async function decompressInPieces(
  body: Buffer,
  compression: Compression,
  { maxBytes, check }: DecompressOptions,
): Promise<Buffer> {
  const stream = ways[compression].inPieces({ chunkSize: pieceBytes });
  const pieces: Buffer[] = [];
  let length = 0;
  let excess = 0;
  let start = { written: 0, read: 0 };
  stream.end(body);
  // Leaving the loop by an error destroys the stream.
  for await (const piece of stream as AsyncIterable<Buffer>) {
    check();
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) throw tooLong(maxBytes);
    if (length - start.written < stretchBytes) continue;
    const read = stream.bytesWritten;
    excess += Math.max(0, length - start.written - greatestGrowth * (read - start.read));
    if (excess > longestExcess) throw bomb();
    start = { written: length, read };
  }
  return Buffer.concat(pieces, length);
}
