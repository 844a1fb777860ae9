/**
 * A strict, stateful emulator of the SecuTix / S-360 SOAP services, for your own tests and ours.
 *
 * @packageDocumentation
 */
export { emulatedBehaviours } from './behaviours.ts';
export { startSecutixSoapEmulator, type SecutixSoapEmulator } from './emulator.ts';
export type { SecutixSoapEmulatorOptions } from './emulator-options.ts';
export type { SecutixSoapEmulatorState } from './emulator-state.ts';
export type { Elements } from './schema/notation.ts';
export type { Credentials } from './security-header.ts';
export {
  refused,
  type CallContext,
  type CallParameters,
  type EmulatedBehaviour,
  type EmulatedOrder,
  type EmulatedQuota,
  type Item,
  type LongRunningOptions,
  type MethodHandler,
  type MethodResult,
  type MethodTable,
  type OrderLine,
  type SecutixEmulator,
  type SecutixEmulatorOptions,
  type SecutixEmulatorState,
} from '@vendorkit/secutix-shared/museum';
