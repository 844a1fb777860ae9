import type { CallContext } from './call-context.ts';
import type { CallParameters } from './parameters.ts';

/** A flat answer: the technical fields beside the data. */
export type MethodResult = Readonly<Record<string, unknown>> & { readonly statusCode: string };

/**
 * What a method of a service does. A result without a `statusCode` is a success. What it throws
 * becomes an HTTP 500 with the error's message.
 */
export type MethodHandler = (
  parameters: CallParameters,
  context: CallContext,
) => Readonly<Record<string, unknown>>;

/** Handlers by operation, for instance `catalogService.getCatalog`. */
export type MethodTable = Readonly<Record<string, MethodHandler>>;

/** Completes what a handler returned to a `WebMethodResult`. */
export function toResult(data: Readonly<Record<string, unknown>>): MethodResult {
  return { statusCode: 'success', statusDetail: null, requestId: null, ...data };
}

/** A refusal by the vendor, with the data that come with it. */
export function refused(
  statusCode: string,
  statusDetail: string,
  data: Readonly<Record<string, unknown>> = {},
): MethodResult {
  return { statusCode, statusDetail, requestId: null, ...data };
}
