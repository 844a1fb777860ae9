import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect as connectTcp } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';
import { fixture } from '../fixtures/fixture.ts';
import {
  ca,
  closeAll,
  closeLater,
  connect,
  delay,
  failure,
  handles,
  request,
  serve,
  tls,
  until,
} from './harness.ts';

afterEach(closeAll);

interface TestProxy {
  readonly url: string;
  /** Request lines and headers that the proxy has seen. */
  readonly seen: { line: string; headers: IncomingMessage['headers'] }[];
  /** All bytes that went through its tunnels towards the vendor. */
  readonly tunnelled: Buffer[];
}

interface ProxyOptions {
  secure?: boolean;
  /** Answers CONNECT with this instead of doing it; 0 is silence. */
  refuse?: number;
}

/** A proxy that does what RFC 9110 says: CONNECT for tunnels, absolute URLs for plain requests. */
async function startProxy({ secure = false, refuse }: ProxyOptions = {}): Promise<TestProxy> {
  const seen: TestProxy['seen'] = [];
  const tunnelled: Buffer[] = [];
  const open = new Set<Socket>();
  const server: Server = secure ? createSecureServer(tls) : createServer();
  server.on('connection', (socket: Socket) => {
    open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)));
  });
  server.on('connect', (incoming, client) => {
    seen.push({ line: `CONNECT ${incoming.url}`, headers: incoming.headers });
    client.on('error', () => undefined);
    if (refuse === 0) return;
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} No\r\ncontent-length: 6\r\n\r\ncanary`);
      return;
    }
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const upstream = connectTcp(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.on('data', (chunk: Buffer) => tunnelled.push(chunk)).pipe(upstream);
      upstream.pipe(client);
    });
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  server.on('request', (incoming, response) => {
    seen.push({ line: `${incoming.method} ${incoming.url}`, headers: incoming.headers });
    if (refuse !== undefined) {
      response.writeHead(refuse).end();
      return;
    }
    const { 'proxy-authorization': _own, ...headers } = incoming.headers;
    const onward = forward(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${secure ? 'https' : 'http'}://127.0.0.1:${port}`, seen, tunnelled };
}

function withCredentials(url: string): string {
  return url.replace('://', '://museum:canary%40password@');
}

const credentials = `Basic ${Buffer.from('museum:canary@password').toString('base64')}`;

describe.each([
  ['http', false],
  ['https', true],
])('an https vendor behind an %s proxy', (_scheme, secure) => {
  test('is reached by a tunnel that the proxy cannot look into', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve({ tls });
    const transport = connect(server.url, { ca, proxy: withCredentials(proxy.url) });
    const headers = { 'x-secret': 'canary-header' };
    for (let call = 0; call < 3; call += 1) {
      const answer = await transport.send(
        request(server.url, { headers, sign: () => ({ 'x-signed': 'yes' }) }),
      );
      expect(answer.status).toBe(200);
    }
    expect(proxy.seen).toEqual([
      {
        line: `CONNECT 127.0.0.1:${server.port}`,
        headers: expect.objectContaining({ 'proxy-authorization': credentials }),
      },
    ]);
    expect(Buffer.concat(proxy.tunnelled).length).toBeGreaterThan(500);
    expect(Buffer.concat(proxy.tunnelled).toString('latin1')).not.toMatch('canary-header');
    for (const received of server.requests) {
      expect(received.headers).not.toHaveProperty('proxy-authorization');
      expect(received.headers).toMatchObject({ 'x-secret': 'canary-header', 'x-signed': 'yes' });
    }
  });

  test('is called over several tunnels at once, but no more than there may be sockets', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve({ tls, handle: () => ({ status: 200, delayMs: 10 }) });
    const transport = connect(server.url, { ca, proxy: proxy.url, maxSockets: 3 });
    const calls = Array.from({ length: 30 }, async () => transport.send(request(server.url)));
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(proxy.seen.length).toBe(3);
  });

  test('sees the client certificate, and is verified by its own name', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve({ tls: { ...tls, ca, requestCert: true } });
    const clientCertificate = { cert: fixture('client.pem'), key: fixture('client-key.pem') };
    const url = server.url.replace('127.0.0.1', 'localhost');
    const transport = connect(url, { ca, proxy: proxy.url, clientCertificate });
    expect((await transport.send(request(url))).status).toBe(200);
    const other = await serve({
      tls: { key: fixture('other-host-key.pem'), cert: fixture('other-host.pem') },
    });
    const error = await failure(
      connect(other.url, { ca, proxy: proxy.url }).send(request(other.url)),
    );
    expect(error).toMatchObject({ code: 'CERTIFICATE', outcome: 'not-sent' });
  });

  test.each([407, 502, 301])(
    'that answers CONNECT with %d gives CONNECTION, not sent',
    async (refuse) => {
      const proxy = await startProxy({ secure, refuse });
      const server = await serve({ tls });
      const transport = connect(server.url, { ca, proxy: withCredentials(proxy.url) });
      const error = await failure(transport.send(request(server.url)));
      expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent', retryable: true });
      expect(error.message).toMatch(`HTTP ${refuse}`);
      expect(inspect(error, { depth: 12, showHidden: true })).not.toMatch(/canary|bXVzZXVt/);
      expect(server.connections).toBe(0);
    },
  );

  test('that is silent is given up in time, its socket too', async () => {
    const proxy = await startProxy({ secure, refuse: 0 });
    const server = await serve({ tls });
    const before = handles(/^(TCP|TLS)(Socket)?Wrap$/);
    const transport = connect(server.url, { ca, proxy: proxy.url, maxSockets: 1 });
    const startedAt = performance.now();
    const error = await failure(transport.send(request(server.url, { timeoutMs: 200 })));
    expect(error).toMatchObject({ code: 'TIMEOUT', outcome: 'not-sent' });
    expect(performance.now() - startedAt).toBeLessThan(400);
    await until(() => handles(/^(TCP|TLS)(Socket)?Wrap$/) <= before);
    const again = await failure(transport.send(request(server.url, { timeoutMs: 200 })));
    expect([again.code, proxy.seen.length]).toEqual(['TIMEOUT', 2]);
  });

  test('whose TLS handshake stalls behind the tunnel is given up in time', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve({ tls: { ...tls, handshakeDelayMs: 5_000 } });
    const before = handles(/^(TCP|TLS)(Socket)?Wrap$/);
    const transport = connect(server.url, { ca, proxy: proxy.url });
    const error = await failure(transport.send(request(server.url, { timeoutMs: 300 })));
    expect(error).toMatchObject({ code: 'TIMEOUT', outcome: 'not-sent' });
    await until(() => handles(/^(TCP|TLS)(Socket)?Wrap$/) <= before);
  });

  test('that cuts a tunnel gives CONNECTION, and the next call digs another', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve({ tls });
    const transport = connect(server.url, { ca, proxy: proxy.url });
    await transport.send(request(server.url));
    server.faults.next('na');
    const error = await failure(transport.send(request(server.url)));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'unknown' });
    expect((await transport.send(request(server.url))).status).toBe(200);
    expect(proxy.seen.length).toBe(2);
  });
});

