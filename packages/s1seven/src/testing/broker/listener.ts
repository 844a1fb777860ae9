import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { EmulatorTls } from '@vendorkit/core/testing';
import { WebSocketServer } from 'ws';
import { acceptSocket, acceptWebSocket, type AcceptWire } from './wire.ts';

/** The broker's certificate; absent if it speaks in the clear. */
export type BrokerTls = Pick<EmulatorTls, 'key' | 'cert'> | undefined;

/** Where WebSocket clients connect to (S1SEVEN, "Async API"). */
export const webSocketPath = '/ws/mqtt';

/** A port of 127.0.0.1 that can be closed and opened again. */
export class Listener {
  readonly #createServer: () => Server;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(createServer: () => Server) {
    this.#createServer = createServer;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens, on the port of the last time if there was one. */
  async start(): Promise<void> {
    const server = this.#createServer();
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** MQTT over TCP, or over TLS. */
export function tcpServer(tls: BrokerTls, accept: AcceptWire): Server {
  const onSocket = (socket: Socket) => acceptSocket(socket, accept);
  if (tls === undefined) return createTcpServer(onSocket);
  return createTlsServer(tls, onSocket);
}

/** MQTT over WebSocket: one path, the subprotocol `mqtt` (MQTT 3.1.1, 6.0), no compression. */
export function webSocketServer(tls: BrokerTls, accept: AcceptWire): Server {
  const http: HttpServer = tls === undefined ? createHttpServer() : createHttpsServer(tls);
  const upgrader = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  http.on('request', (_request, response) => response.writeHead(404).end());
  http.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (client) => acceptWebSocket(client, accept));
  });
  return http;
}

function refusalOf({ url, headers }: IncomingMessage): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
  if (url !== webSocketPath) return '404 Not Found';
  return offered.includes('mqtt') ? undefined : '400 Bad Request';
}
