import type { ResponseInfo } from './call-promise.ts';
import type { CallRequest } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import { addContext, type CallOutcome, type VendorError } from './errors/vendor-error.ts';
import type { CallOptions } from './options.ts';
import { startDeadline, type Deadline } from './time/deadline.ts';

/** One call on its way: what it may use, and what it has used so far. */
export interface Trip {
  readonly callId: number;
  readonly operation: string;
  readonly deadline: Deadline;
  readonly options: CallOptions;
  readonly startedAt: number;
  /** Whether doing all of it again does no harm, even if it was done. */
  readonly isRepeatable: boolean;
  /** What is known of the vendor's side after the last request that left. */
  outcome: CallOutcome;
  /** Whether the vendor said that it is working on it. */
  isBegun: boolean;
  attempts: number;
  queueMs: number;
  networkMs: number;
  requestId: bigint | string | undefined;
  status: number;
  headers: Readonly<Record<string, string>>;
}

/** A call begins: its time runs from now on. */
export function startTrip(
  { vendor, clock, telemetry }: EngineParts,
  { operation, repeatable }: Pick<CallRequest<unknown>, 'operation' | 'repeatable'>,
  options: CallOptions,
  limits: { deadlineMs: number; signal: AbortSignal },
): Trip {
  const callId = nextCallId();
  telemetry.emit('callStart', { vendor, operation, callId });
  return {
    callId,
    operation,
    deadline: startDeadline({ clock, ...limits }),
    options,
    startedAt: clock.monotonicNow(),
    isRepeatable: repeatable === 'always' || options.idempotent === true,
    outcome: 'not-sent',
    isBegun: false,
    attempts: 0,
    queueMs: 0,
    networkMs: 0,
    requestId: undefined,
    status: 0,
    headers: {},
  };
}

/** A call has ended. If it failed, its error learns what only the call knows. */
export function endTrip(
  { vendor, clock, telemetry }: EngineParts,
  trip: Trip,
  error?: VendorError,
): ResponseInfo {
  const { operation, callId, attempts, requestId, queueMs, networkMs, headers } = trip;
  const durationMs = clock.monotonicNow() - trip.startedAt;
  const status = trip.status === 0 ? undefined : trip.status;
  if (error) explain(error, vendor, trip);
  const call = { vendor, operation, callId };
  telemetry.emit('callEnd', { ...call, attempts, durationMs, queueMs, status, error });
  const durations = { total: durationMs, queue: queueMs, network: networkMs };
  return { status: trip.status, headers, requestId, attempts, durations };
}

/**
 * The failure of the last attempt becomes the failure of the call. That this attempt was not sent
 * means little if an earlier one was: the vendor may have done, or be doing, the work.
 */
function explain(error: VendorError, vendor: string, trip: Trip): void {
  const { operation, attempts, requestId, outcome } = trip;
  addContext(error, { vendor, operation, attempts, requestId, outcome });
  if (error.outcome === 'not-sent') Object.assign(error, { outcome });
  const mayBeDone = trip.isBegun || error.outcome === 'unknown';
  if (mayBeDone && !trip.isRepeatable) Object.assign(error, { retryable: false });
}

const lastCallId: unique symbol = Symbol.for('vendorkit.lastCallId@1');

/** Unique in the process, whichever copy of this package makes the call. */
function nextCallId(): number {
  const scope = globalThis as { [lastCallId]?: number };
  return (scope[lastCallId] = (scope[lastCallId] ?? 0) + 1);
}
