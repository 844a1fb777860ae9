import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as realSleep } from 'node:timers/promises';
import { systemClock } from '../time/clock.ts';
import type { Clock } from '../time/clock.ts';
import { decompress } from './compress.ts';
import { FaultQueue } from './fault-queue.ts';
import { misbehave } from './faults.ts';
import type { Faults } from './faults.ts';
import type { EmulatorAnswer, EmulatorHandler, EmulatorRequest } from './messages.ts';
import { sendAnswer } from './send-answer.ts';

/** TLS settings of an emulator, in PEM. */
export interface EmulatorTls {
  /** The server's private key. */
  key: string | Buffer;
  /** The server's certificate. */
  cert: string | Buffer;
  /** The authorities whose client certificates are accepted. */
  ca?: string | Buffer;
  /** Whether clients without an accepted certificate are cut off. */
  requestCert?: boolean;
  /** How long each handshake is held back, in milliseconds of real time. */
  handshakeDelayMs?: number;
}

/** How an emulator is started. */
export interface ServerOptions {
  /** Decides each answer. */
  handle: EmulatorHandler;
  /**
   * The server's clock: `Date` headers, `receivedAt` and delays follow it.
   * @defaultValue the computer's clock
   */
  clock?: Clock;
  /** Speak HTTPS with these settings. */
  tls?: EmulatorTls;
  /** @defaultValue any free port */
  port?: number;
  /**
   * How long an idle connection is kept, announced in `Keep-Alive`, in milliseconds of real time.
   * @defaultValue 5000, as in Node
   */
  keepAliveTimeoutMs?: number;
}

/** A running emulator. */
export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Every request received so far, oldest first. */
  readonly requests: EmulatorRequest[];
  /** Makes it misbehave. */
  readonly faults: Faults;
  /** How many connections were accepted so far. */
  readonly connections: number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server for tests on 127.0.0.1.
 *
 * @example
 * ```ts
 * const server = await startServer({ handle: () => ({ status: 200, body: '{}' }) });
 * server.faults.next('na'); // the next request is answered by a connection reset
 * await server.close();
 * ```
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const clock = options.clock ?? systemClock;
  const requests: EmulatorRequest[] = [];
  const faults = new FaultQueue();
  const connections = new Connections();
  let lastId = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const receipt = await receive(incoming, (lastId += 1), clock);
    requests.push(receipt);
    const ask = async () => askHandler(options.handle, receipt);
    const wait = async (delayMs: number) => sleepOn(clock, delayMs);
    const ordered = faults.take(receipt);
    if (ordered !== undefined && 'mode' in ordered) {
      const socket = connections.rawSocketOf(incoming.socket);
      await misbehave(ordered, { response, socket, ask, wait, date: httpDate(clock) });
      if (response.writableEnded) receipt.status = response.statusCode;
      return;
    }
    const answer = ordered ?? (await ask());
    if (answer.delayMs !== undefined) await wait(answer.delayMs);
    receipt.status = answer.status;
    sendAnswer(response, answer, httpDate(clock));
  }

  const listener: RequestListener = (incoming, response) => {
    // A client that goes away in the middle of its request is no failure of the emulator.
    serve(incoming, response).catch(() => incoming.socket.destroy());
  };
  const server = createServer(options, listener, connections);
  server.keepAliveTimeout = options.keepAliveTimeoutMs ?? 5_000;
  const port = await listen(server, options.port ?? 0);

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    requests,
    faults,
    get connections() {
      return connections.accepted;
    },
    close: async () => close(server, connections),
  };
}

/** The TCP connections of a server. */
class Connections {
  accepted = 0;
  readonly #open = new Map<number | undefined, Socket>();

  add(socket: Socket): void {
    const { remotePort } = socket;
    this.accepted += 1;
    this.#open.set(remotePort, socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      if (this.#open.get(remotePort) === socket) this.#open.delete(remotePort);
    });
  }

  /** The TCP socket below a request's socket: TLS sockets cannot be reset. */
  rawSocketOf(socket: Socket): Socket {
    return this.#open.get(socket.remotePort) ?? socket;
  }

  destroy(): void {
    for (const socket of this.#open.values()) socket.destroy();
  }
}

function createServer(
  options: ServerOptions,
  listener: RequestListener,
  connections: Connections,
): Server {
  const { tls } = options;
  if (tls === undefined) {
    return createHttpServer(listener).on('connection', (socket) => connections.add(socket));
  }
  const { handshakeDelayMs = 0, requestCert = false, ...certificate } = tls;
  const server = createHttpsServer(
    { ...certificate, requestCert, rejectUnauthorized: requestCert },
    listener,
  );
  const [startHandshake] = server.listeners('connection');
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    connections.add(socket);
    const start = () => {
      if (!socket.destroyed) startHandshake?.call(server, socket);
    };
    if (handshakeDelayMs === 0) return start();
    const timeout = setTimeout(start, handshakeDelayMs);
    socket.once('close', () => clearTimeout(timeout));
  });
  return server;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server, connections: Connections): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  connections.destroy();
  await closed;
}

async function receive(
  incoming: IncomingMessage,
  id: number,
  clock: Clock,
): Promise<EmulatorRequest> {
  const body = await buffer(incoming);
  const [path = '', query = ''] = (incoming.url ?? '').split(/\?(.*)/s);
  const headers = Object.entries(incoming.headersDistinct).map(([name, values]) => [
    name,
    (values ?? []).join(', '),
  ]);
  return {
    id,
    method: incoming.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body,
    text: decompress(body, incoming.headers['content-encoding']).toString('utf8'),
    receivedAt: clock.now(),
  };
}

async function askHandler(
  handle: EmulatorHandler,
  request: EmulatorRequest,
): Promise<EmulatorAnswer> {
  try {
    return await handle(request);
  } catch (error) {
    return { status: 500, headers: { 'content-type': 'text/plain' }, body: String(error) };
  }
}

function httpDate(clock: Clock): string {
  return new Date(clock.now()).toUTCString();
}

/** A clock that can sleep, such as the virtual one, is told so that it may move on meanwhile. */
async function sleepOn(clock: Clock & { sleep?: unknown }, delayMs: number): Promise<void> {
  if (clock === systemClock) {
    await realSleep(delayMs, undefined, { ref: false });
    return;
  }
  if (typeof clock.sleep === 'function') {
    await (clock.sleep as (delayMs: number) => Promise<void>).call(clock, delayMs);
    return;
  }
  await new Promise<void>((resolve) => clock.schedule(delayMs, resolve));
}
