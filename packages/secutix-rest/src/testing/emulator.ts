import { refusedInput, systemClock, type Clock } from '@vendorkit/core';
import { startServer, type EmulatorRequest, type Faults } from '@vendorkit/core/testing';
import type { Credentials } from './authentication.ts';
import { EmulatedVendor } from './emulated-vendor.ts';
import { emulatorOptionNames, type SecutixRestEmulatorOptions } from './emulator-options.ts';
import type { SecutixRestEmulatorState } from './emulator-state.ts';
import { SkewedClock } from './skewed-clock.ts';

/** A running emulator of SecuTix REST. */
export interface SecutixRestEmulator {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Ready to spread into the options of a client. */
  readonly options: Credentials & {
    readonly baseUrl: string;
    readonly timestampUnit: 's' | 'ms';
  };
  /** The clock that was passed, if one was. */
  readonly clock: Clock | undefined;
  /** Every request received so far, the oldest first. */
  readonly requests: readonly EmulatorRequest[];
  /** Makes it misbehave. */
  readonly faults: Faults;
  /** What has happened so far. */
  readonly state: SecutixRestEmulatorState;
  /** How far its clock is ahead, in milliseconds. It can be changed at any time. */
  clockSkewMs: number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a strict emulator of the SecuTix / S-360 REST services on this machine: a museum with a
 * catalogue, contacts and orders. A client that is wrong fails against it.
 * {@link emulatedBehaviours} lists its rules, and which of them are documented.
 *
 * @example
 * ```ts
 * const emulator = await startSecutixRestEmulator({ longRunning: { polls: 2 } });
 * const secutix = new SecutixRest({ ...emulator.options, pollInterval: 100 });
 * const { catalogData } = await secutix.call('catalogService', 'getCatalog', {});
 * await secutix.close();
 * await emulator.close();
 * ```
 */
export async function startSecutixRestEmulator(
  options: SecutixRestEmulatorOptions = {},
): Promise<SecutixRestEmulator> {
  refuseUnknown(options);
  const clock = new SkewedClock(options.clock ?? systemClock, options.clockSkewMs ?? 0);
  const vendor = new EmulatedVendor(options, clock);
  const server = await startServer({
    handle: (request) => vendor.handle(request),
    clock,
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const { timestampUnit = 's' } = options;
  return {
    url: server.url,
    options: { ...vendor.credentials, baseUrl: server.url, timestampUnit },
    clock: options.clock,
    requests: server.requests,
    faults: server.faults,
    state: vendor.state,
    get clockSkewMs() {
      return clock.skewMs;
    },
    set clockSkewMs(skewMs) {
      clock.skewMs = skewMs;
    },
    close: async () => server.close(),
  };
}

/** A misspelt option would leave a test green that proves nothing. */
function refuseUnknown(options: SecutixRestEmulatorOptions): void {
  const names: readonly string[] = emulatorOptionNames;
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refusedInput('CONFIGURATION', unknown, 'Not known');
}
