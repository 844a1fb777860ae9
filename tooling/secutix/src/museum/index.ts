export { acceptsGzip } from './accepts-gzip.ts';
export { callContextOf, type CallContext } from './call-context.ts';
export {
  audienceSubCategories,
  currency,
  initialStock,
  pointOfSale,
  priceLevels,
  seasons,
  vatCodes,
  type Performance,
  type Price,
  type Product,
  type Season,
} from './catalogue.ts';
export { assumed, documented, type EmulatedBehaviour } from './emulated-behaviour.ts';
export {
  emulatorOptionNames,
  refuseUnknown,
  type SecutixEmulatorOptions,
} from './emulator-options.ts';
export { joined, type SecutixEmulatorState } from './emulator-state.ts';
export { startEmulator, vendorClock, type SecutixEmulator } from './emulator.ts';
export { delayed } from './latency.ts';
export type { EmulatedQuota } from './load-limiter.ts';
export type { LongRunningOptions } from './long-running.ts';
export {
  refused,
  type MethodHandler,
  type MethodResult,
  type MethodTable,
} from './method-result.ts';
export { museumContacts, type MuseumContact } from './museum-contacts.ts';
export { Museum } from './museum.ts';
export type { OrderLine } from './order-lines.ts';
export type { EmulatedOrder } from './orders.ts';
export { isPoll, MalformedRequest, type CallParameters } from './parameters.ts';
export type { SkewedClock } from './skewed-clock.ts';
export type { Item } from './stock.ts';
