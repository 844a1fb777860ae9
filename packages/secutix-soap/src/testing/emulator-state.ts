import { joined, type SecutixEmulatorState } from '@vendorkit/secutix-shared/museum';

/** What has happened in an emulator so far. */
export interface SecutixSoapEmulatorState extends SecutixEmulatorState {
  /** How many calls were refused because of their security header. */
  readonly authenticationRefusals: number;
  /** How many WSDLs and schemas were given. */
  readonly documentsGiven: number;
}

/** What the SOAP side counts. */
export interface SoapCounters {
  authenticationRefusals: number;
  documentsGiven: number;
}

/** A view of what has happened that is always up to date. */
export function observe(
  museum: SecutixEmulatorState,
  counters: SoapCounters,
): SecutixSoapEmulatorState {
  return joined(museum, {
    get authenticationRefusals() {
      return counters.authenticationRefusals;
    },
    get documentsGiven() {
      return counters.documentsGiven;
    },
  });
}
