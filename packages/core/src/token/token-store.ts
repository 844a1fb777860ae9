/** A token as a store keeps it: plain data that survives JSON. */
export interface StoredToken {
  /** The token itself: a secret. */
  readonly token: string;
  /** When it was received, in milliseconds since the Unix epoch. */
  readonly obtainedAtMs: number;
  /** When it ends, in milliseconds since the Unix epoch. Absent if it is not known to end. */
  readonly expiresAtMs?: number | undefined;
  /** What else is to be known of it, and is no secret. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/**
 * Where tokens are kept, possibly for several processes. Each method may answer at once or with a
 * promise.
 */
export interface TokenStore {
  /** The token under this key, if there is one. */
  get(key: string): StoredToken | undefined | Promise<StoredToken | undefined>;
  /** Keeps a token under this key in place of what was there. */
  set(key: string, token: StoredToken): void | Promise<void>;
  /** Forgets the token under this key. */
  delete(key: string): void | Promise<void>;
  /**
   * Runs the task while nobody else, in any process that uses the store, runs one for the same key,
   * and resolves when it has ended. What the task throws is passed on.
   */
  lock(key: string, task: () => Promise<void>): void | Promise<void>;
}

/**
 * A store for this process alone. Neither `util.inspect` nor JSON shows what it holds.
 *
 * @example
 * ```ts
 * const tokenStore = memoryTokenStore();
 * const clients = modes.map((mode) => new S1Seven({ ...options, mode, tokenStore }));
 * ```
 */
export function memoryTokenStore(): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const queues = new Map<string, Promise<void>>();

  async function lock(key: string, task: () => Promise<void>): Promise<void> {
    const previous = queues.get(key);
    const turn = previous === undefined ? task() : previous.then(task);
    // The next in the queue waits for the end, and does not care how it ended.
    const ended = turn.catch(() => {});
    queues.set(key, ended);
    try {
      await turn;
    } finally {
      if (queues.get(key) === ended) queues.delete(key);
    }
  }

  return {
    get: (key) => tokens.get(key),
    set: (key, token) => void tokens.set(key, token),
    delete: (key) => void tokens.delete(key),
    lock,
  };
}
