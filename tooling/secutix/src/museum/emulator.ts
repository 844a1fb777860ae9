import { systemClock, type Clock } from '@vendorkit/core';
import {
  startServer,
  type EmulatorHandler,
  type EmulatorRequest,
  type Faults,
} from '@vendorkit/core/testing';
import type { SecutixEmulatorOptions } from './emulator-options.ts';
import { SkewedClock } from './skewed-clock.ts';

/** A running emulator of SecuTix. */
export interface SecutixEmulator {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** The clock that was passed, if one was. */
  readonly clock: Clock | undefined;
  /** Every request received so far, the oldest first. */
  readonly requests: readonly EmulatorRequest[];
  /** Makes it misbehave. */
  readonly faults: Faults;
  /** How far its clock is ahead, in milliseconds. It can be changed at any time. */
  clockSkewMs: number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/** The vendor's clock: the one that was passed, ahead or behind by so much. */
export function vendorClock(options: SecutixEmulatorOptions): SkewedClock {
  return new SkewedClock(options.clock ?? systemClock, options.clockSkewMs ?? 0);
}

/**
 * Puts an emulated vendor on the wire.
 *
 * @param clock - The vendor's clock, from {@link vendorClock}.
 * @param handle - Decides each answer.
 */
export async function startEmulator(
  options: SecutixEmulatorOptions,
  clock: SkewedClock,
  handle: EmulatorHandler,
): Promise<SecutixEmulator> {
  const { tls, port } = options;
  const server = await startServer({
    handle,
    clock,
    ...(tls === undefined ? {} : { tls }),
    ...(port === undefined ? {} : { port }),
  });
  return {
    url: server.url,
    clock: options.clock,
    requests: server.requests,
    faults: server.faults,
    get clockSkewMs() {
      return clock.skewMs;
    },
    set clockSkewMs(skewMs) {
      clock.skewMs = skewMs;
    },
    close: async () => server.close(),
  };
}
