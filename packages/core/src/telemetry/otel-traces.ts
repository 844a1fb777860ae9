import type {
  AttemptEndEvent,
  AttemptStartEvent,
  CallEndEvent,
  CallEvent,
  Hooks,
} from './events.ts';
import type {
  OtelAttributes,
  OtelContext,
  OtelContexts,
  OtelSpan,
  OtelSpanContext,
  OtelTrace,
  OtelTracer,
} from './otel-api.ts';
import {
  attemptAttributes,
  attemptEndAttributes,
  callEndAttributes,
  operationAttributes,
  present,
  seconds,
} from './otel-attributes.ts';

const internalKind = 0;
const clientKind = 2;
const errorStatus = 2;

interface CallTrace {
  readonly span: OtelSpan;
  /** The context in which the call's span is the active one. */
  readonly context: OtelContext | undefined;
  readonly attempts: Map<number, OtelSpan>;
}

/**
 * The hooks that trace: a span for each call, and one for each of its attempts. An attempt's span is a
 * child of its call's span where the API's objects are given, and links to it where they are not.
 */
export function traceHooks(
  tracer: OtelTracer,
  trace: OtelTrace | undefined,
  contexts: OtelContexts | undefined,
): Hooks {
  const calls = new Map<number, CallTrace>();

  function callStart(event: CallEvent): void {
    const attributes = { ...operationAttributes(event), 'vendorkit.call_id': event.callId };
    const name = `${event.vendor} ${event.operation}`;
    const span = tracer.startSpan(name, { kind: internalKind, attributes });
    const context = contexts && trace?.setSpan(contexts.active(), span);
    calls.set(event.callId, { span, context, attempts: new Map() });
  }

  function attemptStart(event: AttemptStartEvent): void {
    const call = calls.get(event.callId);
    const options = { kind: clientKind, attributes: attemptSpanAttributes(event) };
    const span =
      call?.context === undefined
        ? tracer.startSpan(event.method, { ...options, links: linksTo(call) })
        : tracer.startSpan(event.method, options, call.context);
    call?.attempts.set(event.attempt, span);
  }

  function attemptEnd(event: AttemptEndEvent): void {
    const attempts = calls.get(event.callId)?.attempts;
    const span = attempts?.get(event.attempt);
    attempts?.delete(event.attempt);
    if (event.code !== undefined) span?.setStatus({ code: errorStatus });
    span?.setAttributes(attemptEndSpanAttributes(event));
    span?.end();
  }

  function callEnd(event: CallEndEvent): void {
    const call = calls.get(event.callId);
    calls.delete(event.callId);
    if (call === undefined) return;
    for (const span of call.attempts.values()) span.end();
    const { error } = event;
    if (error !== undefined) call.span.setStatus({ code: errorStatus, message: error.code });
    call.span.setAttributes(callEndSpanAttributes(event));
    call.span.end();
  }

  return { callStart, attemptStart, attemptEnd, callEnd };
}

function attemptSpanAttributes(event: AttemptStartEvent): OtelAttributes {
  return {
    ...operationAttributes(event),
    ...attemptAttributes(event),
    ...present({ 'http.request.resend_count': event.attempt > 1 ? event.attempt - 1 : undefined }),
    'vendorkit.call_id': event.callId,
    'vendorkit.quota.wait': seconds(event.queueMs),
  };
}

function attemptEndSpanAttributes(event: AttemptEndEvent): OtelAttributes {
  const { receivedBytes, signatureAgeMs } = event;
  return {
    ...attemptEndAttributes(event),
    ...present({
      'http.response.body.size': receivedBytes,
      'vendorkit.signature.age': signatureAgeMs === undefined ? undefined : seconds(signatureAgeMs),
    }),
  };
}

function callEndSpanAttributes(event: CallEndEvent): OtelAttributes {
  return {
    ...callEndAttributes(event),
    'vendorkit.attempts': event.attempts,
    'vendorkit.quota.wait': seconds(event.queueMs),
  };
}

function linksTo(call: CallTrace | undefined): { context: OtelSpanContext }[] {
  return call === undefined ? [] : [{ context: call.span.spanContext() }];
}
