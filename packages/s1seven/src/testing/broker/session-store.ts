import type { Clock, Timer } from '@vendorkit/core';
import { Session } from './session.ts';

/** How sessions are kept. */
export interface SessionStoreOptions {
  readonly clock: Clock;
  /** How long a session is kept without its client, in milliseconds. */
  readonly expiryMs: number;
  readonly window: number;
  /** Told when a session ends because its time is over. */
  readonly onExpiry: (clientId: string) => void;
}

/** The sessions of all clients. */
export class SessionStore {
  readonly #options: SessionStoreOptions;
  readonly #sessions = new Map<string, Session>();
  readonly #expiries = new Map<string, Timer>();

  constructor(options: SessionStoreOptions) {
    this.#options = options;
  }

  /** The session of a client that connects: its old one, unless it wants a clean one. */
  open(clientId: string, clean: boolean): { session: Session; isPresent: boolean } {
    if (clean) this.delete(clientId);
    this.#stopExpiry(clientId);
    const kept = this.#sessions.get(clientId);
    const session = kept ?? new Session(this.#options.window);
    this.#sessions.set(clientId, session);
    return { session, isPresent: kept !== undefined };
  }

  /** The client has gone: from now on its session's time runs, if there is anything to keep. */
  leave(clientId: string, clean: boolean): void {
    if (clean || this.#sessions.get(clientId)?.hasQueue !== true) return this.delete(clientId);
    this.#stopExpiry(clientId);
    const expire = () => {
      this.delete(clientId);
      this.#options.onExpiry(clientId);
    };
    this.#expiries.set(clientId, this.#options.clock.schedule(this.#options.expiryMs, expire));
  }

  delete(clientId: string): void {
    this.#stopExpiry(clientId);
    this.#sessions.delete(clientId);
  }

  offer(topic: string, payload: Buffer): void {
    for (const session of this.#sessions.values()) session.offer(topic, payload);
  }

  /** Lets no session end while the broker is down. */
  suspend(): void {
    for (const timer of this.#expiries.values()) timer.cancel();
    this.#expiries.clear();
  }

  /** The broker is back, without clients: the time of every session starts anew. */
  resume(): void {
    for (const clientId of this.#sessions.keys()) this.leave(clientId, false);
  }

  clear(): void {
    this.suspend();
    this.#sessions.clear();
  }

  #stopExpiry(clientId: string): void {
    this.#expiries.get(clientId)?.cancel();
    this.#expiries.delete(clientId);
  }
}
