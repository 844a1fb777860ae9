import { refusedInput, systemClock, type Clock } from '@vendorkit/core';

/**
 * Remembers deliveries, so that a captured one is not believed twice. Several processes can share
 * one, in Redis for instance: `remember` is `SET key 1 NX PX ttlMs`, `forget` is `DEL key`.
 */
export interface ReplayStore {
  /**
   * Remembers a key, in one step: of two that ask at once, one is the first.
   *
   * @param ttlMs - How long it has to be remembered, in milliseconds.
   * @returns Whether this was the first time.
   */
  remember(key: string, ttlMs: number): boolean | Promise<boolean>;
  /**
   * Forgets a key, so that the vendor may deliver again what could not be handled. Without it a
   * delivery whose handler failed counts as a replay until its time is over.
   */
  forget?(key: string): void | Promise<void>;
}

/** How a {@link memoryReplayStore} is made. */
export interface MemoryReplayStoreOptions {
  /**
   * How many deliveries are remembered. The oldest is forgotten when there are more, before its time
   * is over: choose more than come within the replay window.
   * @defaultValue 10,000
   */
  maximum?: number | undefined;
  /** @defaultValue the computer's clock */
  clock?: Pick<Clock, 'monotonicNow'> | undefined;
}

/**
 * A store for this process alone. A restart empties it.
 *
 * @throws VendorError `CONFIGURATION` if `maximum` is not a positive integer.
 *
 * @example
 * ```ts
 * const receive = S1Seven.webhooks.handler({ secret, replayStore: memoryReplayStore(), onEvent });
 * ```
 */
export function memoryReplayStore(options: MemoryReplayStoreOptions = {}): ReplayStore {
  const { maximum = 10_000, clock = systemClock } = options;
  if (!Number.isSafeInteger(maximum) || maximum < 1) {
    throw refusedInput('CONFIGURATION', 'maximum', 'Expected a positive integer');
  }
  /** When each key's time is over. The oldest stands first. */
  const endsMs = new Map<string, number>();
  return {
    remember(key, ttlMs) {
      const nowMs = clock.monotonicNow();
      if ((endsMs.get(key) ?? nowMs) > nowMs) return false;
      // A key whose time was over becomes the youngest.
      endsMs.delete(key);
      endsMs.set(key, nowMs + ttlMs);
      if (endsMs.size > maximum) {
        const [oldest = key] = endsMs.keys();
        endsMs.delete(oldest);
      }
      return true;
    },
    forget: (key) => void endsMs.delete(key),
  };
}
