import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { generate, parser, type IConnectPacket, type Packet } from 'mqtt-packet';
import { closeLater, topic } from './harness.ts';

/** A connection to a {@link RawBroker}, as the broker sees it. */
export interface RawConnection {
  /** Counts from 1; second connections to prove a takeover have none: they are 0. */
  readonly number: number;
  readonly clientId: string;
  readonly socket: Socket;
  readonly received: Packet[];
  readonly send: (packet: Packet) => void;
  /** Sends a message of quality 1, or another. */
  readonly publish: (messageId: number, payload: string | Buffer, qos?: 1 | 2) => void;
}

/** What a broker does with a packet instead of what is usual; `probe`: with each of a probe's. */
export type Behaviour = {
  readonly [Command in 'connect' | 'probe' | 'subscribe' | 'disconnect' | 'pubrec']?: (
    connection: RawConnection,
    packet: Packet,
  ) => void;
};

/** A broker that does what a test says, packet by packet, right or wrong. */
export interface RawBroker {
  readonly url: string;
  readonly connections: readonly RawConnection[];
  readonly probes: readonly RawConnection[];
  close(): Promise<void>;
}

/** How a usual broker logs a client in. */
export function letIn({ send }: RawConnection, sessionPresent: boolean): void {
  send({ cmd: 'connack', returnCode: 0, sessionPresent });
}

/** How a usual broker grants what is asked for. */
export function grant({ send }: RawConnection, { messageId = 0 }: Packet): void {
  send({ cmd: 'suback', messageId, granted: [1] });
}

export async function startRawBroker(behaviour: Behaviour = {}): Promise<RawBroker> {
  const connections: RawConnection[] = [];
  const probes: RawConnection[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    let connection: RawConnection | undefined;
    const reader = parser();
    reader.on('error', () => socket.destroy());
    reader.on('packet', (packet) => {
      if (packet.cmd === 'connect') {
        const isProbe = packet.clientId.includes('_probe');
        connection = connectionOf(socket, packet, isProbe ? 0 : connections.length + 1);
        (isProbe ? probes : connections).push(connection);
      }
      if (connection !== undefined) answer(connection, packet, behaviour);
    });
    socket.on('data', (bytes) => void reader.parse(bytes));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return closeLater({ url: `mqtt://127.0.0.1:${port}`, connections, probes, close });
}

function connectionOf(socket: Socket, { clientId }: IConnectPacket, number: number): RawConnection {
  const send = (packet: Packet): void => {
    if (socket.writable) socket.write(generate(packet));
  };
  const publish = (messageId: number, payload: string | Buffer, qos: 1 | 2 = 1): void =>
    send({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false });
  return { number, clientId, socket, received: [], send, publish };
}

function answer(connection: RawConnection, packet: Packet, behaviour: Behaviour): void {
  connection.received.push(packet);
  const what = connection.number === 0 ? 'probe' : packet.cmd;
  const own = (behaviour as Record<string, Behaviour['connect']>)[what];
  if (own !== undefined) return own(connection, packet);
  if (packet.cmd === 'connect') letIn(connection, connection.number > 1);
  if (packet.cmd === 'subscribe') grant(connection, packet);
  if (packet.cmd === 'pingreq') connection.send({ cmd: 'pingresp' });
  if (packet.cmd === 'disconnect') connection.socket.end();
}

/** The packet ids that a connection acknowledged. */
export function acknowledged({ received }: RawConnection): number[] {
  return received.flatMap(({ cmd, messageId = 0 }) => (cmd === 'puback' ? [messageId] : []));
}
