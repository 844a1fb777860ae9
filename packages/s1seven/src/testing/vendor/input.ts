import type { EmulatorRequest } from '@vendorkit/core/testing';
import type { z } from 'zod';
import { VendorProblem } from './problem.ts';

/**
 * A request's JSON body, checked.
 *
 * @throws VendorProblem 415 if it is not said to be JSON (assumed), 400 if it is not, or does not fit.
 */
export function readBody<Body>(request: EmulatorRequest, schema: z.ZodType<Body>): Body {
  if (request.body.length === 0 && request.headers['content-type'] === undefined) {
    return checked(schema, undefined);
  }
  const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json') {
    throw new VendorProblem(415, 'The body must be `application/json`.');
  }
  return checked(schema, parsed(request.text));
}

/** A request's query, checked. @throws VendorProblem 400 */
export function readQuery<Query>(request: EmulatorRequest, schema: z.ZodType<Query>): Query {
  return checked(schema, Object.fromEntries(request.query));
}

/** No parameter has a list for a value (assumed). @throws VendorProblem 400 if one is repeated. */
export function checkQuery({ query }: EmulatorRequest): void {
  const repeated = [...query.keys()].find((name) => query.getAll(name).length > 1);
  if (repeated === undefined) return;
  throw new VendorProblem(400, 'Bad Request', { details: [`${repeated} must not be repeated`] });
}

/** JSON text as a value. @throws VendorProblem 400 */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new VendorProblem(400, 'The body is not JSON.');
  }
}

function checked<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const details = result.error.issues.map(
    ({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`,
  );
  throw new VendorProblem(400, 'Bad Request', { details });
}
