/** Remembers so many keys by default. */
const mostRemembered = 10_000;

/** Sees to it that work with a key is done once, however often it is asked for. */
export class KeyMemory {
  readonly #capacity: number;
  /** Oldest first. */
  readonly #done = new Set<string>();
  readonly #underWay = new Map<string, Promise<boolean>>();

  /** @param capacity - How many keys of finished work are remembered. */
  constructor(capacity: number = mostRemembered) {
    this.#capacity = capacity;
  }

  /**
   * Does work, unless work with this key was done already, or is under way: then that is waited for,
   * and its outcome shared.
   *
   * @param work - Resolves to whether it was done. If not, it may be asked for again.
   */
  async once(key: string, work: () => Promise<boolean>): Promise<boolean> {
    if (this.#done.has(key)) return true;
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const running = work();
    this.#underWay.set(key, running);
    try {
      const isDone = await running;
      if (isDone) this.remember(key);
      return isDone;
    } finally {
      this.#underWay.delete(key);
    }
  }

  /** Notes that work with this key was done. The oldest key is forgotten in exchange. */
  remember(key: string): void {
    this.#done.delete(key);
    this.#done.add(key);
    const [oldest] = this.#done;
    if (this.#done.size > this.#capacity && oldest !== undefined) this.#done.delete(oldest);
  }
}
