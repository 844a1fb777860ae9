import { afterEach, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { compress } from '../../src/testing/compress.ts';
import type { FaultMode } from '../../src/testing/faults.ts';
import { startServer } from '../../src/testing/server.ts';
import type { RunningServer, ServerOptions } from '../../src/testing/server.ts';
import { fixture } from '../fixtures/fixture.ts';
import { VirtualClock } from '../../src/testing/virtual-clock.ts';

const body = '{"message":"twenty-nine bytes"}';
let server: RunningServer;

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  server = await startServer({ handle: () => ({ status: 200, body }), ...options });
  return server;
}

afterEach(async () => server.close());

/** Sends one request over a bare socket and tells what came back and how it ended. */
async function talk(waitMs: number): Promise<{ bytes: string; end: 'closed' | 'reset' | 'open' }> {
  const socket = connect(server.port, '127.0.0.1');
  let bytes = '';
  socket.on('data', (chunk) => (bytes += chunk.toString('latin1')));
  socket.write('POST /orders?day=1 HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');
  const ended = new Promise<'closed' | 'reset'>((resolve) => {
    socket.on('end', () => resolve('closed'));
    socket.on('error', () => resolve('reset'));
  });
  const waited = new Promise<'open'>((resolve) => setTimeout(resolve, waitMs, 'open'));
  const end = await Promise.race([ended, waited]);
  socket.destroy();
  return { bytes, end };
}

