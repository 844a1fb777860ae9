import type { Delivery } from './event.ts';

/** How events are handed out. */
export interface DispatcherOptions {
  /** How many are handled at a time. */
  readonly concurrency: number;
  /** Whether those of one topic are handled one after another. */
  readonly ordered: boolean;
  /** Handles one. It does not reject. */
  readonly handle: (delivery: Delivery) => Promise<void>;
}

/**
 * So much may wait, in messages and in bytes. RabbitMQ sends no more than 10 unacknowledged messages;
 * this is for a broker without such a window.
 */
const mostWaiting = 1000;
const mostWaitingBytes = 32 * 1024 * 1024;

/** Hands deliveries to whoever handles them, as many at a time as may be, first come first served. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #runningTopics = new Map<string, number>();
  #limit: number;
  #waiting: Delivery[] = [];
  #waitingBytes = 0;
  #running = 0;
  #isSuspended = false;
  #isStopped = false;
  #roomListeners: (() => void)[] = [];
  #idleListeners: (() => void)[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#limit = options.concurrency;
  }

  /** How many are being handled. */
  get running(): number {
    return this.#running;
  }

  /**
   * Takes a delivery.
   *
   * @returns A promise if too much waits now: it resolves when there is room for the next.
   */
  add(delivery: Delivery): Promise<void> | undefined {
    this.#waiting.push(delivery);
    this.#waitingBytes += delivery.raw.length;
    this.#startNext();
    if (!this.#isFull()) return undefined;
    return new Promise((resolve) => this.#roomListeners.push(resolve));
  }

  /** Starts nothing from now on. What waits goes on waiting. */
  suspend(): void {
    this.#isSuspended = true;
  }

  /** Goes on, unless it was stopped. */
  resume(): void {
    this.#isSuspended = this.#isStopped;
    this.#startNext();
  }

  /** Starts nothing any more. */
  stop(): void {
    this.#isStopped = true;
    this.suspend();
  }

  /** Drops what waits and will be sent again, because the broker has kept its session. */
  dropKept(session: number): void {
    this.#waiting = this.#waiting.filter((each) => !each.isKept || each.session !== session);
    this.#waitingBytes = this.#waiting.reduce((bytes, { raw }) => bytes + raw.length, 0);
    this.#tellRoom();
  }

  /** Lets so many more, or fewer, be handled at a time. */
  changeLimit(by: number): void {
    this.#limit += by;
    this.#startNext();
  }

  /** Resolves when nothing is being handled. */
  async idle(): Promise<void> {
    if (this.#running === 0) return;
    await new Promise<void>((resolve) => this.#idleListeners.push(resolve));
  }

  #startNext(): void {
    while (!this.#isSuspended && this.#running < this.#limit) {
      const next = this.#takeNext();
      if (next === undefined) return;
      void this.#run(next);
    }
  }

  #takeNext(): Delivery | undefined {
    const index = this.#options.ordered
      ? this.#waiting.findIndex(({ topic }) => !this.#runningTopics.has(topic))
      : 0;
    const [next] = index === -1 ? [] : this.#waiting.splice(index, 1);
    this.#waitingBytes -= next?.raw.length ?? 0;
    if (next !== undefined) this.#tellRoom();
    return next;
  }

  async #run(delivery: Delivery): Promise<void> {
    const { topic } = delivery;
    this.#count(topic, 1);
    try {
      await this.#options.handle(delivery);
    } finally {
      this.#count(topic, -1);
      this.#startNext();
      if (this.#running === 0) for (const tell of this.#idleListeners.splice(0)) tell();
    }
  }

  #count(topic: string, change: 1 | -1): void {
    this.#running += change;
    const running = (this.#runningTopics.get(topic) ?? 0) + change;
    if (running === 0) this.#runningTopics.delete(topic);
    else this.#runningTopics.set(topic, running);
  }

  #isFull(): boolean {
    return this.#waiting.length >= mostWaiting || this.#waitingBytes >= mostWaitingBytes;
  }

  /** Half of it must be free first, so that the broker is not stopped for each message anew. */
  #tellRoom(): void {
    const isRoomy =
      this.#waiting.length <= mostWaiting / 2 && this.#waitingBytes <= mostWaitingBytes / 2;
    if (isRoomy) for (const tell of this.#roomListeners.splice(0)) tell();
  }
}
