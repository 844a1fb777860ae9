/** Whether a topic is among those that a filter stands for (MQTT 3.1.1, 4.7). It knows `+` only. */
export function matchesTopic(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  return (
    wanted.length === levels.length &&
    wanted.every((level, index) => level === '+' || level === levels[index])
  );
}

/**
 * Notices events that nobody subscribed to in this run. A session keeps its subscriptions, also those
 * that a program no longer asks for, and the broker does not tell which they are (RabbitMQ 3.10,
 * measured).
 */
export class TopicWatch {
  readonly #filters: readonly string[];
  readonly #warn: (warning: string, message: string) => void;
  #hasWarned = false;

  constructor(filters: readonly string[], warn: (warning: string, message: string) => void) {
    this.#filters = filters;
    this.#warn = warn;
  }

  /** Warns once. */
  see(topic: string): void {
    if (this.#hasWarned || this.#filters.some((filter) => matchesTopic(filter, topic))) return;
    this.#hasWarned = true;
    const text = `An event of ${topic} came, which this stream did not subscribe to: an earlier one with its clientId did. A new clientId gets rid of it.`;
    this.#warn('events-other-topic', text);
  }
}
