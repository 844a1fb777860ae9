import { joined, type SecutixEmulatorState } from '@vendorkit/secutix-shared/museum';
import type { Authentication } from './authentication.ts';

/** What has happened in an emulator of SecuTix REST so far. */
export interface SecutixRestEmulatorState extends SecutixEmulatorState {
  /**
   * How old each correctly signed token was on arrival, in milliseconds; negative if its `iat` lay in
   * the future.
   */
  readonly tokenAgesMs: readonly number[];
  /** The largest of them; 0 before the first. */
  readonly worstTokenAgeMs: number;
}

/** A view of what happened that is always up to date. */
export function observe(
  museum: SecutixEmulatorState,
  authentication: Authentication,
): SecutixRestEmulatorState {
  return joined(museum, {
    get tokenAgesMs() {
      return authentication.agesMs;
    },
    get worstTokenAgeMs() {
      return authentication.agesMs.reduce((worst, ageMs) => Math.max(worst, ageMs), 0);
    },
  });
}
