import { combineHooks } from './channels.ts';
import type { Hooks } from './events.ts';
import type { OtelContexts, OtelMeter, OtelTrace, OtelTracer } from './otel-api.ts';
import { meterHooks } from './otel-metrics.ts';
import { traceHooks } from './otel-traces.ts';

/** What {@link openTelemetry} reports to. */
export interface OpenTelemetryOptions {
  /** Makes the spans, for instance `trace.getTracer('my-application')`. Without it there are none. */
  tracer?: OtelTracer | undefined;
  /** Makes the metrics, for instance `metrics.getMeter('my-application')`. Without it there are none. */
  meter?: OtelMeter | undefined;
  /** The API's `trace`. With `context`, it makes an attempt's span a child of its call's span. */
  trace?: OtelTrace | undefined;
  /** The API's `context`. Without `trace` and `context`, an attempt's span links to its call's span. */
  context?: OtelContexts | undefined;
}

/**
 * Hooks that report to OpenTelemetry: a span for each call (INTERNAL), a span for each attempt
 * (CLIENT), and metrics, under the names of the semantic conventions where there are some and
 * `vendorkit.*` elsewhere. It takes any version 1 of `@opentelemetry/api` and depends on none.
 *
 * No span or metric holds a URL, a header, a body or an error's message.
 *
 * @example
 * ```ts
 * import { context, metrics, trace } from '@opentelemetry/api';
 *
 * const tracer = trace.getTracer('night-job');
 * const meter = metrics.getMeter('night-job');
 * const hooks = openTelemetry({ tracer, meter, trace, context });
 * ```
 */
export function openTelemetry(options: OpenTelemetryOptions): Hooks {
  const { tracer, meter, trace, context } = options;
  const parts: Hooks[] = [];
  if (tracer !== undefined) parts.push(traceHooks(tracer, trace, context));
  if (meter !== undefined) parts.push(meterHooks(meter));
  return combineHooks(...parts);
}
