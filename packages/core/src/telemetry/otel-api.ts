/**
 * What is used of `@opentelemetry/api`, version 1. The real objects fit; nothing is imported, so that
 * nobody installs OpenTelemetry who does not use it.
 */

/** The values of the attributes that are set. */
export type OtelAttributes = Record<string, string | number | boolean>;

/** A `Span`. */
export interface OtelSpan {
  setAttributes(attributes: OtelAttributes): unknown;
  /** `code` 2 is an error. */
  setStatus(status: { code: number; message?: string }): unknown;
  spanContext(): OtelSpanContext;
  end(): void;
}

/** A `SpanContext`: what another span needs to refer to this one. */
export interface OtelSpanContext {
  traceId: string;
  spanId: string;
  traceFlags: number;
}

/** What a span is started with. */
export interface OtelSpanOptions {
  /** 0 is INTERNAL, 2 is CLIENT. */
  kind?: number;
  attributes?: OtelAttributes;
  links?: { context: OtelSpanContext }[];
}

/** A `Tracer`. */
export interface OtelTracer {
  startSpan(name: string, options?: OtelSpanOptions, context?: OtelContext): OtelSpan;
}

/** A `Context`, which is only handed on. */
export type OtelContext = object;

/** The `trace` object of the API. */
export interface OtelTrace {
  setSpan(context: OtelContext, span: OtelSpan): OtelContext;
}

/** The `context` object of the API. */
export interface OtelContexts {
  active(): OtelContext;
}

/** What an instrument of a meter is made with. */
export interface OtelMetricOptions {
  description?: string;
  unit?: string;
  advice?: { explicitBucketBoundaries?: number[] };
}

/** A `Histogram`. */
export interface OtelHistogram {
  record(value: number, attributes?: OtelAttributes): void;
}

/** A `Counter` or `UpDownCounter`. */
export interface OtelCounter {
  add(value: number, attributes?: OtelAttributes): void;
}

/** An `ObservableGauge`. */
export interface OtelObservableGauge {
  addCallback(callback: (result: OtelObservableResult) => void): void;
}

/** Takes the readings of a gauge. */
export interface OtelObservableResult {
  observe(value: number, attributes?: OtelAttributes): void;
}

/** A `Meter`. */
export interface OtelMeter {
  createHistogram(name: string, options?: OtelMetricOptions): OtelHistogram;
  createCounter(name: string, options?: OtelMetricOptions): OtelCounter;
  createUpDownCounter(name: string, options?: OtelMetricOptions): OtelCounter;
  createObservableGauge(name: string, options?: OtelMetricOptions): OtelObservableGauge;
}
