import { validate } from '@vendorkit/core';
import { z } from 'zod';
import type { OperationInput, RequestBody } from '../operation-caller.ts';

/**
 * A JSON body, checked.
 *
 * @param added - Fields that the body repeats of the path.
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function jsonBody<Body extends object>(
  schema: z.ZodType<Body>,
  body: unknown,
  added?: Readonly<Record<string, string>>,
): RequestBody {
  const checked = validate(schema, body, { code: 'INVALID_REQUEST', root: 'body' });
  return { json: added === undefined ? body : { ...checked, ...added } };
}

/** Any object: for bodies whose fields are not public. */
export const anyObject: z.ZodType<Record<string, unknown>> = z.looseObject({});

type Query = NonNullable<OperationInput['query']>;
type QueryValue = Query[string];

const scalar: z.ZodType<QueryValue> = z.union(
  [z.string(), z.number(), z.boolean(), z.undefined()],
  'Expected a text, a number or a boolean',
);

/**
 * The schema of a list's parameters. Others are passed on, too: the public document is of 2021.
 */
export function querySchema(
  shape: Readonly<Record<string, z.ZodType<QueryValue>>>,
): z.ZodType<Query> {
  return z
    .object({ ...shape, mode: z.undefined('Give `mode` in the options of the call').optional() })
    .catchall(scalar);
}

/** The parameters of a list of which the public document knows none. */
export const anyQuery: z.ZodType<Query> = querySchema({});

/**
 * Query parameters, checked.
 *
 * @param root - What they are called in errors: `options` if they are among the options.
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readQuery(
  schema: z.ZodType<Query>,
  query: unknown,
  root: 'query' | 'options' = 'query',
): Query {
  return validate(schema, query ?? {}, { code: 'INVALID_REQUEST', root });
}
