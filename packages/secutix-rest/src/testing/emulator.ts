import {
  joined,
  refuseUnknown,
  startEmulator,
  vendorClock,
  type SecutixEmulator,
} from '@vendorkit/secutix-shared/museum';
import type { Credentials } from './authentication.ts';
import { EmulatedVendor } from './emulated-vendor.ts';
import { restEmulatorOptionNames, type SecutixRestEmulatorOptions } from './emulator-options.ts';
import type { SecutixRestEmulatorState } from './emulator-state.ts';

/** A running emulator of SecuTix REST. */
export interface SecutixRestEmulator extends SecutixEmulator {
  /** Ready to spread into the options of a client. */
  readonly options: Credentials & {
    readonly baseUrl: string;
    readonly timestampUnit: 's' | 'ms';
  };
  /** What has happened so far. */
  readonly state: SecutixRestEmulatorState;
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
  refuseUnknown(options, restEmulatorOptionNames);
  const clock = vendorClock(options);
  const vendor = new EmulatedVendor(options, clock);
  const emulator = await startEmulator(options, clock, (request) => vendor.handle(request));
  const { timestampUnit = 's' } = options;
  return joined(emulator, {
    options: { ...vendor.credentials, baseUrl: emulator.url, timestampUnit },
    state: vendor.state,
  });
}
