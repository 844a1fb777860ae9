import type { Contacts } from './contacts.ts';
import type { LoadLimiter } from './load-limiter.ts';
import type { LongRunning } from './long-running.ts';
import type { EmulatedOrder, Orders } from './orders.ts';

/** What has happened in an emulator so far. */
export interface SecutixEmulatorState {
  /** All orders, the oldest first. They survive as long as the emulator. */
  readonly orders: readonly EmulatedOrder[];
  /** How many contacts there are. */
  readonly contacts: number;
  /** How often each operation was called without a `requestId`, for instance `catalogService.getCatalog`. */
  readonly submissions: Readonly<Record<string, number>>;
  /** How many calls were refused for a limit. */
  readonly quotaRefusals: number;
}

/** A view of an emulator's parts that is always up to date. */
export function observe(parts: {
  readonly orders: Orders;
  readonly contacts: Contacts;
  readonly longRunning: LongRunning;
  readonly limiter: LoadLimiter;
}): SecutixEmulatorState {
  return {
    get orders() {
      return parts.orders.all;
    },
    get contacts() {
      return parts.contacts.size;
    },
    get submissions() {
      return parts.longRunning.submissions;
    },
    get quotaRefusals() {
      return parts.limiter.refusals;
    },
  };
}

/** One object with the members of two, getters included: a spread would read these once and for all. */
export function joined<One extends object, Other extends object>(
  one: One,
  other: Other,
): One & Other {
  const members = {
    ...Object.getOwnPropertyDescriptors(one),
    ...Object.getOwnPropertyDescriptors(other),
  };
  return Object.defineProperties({}, members) as One & Other;
}
