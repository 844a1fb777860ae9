import { parser, type Packet } from 'mqtt-packet';

/** Cuts a connection's bytes into packets. */
export class PacketReader {
  readonly #parser = parser();
  #packets: Packet[] = [];
  #isBroken = false;

  constructor() {
    this.#parser.on('packet', (packet) => this.#packets.push(packet));
    this.#parser.on('error', () => {
      this.#isBroken = true;
    });
  }

  /** The packets that these bytes complete; `undefined` from the first malformed one on. */
  read(bytes: Buffer): Packet[] | undefined {
    this.#packets = [];
    if (!this.#isBroken) this.#parse(bytes);
    return this.#isBroken ? undefined : this.#packets;
  }

  #parse(bytes: Buffer): void {
    try {
      this.#parser.parse(bytes);
    } catch {
      this.#isBroken = true;
    }
  }
}
