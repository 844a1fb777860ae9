/**
 * What an emulator of a vendor is made of: a real HTTP server that misbehaves on demand, quotas as
 * vendors count them, and a clock that a test moves.
 *
 * @packageDocumentation
 */
export { compress } from './compress.ts';
export type { FaultMode, FaultOptions, Faults } from './faults.ts';
export { QuotaMeter } from './quota.ts';
export type { QuotaKind, QuotaMeterOptions, QuotaVerdict } from './quota.ts';
export type { EmulatorAnswer, EmulatorHandler, EmulatorRequest } from './messages.ts';
export { startServer } from './server.ts';
export type { EmulatorTls, RunningServer, ServerOptions } from './server.ts';
export { VirtualClock } from './virtual-clock.ts';
