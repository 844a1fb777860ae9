import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import type { FaultMode } from '../../src/testing/faults.ts';
import {
  body,
  ca,
  closeAll,
  closeLater,
  connect,
  failure,
  request,
  serve,
  tls,
} from './harness.ts';

afterEach(closeAll);

describe('a request', () => {
  test('arrives as it was given, with nothing added but what HTTP needs', async () => {
    const server = await serve();
    const transport = connect(server.url);
    const headers = { 'X-One': '1' };
    await transport.send(request(`${server.url}/a%2Fb?c=d`, { headers, body: '{"é":1}' }));
    const [received] = server.requests;
    expect(received).toMatchObject({ method: 'POST', path: '/a%2Fb', text: '{"é":1}' });
    expect(received?.headers).toEqual({
      'x-one': '1',
      host: `127.0.0.1:${server.port}`,
      'content-length': '8',
      connection: 'keep-alive',
    });
  });

  test('without a body carries none', async () => {
    const server = await serve();
    await connect(server.url).send(request(server.url, { method: 'GET', body: undefined }));
    expect(server.requests[0]?.body.length).toBe(0);
    expect(server.requests[0]?.headers).not.toHaveProperty('content-length');
  });

  test.each(['GET', 'DELETE', 'PUT'])('%s may carry a body', async (method) => {
    const server = await serve();
    await connect(server.url).send(request(server.url, { method, body: Buffer.from('abc') }));
    expect(server.requests[0]?.text).toBe('abc');
  });

  test('reuses the connection', async () => {
    const server = await serve({ tls });
    const transport = connect(server.url, { ca });
    for (let call = 0; call < 5; call += 1) await transport.send(request(server.url));
    expect(server.connections).toBe(1);
  });

  test('never uses more sockets than it may', async () => {
    let now = 0;
    let most = 0;
    const server = await serve({
      handle: async () => {
        most = Math.max(most, (now += 1));
        await new Promise((resolve) => setTimeout(resolve, 20));
        now -= 1;
        return { status: 200 };
      },
    });
    const transport = connect(server.url, { maxSockets: 3 });
    const calls = Array.from({ length: 60 }, async () => transport.send(request(server.url)));
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(most).toBeLessThanOrEqual(3);
    expect(server.connections).toBe(3);
  });

  test.each(['Host', 'transfer-encoding', 'Content-Length', 'Proxy-Authorization'])(
    'may not set %s',
    async (name) => {
      const transport = connect('http://127.0.0.1:9');
      const send = transport.send(request('http://127.0.0.1:9', { headers: { [name]: '5' } }));
      expect(await failure(send)).toMatchObject({
        code: 'INVALID_REQUEST',
        field: `headers.${name}`,
      });
    },
  );

  test.each<[string, Record<string, string>]>([
    ['a line break', { 'x-a': 'canary\r\nx-b: 1' }],
    ['a name with a space', { 'x a': 'canary' }],
  ])('with %s in a header is refused, its value untold', async (_case, headers) => {
    const server = await serve();
    const transport = connect(server.url, { maxSockets: 1 });
    const early = await failure(transport.send(request(server.url, { headers })));
    const late = await failure(transport.send(request(server.url, { sign: () => headers })));
    for (const error of [early, late]) {
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', outcome: 'not-sent' });
      expect(inspect(error, { depth: 12, showHidden: true })).not.toContain('canary');
    }
    expect(server.requests).toEqual([]);
    expect((await transport.send(request(server.url))).status).toBe(200);
  });

  test('to another origin is refused', async () => {
    const server = await serve();
    const other = await serve();
    const error = await failure(connect(server.url).send(request(other.url)));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', outcome: 'not-sent' });
    expect(other.requests).toEqual([]);
  });
});

describe('an answer', () => {
  test('comes whole, with its times', async () => {
    const before = Date.now();
    const server = await serve({
      handle: () => ({ status: 201, headers: { 'X-A': '1' }, body, delayMs: 60 }),
    });
    const answer = await connect(server.url).send(request(server.url));
    expect(answer).toMatchObject({ status: 201, framed: true, headers: { 'x-a': '1' } });
    expect(answer.body.toString()).toBe(body);
    expect(answer.sentAtMs).toBeGreaterThanOrEqual(before);
    expect(answer.receivedAtMs - answer.sentAtMs).toBeGreaterThanOrEqual(55);
    expect(answer.durationMs).toBeGreaterThanOrEqual(answer.receivedAtMs - answer.sentAtMs - 2);
  });

  test('joins headers that are repeated', async () => {
    const lines = [
      'content-encoding: UTF-8',
      'Content-Encoding: gzip',
      'set-cookie: a',
      'set-cookie: b',
    ];
    const url = await rawServer(
      ['HTTP/1.1 200 OK', ...lines, 'content-length: 0', '', ''].join('\r\n'),
    );
    const { headers } = await connect(url).send(request(url));
    expect(headers).toMatchObject({ 'content-encoding': 'UTF-8, gzip', 'set-cookie': 'a, b' });
  });

  test.each([
    ['content-length: 2\r\n\r\n{}', true],
    ['transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n', true],
    ['connection: close\r\n\r\n{}', false],
  ])('is framed or not: %j', async (rest, framed) => {
    const url = await rawServer(`HTTP/1.1 200 OK\r\n${rest}`);
    const answer = await connect(url).send(request(url));
    expect([answer.body.toString(), answer.framed]).toEqual(['{}', framed]);
  });

  test('that redirects is not followed', async () => {
    const other = await serve();
    const server = await serve({
      handle: () => ({ status: 307, headers: { location: other.url } }),
    });
    const answer = await connect(server.url).send(request(server.url));
    expect(answer.status).toBe(307);
    expect(other.requests).toEqual([]);
  });

  test('longer than it may be is given up', async () => {
    const server = await serve({ handle: () => ({ status: 200, body: 'x'.repeat(2_000_000) }) });
    const send = connect(server.url).send(request(server.url, { maxResponseBytes: 1_000_000 }));
    expect(await failure(send)).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'answered' });
  });
});

