import type { Hooks, QuotaEvent } from './events.ts';
import type { OtelAttributes, OtelMeter } from './otel-api.ts';
import {
  attemptAttributes,
  attemptEndAttributes,
  callEndAttributes,
  operationAttributes,
  seconds,
} from './otel-attributes.ts';

/** Of the HTTP conventions, in seconds. */
const requestBuckets = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 90,
];

/** A call may wait for its quota and for an operation that takes long: up to 15 minutes. */
const callBuckets = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900];

/** The hooks that measure. Attributes are few: no call, no request and no account among them. */
export function meterHooks(meter: OtelMeter): Hooks {
  const { callDuration, requestDuration, quotaWait, activeCalls, attempts, retries } =
    createInstruments(meter);
  const active = new Set<number>();
  return {
    callStart: (event) => {
      active.add(event.callId);
      activeCalls.add(1, operationAttributes(event));
    },
    callEnd: (event) => {
      // A call that is refused before it begins ends all the same.
      if (active.delete(event.callId)) activeCalls.add(-1, operationAttributes(event));
      const attributes = { ...operationAttributes(event), ...callEndAttributes(event) };
      callDuration.record(seconds(event.durationMs), attributes);
    },
    attemptStart: (event) => quotaWait.record(seconds(event.queueMs), operationAttributes(event)),
    attemptEnd: (event) => {
      const ended = { ...operationAttributes(event), ...attemptEndAttributes(event) };
      attempts.add(1, ended);
      requestDuration.record(seconds(event.durationMs), { ...attemptAttributes(event), ...ended });
    },
    retry: (event) => retries.add(1, { ...operationAttributes(event), 'error.type': event.code }),
    quota: quotaGauges(meter),
  };
}

function createInstruments(meter: OtelMeter) {
  return {
    callDuration: meter.createHistogram('vendorkit.call.duration', {
      description: 'From the first line of a call to its result.',
      unit: 's',
      advice: { explicitBucketBoundaries: callBuckets },
    }),
    requestDuration: meter.createHistogram('http.client.request.duration', {
      description: 'Duration of HTTP client requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: requestBuckets },
    }),
    quotaWait: meter.createHistogram('vendorkit.quota.wait', {
      description: 'How long an attempt waited for the quota.',
      unit: 's',
      advice: { explicitBucketBoundaries: callBuckets },
    }),
    activeCalls: meter.createUpDownCounter('vendorkit.calls.active', {
      description: 'Calls that have begun and not ended.',
      unit: '{call}',
    }),
    attempts: meter.createCounter('vendorkit.attempts', {
      description: 'Requests that were sent, or were about to be sent.',
      unit: '{attempt}',
    }),
    retries: meter.createCounter('vendorkit.retries', {
      description: 'Attempts that failed and were repeated.',
      unit: '{retry}',
    }),
  };
}

/** Two gauges that show, when they are read, the last state of each quota rule. */
function quotaGauges(meter: OtelMeter): (event: QuotaEvent) => void {
  const states = new Map<string, QuotaEvent>();
  const observe = (name: string, description: string, read: (event: QuotaEvent) => number) =>
    meter.createObservableGauge(name, { description, unit: '{call}' }).addCallback((result) => {
      for (const event of states.values()) result.observe(read(event), quotaAttributes(event));
    });
  observe(
    'vendorkit.quota.remaining',
    'Calls that the quota allows now.',
    ({ remaining }) => remaining,
  );
  observe('vendorkit.quota.waiting', 'Calls that wait for the quota.', ({ waiting }) => waiting);
  return (event) => states.set(JSON.stringify(quotaAttributes(event)), event);
}

function quotaAttributes({ vendor, key, value, limit }: QuotaEvent): OtelAttributes {
  return {
    'vendorkit.vendor': vendor,
    'vendorkit.quota.key': key,
    'vendorkit.quota.value': value,
    'vendorkit.quota.limit': limit,
  };
}
