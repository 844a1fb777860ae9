import {
  joined,
  refuseUnknown,
  startEmulator,
  vendorClock,
  type SecutixEmulator,
} from '@vendorkit/secutix-shared/museum';
import { EmulatedVendor } from './emulated-vendor.ts';
import { soapEmulatorOptionNames, type SecutixSoapEmulatorOptions } from './emulator-options.ts';
import type { SecutixSoapEmulatorState } from './emulator-state.ts';
import type { Credentials } from './security-header.ts';

/** A running emulator of SecuTix SOAP. */
export interface SecutixSoapEmulator extends SecutixEmulator {
  /** Ready to spread into the options of a client. */
  readonly options: Credentials & {
    readonly baseUrl: string;
    /** Present if the emulator insists on one form of the security header. */
    readonly security?: 'bare' | 'passwordText';
  };
  /** What has happened so far. */
  readonly state: SecutixSoapEmulatorState;
}

/**
 * Starts a strict emulator of the SecuTix / S-360 SOAP services on this machine: the museum of the REST
 * emulator, with a WSDL for every service of which more than the name is public. A client that is wrong
 * fails against it. {@link emulatedBehaviours} lists its rules, and which of them are documented.
 *
 * @throws VendorError `CONFIGURATION` naming an option that there is not.
 *
 * @example
 * ```ts
 * const emulator = await startSecutixSoapEmulator({ longRunning: { polls: 2 } });
 * const soap = new SecutixSoap({ ...emulator.options, pollInterval: 100 });
 * const catalog = await soap.service('CatalogService', { version: '1.33' });
 * const { catalogData } = await catalog.call('getCatalog', { seasonCode: '2026' });
 * await soap.close();
 * await emulator.close();
 * ```
 */
export async function startSecutixSoapEmulator(
  options: SecutixSoapEmulatorOptions = {},
): Promise<SecutixSoapEmulator> {
  refuseUnknown(options, soapEmulatorOptionNames);
  const clock = vendorClock(options);
  const vendor = new EmulatedVendor(options, clock);
  const emulator = await startEmulator(options, clock, (request) => vendor.handle(request));
  const { security = 'any' } = options;
  const insisted = security === 'any' ? {} : { security };
  return joined(emulator, {
    options: { ...vendor.credentials, baseUrl: emulator.url, ...insisted },
    state: vendor.state,
  });
}