describe('each fault on the wire', () => {
  const table: [FaultMode, { end: string; handled: boolean; bytes: RegExp }][] = [
    [
      'p',
      {
        end: 'open',
        handled: true,
        bytes: /^HTTP\/1.1 200.*content-length: 31.*\r\n\r\n\{"message":"twe$/s,
      },
    ],
    ['pc', { end: 'closed', handled: true, bytes: /\{"message":"twe$/ }],
    ['pa', { end: 'reset', handled: true, bytes: /^(HTTP.*)?$/s }],
    ['pn', { end: 'open', handled: true, bytes: /"twenty-nine bytes"\}$/ }],
    ['n', { end: 'open', handled: false, bytes: /^$/ }],
    ['nc', { end: 'closed', handled: false, bytes: /^$/ }],
    ['na', { end: 'reset', handled: false, bytes: /^$/ }],
    [
      'chunk_cut',
      { end: 'closed', handled: true, bytes: /chunked.*\r\n\r\nf\r\n\{"message":"twe\r\n$/s },
    ],
    ['gzip_cut', { end: 'closed', handled: true, bytes: /connection: close.*\r\n\r\n.\u{8b}/su }],
    ['drip', { end: 'open', handled: true, bytes: /\r\n\r\n\{$/ }],
    ['garbage', { end: 'closed', handled: false, bytes: /^I AM NOT HTTP/ }],
    ['header_overflow', { end: 'closed', handled: false, bytes: /x{65536}/ }],
    [
      'duplicate_content_length',
      { end: 'closed', handled: false, bytes: /content-length: 2\r\ncontent-length: 5/ },
    ],
    ['lost', { end: 'reset', handled: true, bytes: /^$/ }],
  ];

  test.each(table)('%s', async (mode, expected) => {
    let handled = false;
    await start({
      handle: () => {
        handled = true;
        return { status: 200, body };
      },
    });
    server.faults.next(mode, mode === 'drip' ? { delayMs: 5_000 } : {});
    const { bytes, end } = await talk(200);
    expect(bytes).toMatch(expected.bytes);
    expect({ end, handled }).toEqual({ end: expected.end, handled: expected.handled });
    expect(server.faults.pending).toBe(0);
  });

  test('a reset goes below TLS', async () => {
    await start({ tls: { key: fixture('server-key.pem'), cert: fixture('server.pem') } });
    server.faults.next('na');
    const options = { port: server.port, host: '127.0.0.1', ca: fixture('authority.pem') };
    const socket = connectTls(options, () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
    const code = await new Promise((resolve) => {
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.on('end', () => resolve('closed'));
    });
    expect(code).toBe('ECONNRESET');
  });

  test('an answer that was ordered replaces the handler', async () => {
    await start({ handle: () => Promise.reject(new Error('must not run')) });
    server.faults.answer({ status: 503, headers: { 'Retry-After': '3' } });
    const response = await fetch(server.url);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    expect(server.requests[0]?.status).toBe(503);
  });
});

test('faults are met in order, by the requests they are meant for, and as often as asked', async () => {
  await start();
  server.faults.answer({ status: 503 }, { times: 2, when: ({ path }) => path === '/a' });
  server.faults.answer({ status: 502 });
  const status = async (path: string) => (await fetch(server.url + path)).status;
  expect(server.faults.pending).toBe(3);
  expect(await status('/a')).toBe(503);
  expect(await status('/b')).toBe(502);
  expect(await status('/b')).toBe(200);
  expect(server.faults.pending).toBe(1);
  server.faults.clear();
  expect(await status('/a')).toBe(200);
});

describe('the server', () => {
  test('keeps what it received', async () => {
    await start();
    await fetch(`${server.url}/a%2Fb?x=1&x=2`, {
      method: 'PUT',
      body: 'é',
      headers: { 'X-A': '1' },
    });
    const [request] = server.requests;
    expect(request).toMatchObject({ id: 1, method: 'PUT', path: '/a%2Fb', text: 'é', status: 200 });
    expect(request?.headers['x-a']).toBe('1');
    expect(request?.query.getAll('x')).toEqual(['1', '2']);
  });

  test('dates its answers by its own clock', async () => {
    const clock = new VirtualClock(new Date('2031-02-03T04:05:06.789Z'));
    await start({ clock });
    const response = await fetch(server.url);
    expect(response.headers.get('date')).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
    expect(server.requests[0]?.receivedAt).toBe(clock.now());
  });

  test('delays an answer on its own clock', async () => {
    const clock = new VirtualClock();
    await start({ clock, handle: () => ({ status: 200, delayMs: 3_600_000 }) });
    const response = await clock.run(fetch(server.url));
    expect([response.status, clock.monotonicNow()]).toEqual([200, 3_600_000]);
  });

  test('answers 500 when its handler throws', async () => {
    await start({ handle: () => Promise.reject(new Error('no such museum')) });
    const response = await fetch(server.url);
    expect([response.status, await response.text()]).toEqual([500, 'Error: no such museum']);
  });

  test('ends open connections when it is closed', async () => {
    await start();
    server.faults.next('n');
    const pending = fetch(server.url).then(
      () => 'answered',
      () => 'cut',
    );
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.close();
    expect(await pending).toBe('cut');
    await start();
  });
});

async function encoding(accept: string): Promise<(string | null)[]> {
  const response = await fetch(server.url, { headers: { 'accept-encoding': accept } });
  return [response.headers.get('content-encoding'), await response.text()];
}

test('compresses with gzip or deflate as the request allows', async () => {
  await start({ handle: (request) => compress(request, { status: 200, body }) });
  expect(await encoding('deflate, gzip;q=0.5')).toEqual(['gzip', body]);
  expect(await encoding('gzip;q=0, deflate')).toEqual(['deflate', body]);
  expect(await encoding('identity')).toEqual([null, body]);
  const request = { headers: { 'accept-encoding': 'gzip' } } as never;
  expect(gunzipSync(compress(request, { status: 200, body }).body ?? '').toString()).toBe(body);
});

test('a fault that does not exist is refused by name, and `f` is none', async () => {
  const server = await startServer({ handle: () => ({ status: 200, body: 'ok' }) });
  expect(() => server.faults.next('nope' as FaultMode)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', field: 'mode' }),
  );
  server.faults.next('f');
  await expect((await fetch(server.url)).text()).resolves.toBe('ok');
  expect(server.faults.pending).toBe(0);
  await server.close();
});
