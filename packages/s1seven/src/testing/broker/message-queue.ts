/** A message that waits for its acknowledgement. */
export interface QueuedMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** Whether it was delivered before, on a connection that ended before it was acknowledged. */
  readonly isRedelivery: boolean;
}

/** Messages in order. Taking one does not depend on how many wait. */
export class MessageQueue {
  #messages: QueuedMessage[] = [];
  #first = 0;

  push(message: QueuedMessage): void {
    this.#messages.push(message);
  }

  take(): QueuedMessage | undefined {
    const message = this.#messages[this.#first];
    if (message === undefined) return undefined;
    this.#first += 1;
    if (this.#first * 2 > this.#messages.length) this.putBack([]);
    return message;
  }

  /** Puts messages before all others, in their order. */
  putBack(messages: readonly QueuedMessage[]): void {
    this.#messages = [...messages, ...this.#messages.slice(this.#first)];
    this.#first = 0;
  }
}
