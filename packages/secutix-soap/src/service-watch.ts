import {
  asVendorError,
  startDeadline,
  type CallOptions,
  type Clock,
  type VendorError,
} from '@vendorkit/core';
import { downReason, type DownReason } from './down-reason.ts';

/** A service that can be probed. */
export interface Probe {
  /** The service, as it was named. */
  readonly service: string;
  /** Its version, as far as it is known. */
  readonly version: string | undefined;
  /** Asks the service whether it is alive. It resolves to the milliseconds that the vendor took. */
  readonly run: (options: CallOptions) => Promise<number>;
}

/** What every event of a monitor tells. */
export interface ProbeEvent {
  /** The service, as it was named. */
  readonly service: string;
  /** Its version, as far as it is known. */
  readonly version: string | undefined;
  /** How long the vendor took to answer, or how long it took until the probe failed; in milliseconds. */
  readonly latencyMs: number;
  /** When the probe ended. */
  readonly at: Date;
}

/** A service can be reached, and accepts the credentials. */
export interface UpEvent extends ProbeEvent {
  readonly state: 'up';
}

/** A service cannot be used. */
export interface DownEvent extends ProbeEvent {
  readonly state: 'down';
  /** Where the cause lies. */
  readonly reason: DownReason;
  /** What the probe failed with. */
  readonly error: VendorError;
}

/** How a service is watched. */
export interface WatchSettings {
  readonly clock: Clock;
  readonly intervalMs: number;
  /** The longest duration of a probe, in milliseconds. */
  readonly deadlineMs: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/**
 * Probes a service at once and then at every interval, one probe after the other, until the signal
 * ends it. It never rejects.
 */
export async function watchService(
  probe: Probe,
  settings: WatchSettings,
  report: (event: UpEvent | DownEvent) => void,
): Promise<void> {
  const { clock, intervalMs, signal } = settings;
  const watch = startDeadline({ clock, deadlineMs: Infinity, signal });
  try {
    for (;;) {
      const startedAt = clock.monotonicNow();
      const event = await probeOnce(probe, settings);
      watch.check();
      report(event);
      await watch.sleep(Math.max(0, startedAt + intervalMs - clock.monotonicNow()));
    }
  } catch {
    // The signal ended it: nothing else throws here.
  }
}

async function probeOnce(
  probe: Probe,
  { clock, deadlineMs, signal }: WatchSettings,
): Promise<UpEvent | DownEvent> {
  const startedAt = clock.monotonicNow();
  const { service } = probe;
  const at = () => ({ service, version: probe.version, at: new Date(clock.now()) });
  try {
    const latencyMs = await probe.run({ signal, deadline: deadlineMs, priority: 'batch' });
    return { state: 'up', ...at(), latencyMs };
  } catch (thrown) {
    const error = asVendorError(thrown, 'INVALID_RESPONSE');
    const latencyMs = clock.monotonicNow() - startedAt;
    return { state: 'down', ...at(), latencyMs, reason: downReason(error.code), error };
  }
}
