/**
 * A strict, stateful emulator of the SecuTix / S-360 REST services, for your own tests and ours.
 *
 * @packageDocumentation
 */
export type { Credentials } from './authentication.ts';
export { emulatedBehaviours, type EmulatedBehaviour } from './behaviours.ts';
export { startSecutixRestEmulator, type SecutixRestEmulator } from './emulator.ts';
export type { SecutixRestEmulatorOptions } from './emulator-options.ts';
export type { SecutixRestEmulatorState } from './emulator-state.ts';
export type { EmulatedQuota } from './load-limiter.ts';
export type { LongRunningOptions } from './long-running.ts';
export { refused } from './method-result.ts';
export type { CallContext, MethodHandler, MethodResult, MethodTable } from './method-result.ts';
export type { OrderLine } from './order-lines.ts';
export type { EmulatedOrder } from './orders.ts';
export type { CallParameters } from './parameters.ts';
export type { Item } from './stock.ts';
