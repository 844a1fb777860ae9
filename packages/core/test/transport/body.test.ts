import { afterEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { decodeBody, decodeText } from '../../src/transport/body.ts';
import type { RawAnswer } from '../../src/transport/transport.ts';
import { body as sent, closeAll, connect, failure, request, serve } from './harness.ts';

afterEach(closeAll);

const text = '{"name":"Musée de l’Été"}';
const limit = 10_000_000;

/** Decompresses with nobody who would end it. */
async function decode(raw: RawAnswer, maxBytes: number): Promise<Buffer> {
  return decodeBody(raw, { maxBytes, check: () => {} });
}

function answer(
  body: Buffer | string,
  headers: Record<string, string> = {},
  framed = true,
): RawAnswer {
  return {
    status: 200,
    headers,
    body: Buffer.from(body),
    framed,
    sentAtMs: 0,
    receivedAtMs: 0,
    durationMs: 0,
    socketWaitMs: 0,
  };
}

describe('decompression', () => {
  test.each<[string, Buffer, string | undefined]>([
    ['gzip that says so', gzipSync(text), 'gzip'],
    ['gzip that says UTF-8', gzipSync(text), 'UTF-8'],
    ['gzip in two headers', gzipSync(text), 'UTF-8, gzip'],
    ['gzip that says nothing', gzipSync(text), undefined],
    ['gzip that says deflate', gzipSync(text), 'deflate'],
    [
      'gzip in two members',
      Buffer.concat([gzipSync('{"name":'), gzipSync('"Musée de l’Été"}')]),
      'gzip',
    ],
    ['zlib deflate', deflateSync(text), 'deflate'],
    ['zlib deflate of the fastest level', deflateSync(text, { level: 1 }), 'Deflate'],
    ['raw deflate', deflateRawSync(text), 'deflate'],
    ['plain text that says deflate', Buffer.from(text), 'deflate'],
    ['plain text that says gzip', Buffer.from(text), 'gzip'],
    ['plain text that says UTF-8', Buffer.from(text), 'UTF-8'],
    ['plain text', Buffer.from(text), undefined],
  ])('%s', async (_case, bytes, coding) => {
    const headers = coding === undefined ? {} : { 'content-encoding': coding };
    expect((await decode(answer(bytes, headers), limit)).toString()).toBe(text);
  });

  test('an empty body stays empty, whatever the header says', async () => {
    for (const coding of ['gzip', 'deflate']) {
      const decoded = await decode(answer('', { 'content-encoding': coding }), limit);
      expect(decoded.length).toBe(0);
    }
  });

  test.each([
    [true, 'answered'],
    [false, 'unknown'],
  ])('a cut stream fails; its message complete: %p, outcome: %s', async (framed, outcome) => {
    for (const [bytes, coding] of [
      [gzipSync(text), 'gzip'],
      [deflateSync(text), 'deflate'],
      [deflateRawSync(text), 'deflate'],
    ] as const) {
      for (const length of [2, 12, bytes.length - 1]) {
        const cut = answer(bytes.subarray(0, length), { 'content-encoding': coding }, framed);
        const error = await failure(decode(cut, limit));
        expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome });
      }
    }
  });

  test('the fault gzip_cut is INVALID_RESPONSE, unknown', async () => {
    const server = await serve();
    server.faults.next('gzip_cut');
    const raw = await connect(server.url).send(request(server.url));
    expect(raw.framed).toBe(false);
    expect(await failure(decode(raw, limit))).toMatchObject({
      code: 'INVALID_RESPONSE',
      outcome: 'unknown',
    });
    expect(sent).not.toContain(raw.body.toString('latin1'));
  });

  test('a corrupt stream fails', async () => {
    const bytes = gzipSync(text);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 6) ^ 0xff, bytes.length - 6);
    expect(await failure(decode(answer(bytes), limit))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });

  test('a coding that nobody asked for fails', async () => {
    for (const coding of ['br', 'zstd', 'gzip, br']) {
      const unreadable = answer('\u000b\u0002', { 'content-encoding': coding });
      expect(await failure(decode(unreadable, limit))).toMatchObject({
        code: 'INVALID_RESPONSE',
      });
    }
  });

  test('a bomb is not blown up', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().rss;
    const error = await failure(decode(answer(bomb), 1_000_000));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
    expect(error.message).toMatch('1000000');
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    const deflated = deflateRawSync(Buffer.alloc(5_000_000));
    const headers = { 'content-encoding': 'deflate' };
    expect(await failure(decode(answer(deflated, headers), 1_000_000))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });

  test('a plain body, too, may be too long', async () => {
    expect(await failure(decode(answer('abcdef'), 5))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });

  test('a large body is decompressed aside', async () => {
    const large = randomBytes(400_000);
    let isHeld = true;
    setImmediate(() => (isHeld = false));
    const decoded = await decode(answer(gzipSync(large)), limit);
    expect(decoded.equals(large)).toBe(true);
    expect(isHeld).toBe(false);
    const cut = gzipSync(large).subarray(0, 300_000);
    expect(await failure(decode(answer(cut), limit))).toMatchObject({
      code: 'INVALID_RESPONSE',
    });
  });
});

describe('text', () => {
  test('is UTF-8, whatever the type says', () => {
    for (const type of [
      'application/json',
      'text/html; charset=UTF-8',
      'text/plain; charset=us-ascii',
      '',
    ]) {
      expect(decodeText(Buffer.from(text), answer('', { 'content-type': type }))).toBe(text);
    }
  });

  test('has its byte order mark dropped', () => {
    expect(decodeText(Buffer.from(`\uFEFF${text}`), answer(''))).toBe(text);
  });

  test('is Latin-1 if the type says so', () => {
    for (const charset of ['ISO-8859-1', '"iso-8859-1"', 'latin1']) {
      const type = { 'content-type': `text/plain; charset=${charset}` };
      expect(decodeText(Buffer.from('Musée', 'latin1'), answer('', type))).toBe('Musée');
    }
  });

  test.each([
    [true, 'answered'],
    [false, 'unknown'],
  ])('that is no UTF-8 fails; its message complete: %p, outcome: %s', (framed, outcome) => {
    const bytes = Buffer.from('Musée', 'latin1');
    expect(() => decodeText(bytes, answer('', {}, framed))).toThrow(
      expect.objectContaining({ code: 'INVALID_RESPONSE', outcome }),
    );
  });
});

describe('a body that grows too much', () => {
  const zeros = (bytes: number) => gzipSync(Buffer.alloc(bytes));

  test('is refused, though it is shorter than the limit', async () => {
    const bomb = decode(answer(zeros(60_000_000)), 100_000_000);
    await expect(bomb).rejects.toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
  });

  test('is refused with deflate, too', async () => {
    const body = deflateSync(Buffer.alloc(60_000_000));
    const bomb = decode(answer(body, { 'content-encoding': 'deflate' }), 100_000_000);
    await expect(bomb).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  test('is read up to 8 MiB', async () => {
    const body = await decode(answer(zeros(8 * 1024 * 1024)), 100_000_000);
    expect(body).toHaveLength(8 * 1024 * 1024);
  });

  test('is told from one that is repetitive', async () => {
    const items = Array.from({ length: 300_000 }, (_, id) => `{"id":${id},"state":"RUNNING"}`);
    const text = `[${items.join(',')}]`;
    const body = await decode(answer(gzipSync(text)), 100_000_000);
    expect(body.length).toBe(text.length);
  });
});
