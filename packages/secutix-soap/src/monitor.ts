import { EventEmitter } from 'node:events';
import type { Clock } from '@vendorkit/core';
import { watchService, type DownEvent, type Probe, type UpEvent } from './service-watch.ts';

/** How a monitor works. */
export interface MonitorOptions {
  /**
   * The time from one probe of a service to the next, in milliseconds. The vendor recommends 5 to 10
   * minutes (SecuTix SOAP 5.6).
   * @defaultValue 300_000
   */
  interval?: number | undefined;
}

/** The events of a monitor by name, with what listeners are given. */
export interface MonitorEvents {
  /** The first probe of a service went well, or this is the first one after a failure. */
  up: [event: UpEvent];
  /** The first probe of a service failed, or this is the first failure, or its reason has changed. */
  down: [event: DownEvent];
  /** Every probe. */
  probe: [event: UpEvent | DownEvent];
}

/** What a monitor is given by its client. */
export interface MonitorSettings {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** The client's deadline, in milliseconds. */
  readonly deadlineMs: number;
  /** Tells the caller that a listener failed. */
  readonly warn: (warning: string, message: string) => void;
  /** Called when the monitor is closed. */
  readonly onClose: (monitor: SoapMonitor) => void;
}

/** A probe may take this long, however short the interval. */
const shortestDeadlineMs = 1_000;

/**
 * Watches services by calling their `is…Alive` (SecuTix SOAP 5.6), which checks the network and the
 * credentials. Its calls wait for the quota behind all others. It runs, and keeps the process alive,
 * until it or its client is closed.
 *
 * @example
 * ```ts
 * const monitor = soap.monitor(['CatalogService'], { interval: 5 * 60_000 });
 * monitor.on('up', ({ service, latencyMs }) => console.log(service, latencyMs));
 * monitor.on('down', ({ service, reason, error }) => console.error(service, reason, error.code));
 * ```
 */
export class SoapMonitor extends EventEmitter<MonitorEvents> {
  readonly #settings: MonitorSettings;
  readonly #controller = new AbortController();
  readonly #watches: Promise<unknown>;

  /** @internal */
  constructor(probes: readonly Probe[], settings: MonitorSettings) {
    super();
    this.#settings = settings;
    this.#watches = Promise.all(probes.map(async (probe) => this.#watch(probe)));
  }

  /** Ends the probe that is under way, without an event, and all further ones. */
  async close(): Promise<void> {
    this.#controller.abort();
    await this.#watches;
    this.#settings.onClose(this);
  }

  /** For `await using`. The same as {@link SoapMonitor.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #watch(probe: Probe): Promise<void> {
    const { clock, intervalMs, deadlineMs: clientDeadlineMs } = this.#settings;
    const deadlineMs = Math.min(
      Math.max(Math.floor(intervalMs), shortestDeadlineMs),
      clientDeadlineMs,
    );
    const { signal } = this.#controller;
    let last: UpEvent | DownEvent | undefined;
    await watchService(probe, { clock, intervalMs, deadlineMs, signal }, (event) => {
      const isNews = last === undefined || meaningOf(event) !== meaningOf(last);
      last = event;
      this.#tell('probe', event);
      if (isNews) this.#tell(event.state, event);
    });
  }

  /** Calls every listener, also after another has failed. What a listener throws harms nothing. */
  #tell(name: keyof MonitorEvents, event: UpEvent | DownEvent): void {
    const report = () =>
      this.#settings.warn(
        'monitor-listener-failed',
        `A listener of the event \`${name}\` failed. The monitor goes on.`,
      );
    for (const listener of this.rawListeners(name)) {
      try {
        const result: unknown = Reflect.apply(listener, this, [event]);
        if (isThenable(result)) result.then(undefined, report);
      } catch {
        report();
      }
    }
  }
}

function meaningOf(event: UpEvent | DownEvent): string {
  return event.state === 'up' ? 'up' : event.reason;
}

/** An async listener fails later. */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
