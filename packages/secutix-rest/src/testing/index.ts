/**
 * A strict, stateful emulator of the SecuTix / S-360 REST services, for your own tests and ours.
 *
 * @packageDocumentation
 */
export type { Credentials } from './authentication.ts';
export { emulatedBehaviours } from './behaviours.ts';
export { startSecutixRestEmulator, type SecutixRestEmulator } from './emulator.ts';
export type { SecutixRestEmulatorOptions } from './emulator-options.ts';
export type { SecutixRestEmulatorState } from './emulator-state.ts';
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
