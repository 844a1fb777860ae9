import { connect } from 'node:net';
import {
  generate,
  parser,
  type IConnectPacket,
  type IPublishPacket,
  type Packet,
} from 'mqtt-packet';
import { WebSocket } from 'ws';

/** The bytes between a client and a broker. */
interface RawWire {
  write(bytes: Buffer): void;
  destroy(): void;
}

/** What a client is told of its wire; `words` are those of a WebSocket that was closed properly. */
interface RawReader {
  readonly read: (bytes: Buffer) => void;
  readonly ended: (words?: string) => void;
}

/** A client that does nothing of its own accord: no acknowledgement, no ping, no reconnect. */
export class RawClient {
  readonly received: Packet[] = [];
  /** Resolves to the closing words of a WebSocket: its code and its reason. */
  readonly closed: Promise<string | undefined>;
  readonly #wire: RawWire;
  #isClosed = false;
  #subscribes = 0;

  constructor(url: string) {
    const reader = parser().on('packet', (packet) => this.received.push(packet));
    const read = (bytes: Buffer) => void reader.parse(bytes);
    const open = url.startsWith('ws') ? openWebSocket : openSocket;
    let tell: RawReader['ended'] = () => {};
    this.closed = new Promise((resolve) => {
      tell = (words) => {
        this.#isClosed = true;
        resolve(words);
      };
    });
    this.#wire = open(url, { read, ended: (words) => tell(words) });
  }

  /** Connects with a persistent session, unless told otherwise, and waits for CONNACK or the end. */
  static async connect(url: string, options?: Partial<IConnectPacket>): Promise<RawClient> {
    const client = new RawClient(url);
    client.send({ ...connectPacket, ...options });
    await until(() => client.#isClosed || client.received.length > 0);
    return client;
  }

  send(packet: Packet): void {
    this.#wire.write(generate(packet));
  }

  sendBytes(bytes: Buffer): void {
    this.#wire.write(bytes);
  }

  /** Subscribes with packet id 1, the next time with 2. */
  async subscribe(...topics: string[]): Promise<void> {
    const messageId = (this.#subscribes += 1);
    const subscriptions = topics.map((topic) => ({ topic, qos: 1 as const }));
    this.send({ cmd: 'subscribe', messageId, subscriptions });
    await this.sees((packet) => packet.cmd === 'suback' && packet.messageId === messageId);
  }

  acknowledge(...packetIds: number[]): void {
    for (const messageId of packetIds) this.send({ cmd: 'puback', messageId });
  }

  /** Answered to, the broker has worked through everything that was sent before. */
  async ping(): Promise<void> {
    const before = this.#count('pingresp');
    this.send({ cmd: 'pingreq' });
    await until(() => this.#count('pingresp') > before);
  }

  /** The first packet that fits, waiting for it. */
  async sees(fits: (packet: Packet) => boolean): Promise<Packet> {
    await until(() => this.received.some(fits));
    return this.received.find(fits) as Packet;
  }

  get messages(): IPublishPacket[] {
    return this.received.filter((packet): packet is IPublishPacket => packet.cmd === 'publish');
  }

  /** The messages that came, each as packet id and text; a redelivered one with an asterisk. */
  get deliveries(): string[] {
    return this.messages.map(
      ({ messageId, dup, payload }) => `${messageId} ${payload.toString()}${dup ? '*' : ''}`,
    );
  }

  disconnect(): void {
    this.send({ cmd: 'disconnect' });
  }

  destroy(): void {
    this.#wire.destroy();
  }

  #count(cmd: Packet['cmd']): number {
    return this.received.filter((packet) => packet.cmd === cmd).length;
  }
}

function openSocket(url: string, { read, ended }: RawReader): RawWire {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.on('data', read);
  socket.once('close', () => ended());
  return { write: (bytes) => void socket.write(bytes), destroy: () => void socket.destroy() };
}

function openWebSocket(url: string, { read, ended }: RawReader): RawWire {
  const socket = new WebSocket(url, ['mqtt']);
  const opened = new Promise((resolve) => socket.once('open', resolve));
  socket.on('error', () => socket.terminate());
  socket.on('message', read);
  socket.once('close', (code, reason) => ended(`${code} ${reason.toString()}`.trim()));
  return {
    write: (bytes) => void opened.then(() => socket.send(bytes)),
    destroy: () => socket.terminate(),
  };
}

/** A CONNECT as S1SEVEN wants it. */
export const connectPacket: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: false,
  clientId: 'company_42_raw',
  keepalive: 60,
};

/** Waits for something that must come about. */
export async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`It did not come about: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
