import { MessageQueue, type QueuedMessage } from './message-queue.ts';
import { filterMatches } from './topic-filter.ts';

/** A message on its way to a client. Without a packet id it is QoS 0. */
export interface Delivery {
  readonly topic: string;
  readonly payload: Buffer;
  readonly packetId?: number;
  readonly duplicate: boolean;
}

/** The quality of service that the broker grants. */
export type GrantedQos = 0 | 1;

const greatestPacketId = 65_535;

/** What the broker keeps of a client, connected or not: its filters and its messages. */
export class Session {
  readonly #window: number;
  readonly #filters = new Map<string, GrantedQos>();
  readonly #waiting = new MessageQueue();
  readonly #unacknowledged = new Map<number, QueuedMessage>();
  #lastPacketId = 0;
  #hasQueue = false;
  #deliver: ((delivery: Delivery) => void) | undefined;

  /** @param window - How many messages may be unacknowledged at once. */
  constructor(window: number) {
    this.#window = window;
  }

  /** Whether there is anything to keep: the queue, which the first filter of QoS 1 asked for makes. */
  get hasQueue(): boolean {
    return this.#hasQueue;
  }

  /** Delivers to a new connection from now on, first of all what waits. Packet ids start at 1. */
  attach(deliver: (delivery: Delivery) => void): void {
    this.#deliver = deliver;
    this.#lastPacketId = 0;
    this.#fillWindow();
  }

  /**
   * The connection has ended: what it did not acknowledge comes first on the next. QoS 0 ends with
   * the connection (RabbitMQ MQTT plugin, "Quality of Service").
   */
  detach(): void {
    this.#deliver = undefined;
    const unfinished = [...this.#unacknowledged.values()];
    this.#waiting.putBack(unfinished.map((message) => ({ ...message, isRedelivery: true })));
    this.#unacknowledged.clear();
    for (const [filter, qos] of this.#filters) if (qos === 0) this.#filters.delete(filter);
  }

  /**
   * A SUBSCRIBE with this packet id begins. RabbitMQ makes the queue before it looks whether the
   * filter is allowed, and goes on numbering from the SUBSCRIBE's own packet id (RabbitMQ MQTT plugin
   * 3.10, measured).
   */
  beginSubscribe(packetId: number, qos: GrantedQos): void {
    this.#lastPacketId = Math.max(this.#lastPacketId, packetId - 1);
    if (qos === 1) this.#hasQueue = true;
  }

  subscribe(filter: string, qos: GrantedQos): void {
    this.#filters.set(filter, qos);
  }

  unsubscribe(filter: string): void {
    this.#filters.delete(filter);
  }

  /** Takes a message in if a filter fits: once for all filters of QoS 1, once for those of QoS 0. */
  offer(topic: string, payload: Buffer): void {
    const granted = new Set<GrantedQos>();
    for (const [filter, qos] of this.#filters) if (filterMatches(filter, topic)) granted.add(qos);
    if (granted.has(0)) this.#deliver?.({ topic, payload, duplicate: false });
    if (!granted.has(1)) return;
    this.#waiting.push({ topic, payload, isRedelivery: false });
    this.#fillWindow();
  }

  /** The topic of the unacknowledged message with this packet id, if there is one. */
  topicOf(packetId: number): string | undefined {
    return this.#unacknowledged.get(packetId)?.topic;
  }

  /** Drops a message, which makes room for the next. */
  acknowledge(packetId: number): void {
    this.#unacknowledged.delete(packetId);
    this.#fillWindow();
  }

  #fillWindow(): void {
    while (this.#deliver !== undefined && this.#unacknowledged.size < this.#window) {
      const message = this.#waiting.take();
      if (message === undefined) return;
      const packetId = this.#nextPacketId();
      this.#unacknowledged.set(packetId, message);
      const { topic, payload, isRedelivery } = message;
      this.#deliver({ topic, payload, packetId, duplicate: isRedelivery });
    }
  }

  #nextPacketId(): number {
    do {
      this.#lastPacketId = (this.#lastPacketId % greatestPacketId) + 1;
    } while (this.#unacknowledged.has(this.#lastPacketId));
    return this.#lastPacketId;
  }
}
