import { connect as connectTcp, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { createWebSocketStream, WebSocket } from 'ws';

/** Where the broker is, and whom it has to be. */
export interface BrokerAddress {
  /** mqtts or wss; mqtt or ws to this computer. */
  readonly url: string;
  /** Certificates to trust instead of the usual ones. */
  readonly ca: string | Buffer | (string | Buffer)[] | undefined;
}

/** The ports that are registered with IANA. */
const tcpPort = 1883;
const tlsPort = 8883;

/**
 * Opens a connection to the broker. The library's own builders are not used: they hand all options,
 * the password among them, to Node, and read a proxy from the environment.
 */
export function openBrokerSocket({ url, ca }: BrokerAddress): Duplex {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  switch (protocol) {
    case 'mqtts:': {
      // A name is sent to the server (SNI), an address must not be (RFC 6066, 3).
      const name = isIP(host) === 0 ? { servername: host } : {};
      const checked = { ca, rejectUnauthorized: true, ...name };
      return connectTls({ host, port: Number(port || tlsPort), ...checked }).setNoDelay(true);
    }
    case 'mqtt:':
      return connectTcp({ host, port: Number(port || tcpPort) }).setNoDelay(true);
    default:
      return openWebSocket(url, ca);
  }
}

/** MQTT over WebSocket (MQTT 3.1.1, 6), without compression: it costs more than it saves. */
function openWebSocket(url: string, ca: BrokerAddress['ca']): Duplex {
  const socket = new WebSocket(url, ['mqtt'], {
    ca,
    perMessageDeflate: false,
    rejectUnauthorized: true,
  });
  let status: number | undefined;
  socket.on('unexpected-response', (_request, response) => {
    status = response.statusCode;
    socket.terminate();
  });
  // Before the stream listens, which passes the error on.
  socket.on('error', (error) => {
    if (status !== undefined) Object.assign(error, { code: `HTTP_${status}` });
  });
  const stream = createWebSocketStream(socket);
  // The stream does not end by itself when the other side closes.
  socket.on('close', (code, reason) => stream.destroy(refusalOf(code, reason.toString())));
  return stream;
}

/**
 * How RabbitMQ refuses a login over WebSocket: by closing, without CONNACK (RabbitMQ Web MQTT plugin
 * 3.10, measured).
 *
 * @returns An error whose code is the return code that CONNACK has over TCP.
 */
function refusalOf(closeCode: number, reason: string): Error | undefined {
  if (closeCode !== 1002 || reason !== 'unauthenticated') return undefined;
  return Object.assign(new Error('The login was refused.'), { code: 4 });
}
