import type { Authentication } from './authentication.ts';
import type { Contacts } from './contacts.ts';
import type { LoadLimiter } from './load-limiter.ts';
import type { LongRunning } from './long-running.ts';
import type { EmulatedOrder, Orders } from './orders.ts';

/** What has happened in an emulator so far. */
export interface SecutixRestEmulatorState {
  /** All orders, the oldest first. They survive as long as the emulator. */
  readonly orders: readonly EmulatedOrder[];
  /** How many contacts there are. */
  readonly contacts: number;
  /** How often each operation was called without a `requestId`, for instance `catalogService.getCatalog`. */
  readonly submissions: Readonly<Record<string, number>>;
  /** How many calls were refused for a limit. */
  readonly quotaRefusals: number;
  /**
   * How old each correctly signed token was on arrival, in milliseconds; negative if its `iat` lay in
   * the future.
   */
  readonly tokenAgesMs: readonly number[];
  /** The largest of them; 0 before the first. */
  readonly worstTokenAgeMs: number;
}

/** A view of an emulator's parts that is always up to date. */
export function observe(parts: {
  readonly orders: Orders;
  readonly contacts: Contacts;
  readonly longRunning: LongRunning;
  readonly limiter: LoadLimiter;
  readonly authentication: Authentication;
}): SecutixRestEmulatorState {
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
    get tokenAgesMs() {
      return parts.authentication.agesMs;
    },
    get worstTokenAgeMs() {
      return parts.authentication.agesMs.reduce((worst, ageMs) => Math.max(worst, ageMs), 0);
    },
  };
}
