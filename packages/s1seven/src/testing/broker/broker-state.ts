import { systemClock, type Clock, type Timer } from '@vendorkit/core';
import type { BrokerClient, BrokerEvent, EmulatedBrokerOptions } from '../emulated-broker.ts';
import { returnCodes } from './connect-request.ts';
import type { BrokerConnection } from './connection.ts';
import { SessionStore } from './session-store.ts';

const thirtyMinutesMs = 30 * 60_000;

/** What the connections of a broker share. */
export class BrokerState {
  readonly keepaliveClock: Clock;
  readonly refusedFilter: 'close' | 'suback';
  readonly sessions: SessionStore;
  readonly connections = new Set<BrokerConnection>();
  readonly log: BrokerEvent[] = [];
  readonly #options: EmulatedBrokerOptions;
  readonly #clock: Clock;

  constructor(options: EmulatedBrokerOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.keepaliveClock = options.keepaliveClock ?? systemClock;
    this.refusedFilter = options.refusedFilter ?? 'close';
    this.sessions = new SessionStore({
      clock: this.#clock,
      expiryMs: options.sessionExpiryMs ?? thirtyMinutesMs,
      window: options.window ?? 10,
      onExpiry: (clientId) => this.record({ kind: 'session-end', clientId }),
    });
  }

  record(event: Omit<BrokerEvent, 'at'>): void {
    this.log.push({ at: this.#clock.now(), ...event });
  }

  /** CONNACK's return code for a client. A wrong virtual host and a bad token look the same. */
  judgeLogin(client: BrokerClient): number {
    const isAllowed = this.#options.authenticate?.(client) ?? true;
    const endsAtMs = this.#options.expiryOf?.(client) ?? Infinity;
    if (!isAllowed || endsAtMs <= this.#clock.now()) return returnCodes.badLogin;
    const prefix = this.#options.clientIdPrefixOf?.(client) ?? '';
    return client.clientId.startsWith(prefix) ? returnCodes.accepted : returnCodes.badClientId;
  }

  /** Whether a client may subscribe to a filter. */
  mayRead(client: BrokerClient, topic: string): boolean {
    const isAllowed = this.#options.authorise?.(client, topic) ?? true;
    const kind = isAllowed ? 'subscribe' : 'refuse-filter';
    this.record({ kind, clientId: client.clientId, topic });
    return isAllowed;
  }

  /** Does something when a client's token ends. */
  atTokenEnd(client: BrokerClient, task: () => void): Timer | undefined {
    const endsAtMs = this.#options.expiryOf?.(client);
    if (endsAtMs === undefined) return undefined;
    return this.#clock.schedule(endsAtMs - this.#clock.now(), task);
  }

  /** The newest connection with a client id wins; the older one is closed bare (MQTT 3.1.1, 3.1.4). */
  takeOver(clientId: string): void {
    for (const connection of this.connections) {
      if (connection.clientId !== clientId) continue;
      this.record({ kind: 'take-over', clientId });
      connection.close('taken-over');
    }
  }

  /** Cuts the connections of a client, or all. */
  cut(clientId?: string): void {
    for (const connection of this.connections) {
      if (clientId === undefined || connection.clientId === clientId) connection.close('cut');
    }
  }
}
