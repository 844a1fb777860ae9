import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import type { SecutixEmulatorOptions } from './emulator-options.ts';

/** Gives an answer the time that it takes. */
export function delayed(
  request: EmulatorRequest,
  answer: EmulatorAnswer,
  latencyMs: SecutixEmulatorOptions['latencyMs'] = 0,
): EmulatorAnswer {
  const delayMs = typeof latencyMs === 'function' ? latencyMs(request) : latencyMs;
  return delayMs > 0 ? { ...answer, delayMs } : answer;
}
