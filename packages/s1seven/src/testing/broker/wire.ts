import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { BrokerCloseReason } from '../emulated-broker.ts';

/** What a connection needs of its transport. */
export interface Wire {
  /**
   * Whether a refused login is told by CONNACK: not over WebSocket, which is closed before CONNACK is
   * sent (RabbitMQ Web MQTT plugin 3.10, measured).
   */
  readonly tellsRefusal: boolean;
  send(bytes: Buffer): void;
  /** Closes: after what was sent, unless the connection is cut. */
  close(reason: BrokerCloseReason): void;
}

/** What a transport tells its connection. */
export interface WireReader {
  receive(bytes: Buffer): void;
  /** The other side, or the network, has closed. */
  closed(): void;
}

/** Takes a new transport over. */
export type AcceptWire = (wire: Wire) => WireReader;

/** MQTT over TCP or TLS. */
export function acceptSocket(socket: Socket, accept: AcceptWire): void {
  const reader = accept({
    tellsRefusal: true,
    send: (bytes) => void socket.write(bytes),
    close: (reason) => (reason === 'cut' ? void socket.destroy() : socket.destroySoon()),
  });
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => reader.receive(bytes));
  socket.once('close', () => reader.closed());
}

/** What RabbitMQ closes a WebSocket with (RabbitMQ Web MQTT plugin 3.10, measured). */
const closingWords: Readonly<Partial<Record<BrokerCloseReason, [code: number, reason: string]>>> = {
  'refused-login': [1002, 'unauthenticated'],
  'refused-filter': [1002, 'access_refused'],
  published: [1002, 'unauthorized'],
  malformed: [1007, 'invalid_mqtt_frame_len'],
};

/** MQTT over WebSocket, in binary frames only (MQTT 3.1.1, 6.0). */
export function acceptWebSocket(webSocket: WebSocket, accept: AcceptWire): void {
  const reader = accept({
    tellsRefusal: false,
    send: (bytes) => webSocket.send(bytes),
    close: (reason) => {
      if (reason === 'cut') webSocket.terminate();
      else webSocket.close(...(closingWords[reason] ?? [1000, 'MQTT died']));
    },
  });
  webSocket.on('error', () => webSocket.terminate());
  webSocket.on('message', (data, isBinary) => {
    if (isBinary) reader.receive(data as Buffer);
    else webSocket.terminate();
  });
  webSocket.once('close', () => reader.closed());
}
