import { randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decompress, TooLong, type Compression } from '../../src/transport/decompress.ts';

const options = { maxBytes: 100_000_000, check: () => {} };
const mebi = 1024 * 1024;
const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * mebi);

const ways: [Compression, (data: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['zlib', deflateSync],
  ['deflate', deflateRawSync],
];

describe.each(ways)('%s', (compression, compress) => {
  test.each([0, 1, 1_000, 200_000, 3_000_000])('gives back %d bytes', async (size) => {
    const data = randomBytes(size);
    const result = await decompress(compress(data), compression, options);
    expect(result.equals(data)).toBe(true);
  });

  test('that is repetitive is no bomb', async () => {
    const items = Array.from(
      { length: 300_000 },
      (_, id) => `<id>${id}</id><state>RUNNING</state>`,
    );
    const data = Buffer.from(items.join(''));
    const result = await decompress(compress(data), compression, options);
    expect(result.equals(data)).toBe(true);
  });

  test.each([8, 20, 60, 300])(
    'of %d MiB of zeros is let through up to 8 MiB',
    async (mebibytes) => {
      const result = decompress(compress(zeros(mebibytes)), compression, options);
      if (mebibytes === 8) expect(await result).toHaveLength(8 * mebi);
      else await expect(result).rejects.toThrow(new TooLong('compressed to exhaust its reader'));
    },
  );

  test('with a bomb behind honest data is refused', async () => {
    const data = Buffer.concat([randomBytes(mebi), zeros(60)]);
    const result = decompress(compress(data), compression, options);
    await expect(result).rejects.toThrow(new TooLong('compressed to exhaust its reader'));
  });

  test.each([10_000, 2_000_000])('above a limit of %d bytes is refused', async (maxBytes) => {
    const data = compress(randomBytes(maxBytes + 1));
    const result = decompress(data, compression, { ...options, maxBytes });
    await expect(result).rejects.toThrow(`longer than ${maxBytes} bytes`);
  });

  test.each([1_000, 1_000_000])('of %d bytes that is cut is refused', async (size) => {
    const cut = compress(randomBytes(size)).subarray(0, -20);
    await expect(decompress(cut, compression, options)).rejects.toMatchObject({
      code: 'Z_BUF_ERROR',
    });
  });

  test('ends when its caller has enough', async () => {
    let checks = 0;
    const check = () => {
      checks += 1;
      if (checks === 3) throw new Error('enough');
    };
    const data = compress(randomBytes(20 * mebi));
    await expect(decompress(data, compression, { ...options, check })).rejects.toThrow('enough');
    expect(checks).toBe(3);
  });
});