test('an https proxy is verified, and never shown the client certificate', async () => {
  const proxy = await startProxy({ secure: true });
  const server = await serve({ tls });
  const clientCertificate = { cert: fixture('client.pem'), key: fixture('client-key.pem') };
  const transport = connect(server.url, { proxy: proxy.url, clientCertificate });
  const error = await failure(transport.send(request(server.url)));
  expect(error).toMatchObject({ code: 'CERTIFICATE', outcome: 'not-sent' });
  expect(proxy.seen).toEqual([]);
});

describe.each([
  ['http', false],
  ['https', true],
])('an http vendor on this computer behind an %s proxy', (_scheme, secure) => {
  test('is reached by its whole URL', async () => {
    const proxy = await startProxy({ secure });
    const server = await serve();
    const transport = connect(server.url, { ca, proxy: withCredentials(proxy.url) });
    const answer = await transport.send(request(`${server.url}/a?b=c`, { body: 'hello' }));
    expect(answer.status).toBe(200);
    expect(proxy.seen).toMatchObject([
      { line: `POST ${server.url}/a?b=c`, headers: { 'proxy-authorization': credentials } },
    ]);
    expect(server.requests[0]).toMatchObject({ path: '/a', text: 'hello' });
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('that is refused by the proxy (407) gives CONNECTION, not sent', async () => {
    const proxy = await startProxy({ secure, refuse: 407 });
    const server = await serve();
    const error = await failure(
      connect(server.url, { ca, proxy: proxy.url }).send(request(server.url)),
    );
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent' });
  });
});

test('a proxy where nobody listens gives CONNECTION, not sent', async () => {
  const server = await serve({ tls });
  const error = await failure(
    connect(server.url, { ca, proxy: 'http://127.0.0.1:1' }).send(request(server.url)),
  );
  expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent' });
});

test('the environment names no proxy', async () => {
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = 'http://127.0.0.1:1';
  try {
    for (const options of [{}, { tls }]) {
      const server = await serve(options);
      expect((await connect(server.url, { ca }).send(request(server.url))).status).toBe(200);
    }
  } finally {
    for (const [index, name] of names.entries()) {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    }
  }
});

test.each([
  '',
  'canary:8080',
  'socks5://canary:1080',
  'http://proxy.example/canary',
  'http://proxy.example?canary',
  'http://user:%ffcanary@proxy.example',
])('%j is refused, and not quoted', (proxy) => {
  const open = () => connect('https://127.0.0.1:9', { proxy });
  expect(open).toThrow(expect.objectContaining({ code: 'CONFIGURATION', field: 'proxy' }));
  expect(open).not.toThrow(/canary/);
});

test('aborted tunnels leave no error without a listener', async () => {
  const proxy = await startProxy();
  const server = await serve({ tls });
  const transport = connect(server.url, { ca, proxy: proxy.url, maxSockets: 5 });
  const calls = Array.from({ length: 60 }, async (_, index) =>
    transport
      .send(request(server.url, { timeoutMs: 1 + ((index * 13) % 40) }))
      .catch((error: unknown) => error),
  );
  await Promise.all(calls);
  await delay(50);
  expect((await transport.send(request(server.url))).status).toBe(200);
});
