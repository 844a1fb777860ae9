import type { CallRequest } from './call-request.ts';
import type { EngineParts } from './engine-parts.ts';
import type { VendorError } from './errors/vendor-error.ts';
import type { Permit } from './limiter/limiter.ts';
import type { RawAnswer } from './transport/transport.ts';
import type { Trip } from './trip.ts';

/** Tells the telemetry of one attempt. */
export interface AttemptReport {
  received(raw: RawAnswer): void;
  end(error?: VendorError): void;
}

/** An attempt begins: it holds its permit and is about to be sent. */
export function startReport<Result>(
  engine: EngineParts,
  request: CallRequest<Result>,
  trip: Trip,
  permit: Permit,
  attempt: number,
): AttemptReport {
  const startedAt = engine.clock.monotonicNow();
  const start = {
    vendor: engine.vendor,
    operation: request.operation,
    callId: trip.callId,
    attempt,
    method: request.method,
    host: engine.baseUrl.host,
    queueMs: permit.waitedMs,
  };
  let raw: RawAnswer | undefined;
  engine.telemetry.emit('attemptStart', start);
  return {
    received: (answer) => {
      raw = answer;
    },
    end: (error) =>
      engine.telemetry.emit('attemptEnd', {
        ...start,
        durationMs: engine.clock.monotonicNow() - startedAt,
        status: raw?.status,
        code: error?.code,
        receivedBytes: raw?.body.length,
        signatureAgeMs: raw?.signatureAgeMs,
      }),
  };
}
