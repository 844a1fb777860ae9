import { isPlainObject, refusedInput, stringifyJson } from '@vendorkit/core';

/**
 * The parameters of a call, written as JSON at the moment of the call. What the caller changes
 * afterwards changes no poll: the vendor wants all parameters again as they were (SecuTix REST 5.4).
 */
export interface FixedParameters {
  /** All parameters but the `requestId`: the text of a JSON object. */
  readonly json: string;
  /** The text of the `requestId` that the caller passed, if any. */
  readonly requestId: string | undefined;
}

/**
 * Checks that parameters are an object, as the vendor's flat bodies are, and writes them down.
 *
 * @param field - What the parameters are called in errors.
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readParameters(parameters: unknown, field = 'parameters'): FixedParameters {
  if (parameters !== undefined && !isPlainObject(parameters)) {
    throw refusedInput('INVALID_REQUEST', field, 'Expected an object of parameters by name');
  }
  if (typeof parameters?.['toJSON'] === 'function') {
    throw refusedInput('INVALID_REQUEST', `${field}.toJSON`, 'Give the parameters themselves');
  }
  const { requestId, others } = split(parameters ?? {});
  return {
    json: stringifyJson(others, { path: field }),
    requestId:
      requestId === undefined
        ? undefined
        : stringifyJson(requestId, { path: `${field}.requestId` }),
  };
}

/** Nothing is copied where nothing is to be left out: an error names the way that the caller sees. */
function split(parameters: Readonly<Record<string, unknown>>): {
  requestId: unknown;
  others: Readonly<Record<string, unknown>>;
} {
  if (!Object.hasOwn(parameters, 'requestId')) return { requestId: undefined, others: parameters };
  const { requestId, ...others } = parameters;
  return { requestId, others };
}

/**
 * The body of a request: the parameters, flat, with the `requestId` first where there is one.
 *
 * @param requestId - The vendor's `requestId` of a call in progress; the caller's own if absent.
 */
export function writeBody(parameters: FixedParameters, requestId?: bigint | string): string {
  const { json } = parameters;
  const asked = requestId === undefined ? parameters.requestId : stringifyJson(requestId);
  if (asked === undefined) return json;
  return json === '{}' ? `{"requestId":${asked}}` : `{"requestId":${asked},${json.slice(1)}`;
}

/** Whether a body asks after a call in progress. The vendor's pages pass `null` at first. */
export function isPoll(parameters: FixedParameters, requestId?: bigint | string): boolean {
  return requestId !== undefined || (parameters.requestId ?? 'null') !== 'null';
}
