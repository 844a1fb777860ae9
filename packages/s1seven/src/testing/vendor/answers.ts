import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import type { VendorProblem } from './problem.ts';

/** A success with JSON: 200. */
export function ok(value: unknown): EmulatorAnswer {
  return jsonAnswer(200, value);
}

/** A success that made something: 201. */
export function created(value: unknown): EmulatorAnswer {
  return jsonAnswer(201, value);
}

/** A success that sends the browser on: 302. The address is assumed. */
export function redirect(location: string): EmulatorAnswer {
  return { status: 302, headers: { location } };
}

/** A success with a file. */
export function fileAnswer(contentType: string, body: Buffer | string): EmulatorAnswer {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

/** A refusal, in the form of the vendor's example (S1SEVEN API information, "Error Handling"). */
export function problemAnswer(request: EmulatorRequest, problem: VendorProblem): EmulatorAnswer {
  const body = {
    statusCode: problem.status,
    path: request.path.replace(/^\/api(?=\/)/, ''),
    method: request.method,
    timestamp: new Date(request.receivedAt).toISOString(),
    message: problem.message,
    name: problem.name,
    ...(problem.details === undefined ? {} : { details: problem.details }),
  };
  return jsonAnswer(problem.status, body, problem.headers);
}

function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): EmulatorAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}