describe('each fault', () => {
  const table: [FaultMode, string, string][] = [
    ['p', 'TIMEOUT', 'unknown'],
    ['pc', 'CONNECTION', 'unknown'],
    ['pa', 'CONNECTION', 'unknown'],
    ['n', 'TIMEOUT', 'unknown'],
    ['nc', 'CONNECTION', 'unknown'],
    ['na', 'CONNECTION', 'unknown'],
    ['chunk_cut', 'CONNECTION', 'unknown'],
    ['drip', 'TIMEOUT', 'unknown'],
    ['garbage', 'INVALID_RESPONSE', 'unknown'],
    ['header_overflow', 'INVALID_RESPONSE', 'unknown'],
    ['duplicate_content_length', 'INVALID_RESPONSE', 'unknown'],
    ['lost', 'CONNECTION', 'unknown'],
  ];

  describe.each([
    ['over http', {}, {}],
    ['over https', { tls }, { ca }],
  ])('%s', (_way, serverOptions, options) => {
    test.each(table)('%s is %s, %s', async (mode, code, outcome) => {
      const server = await serve(serverOptions);
      const transport = connect(server.url, options);
      server.faults.next(mode);
      const timeoutMs = code === 'TIMEOUT' ? 400 : 10_000;
      const error = await failure(transport.send(request(server.url, { timeoutMs })));
      expect(error).toMatchObject({ code, outcome, retryable: code !== 'INVALID_RESPONSE' });
      expect((await transport.send(request(server.url))).status).toBe(200);
    });

    test('pn succeeds, and so does no fault', async () => {
      const server = await serve(serverOptions);
      const transport = connect(server.url, options);
      server.faults.next('pn');
      const answers = [await transport.send(request(server.url))];
      answers.push(await transport.send(request(server.url)));
      expect(answers.map((answer) => answer.body.toString())).toEqual([body, body]);
    });

    test.each(['p', 'n', 'drip'] as const)(
      '%s is DEADLINE_EXCEEDED where that is shorter',
      async (mode) => {
        const server = await serve(serverOptions);
        server.faults.next(mode);
        const send = connect(server.url, options).send(request(server.url, { deadlineMs: 300 }));
        expect(await failure(send)).toMatchObject({
          code: 'DEADLINE_EXCEEDED',
          outcome: 'unknown',
        });
      },
    );
  });

  test('a port where nobody listens is CONNECTION, not sent', async () => {
    const server = await serve();
    await server.close();
    const error = await failure(connect(server.url).send(request(server.url)));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent', retryable: true });
    expect(error.cause).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('a name that does not exist is CONNECTION, not sent', async () => {
    const url = 'https://vendor.invalid';
    const error = await failure(connect(url).send(request(url)));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent' });
  });

  test('a server that speaks no TLS is CONNECTION, not sent', async () => {
    const server = await serve();
    const url = server.url.replace('http:', 'https:');
    const error = await failure(connect(url).send(request(url)));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent' });
  });

  test('tells method and host, never path or query', async () => {
    const server = await serve();
    server.faults.next('na');
    const url = `${server.url}/path-canary?otp=query-canary`;
    const error = await failure(connect(server.url).send(request(url)));
    expect(error.message).toMatch(`POST 127.0.0.1:${server.port}: `);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch('canary');
  });

  test('leads back to the caller in its stack', async () => {
    const server = await serve();
    server.faults.next('na');
    async function theCaller() {
      await connect(server.url).send(request(server.url));
    }
    expect((await failure(theCaller())).stack).toMatch('theCaller');
  });
});

describe('a closed transport', () => {
  test('sends no more', async () => {
    const server = await serve();
    const transport = connect(server.url);
    transport.close();
    const error = await failure(transport.send(request(server.url)));
    expect(error).toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
  });

  test('ends what is under way and what waits', async () => {
    const server = await serve();
    server.faults.next('n');
    const transport = connect(server.url, { maxSockets: 1 });
    const errors = [transport.send(request(server.url)), transport.send(request(server.url))].map(
      failure,
    );
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    transport.close();
    expect(await Promise.all(errors)).toMatchObject([
      { code: 'CLOSED', outcome: 'unknown' },
      { code: 'CLOSED', outcome: 'not-sent' },
    ]);
  });
});

/** A server that answers every connection with these bytes, then closes it. */
async function rawServer(bytes: string): Promise<string> {
  const server = createServer((socket) => socket.once('data', () => socket.end(bytes)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
