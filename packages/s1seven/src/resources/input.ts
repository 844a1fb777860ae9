import { validate } from '@vendorkit/core';
import { z } from 'zod';
import type { OperationInput, RequestBody } from '../operation-caller.ts';
import { requestObject } from './request-object.ts';

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
  const checked = readBody(schema, body);
  return { json: added === undefined ? body : { ...checked, ...added } };
}

/**
 * A JSON body, checked, and what was left out filled in.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readBody<Body extends object>(schema: z.ZodType<Body>, body: unknown): Body {
  return validate(schema, body, { code: 'INVALID_REQUEST', root: 'body' });
}

/** Any object: for bodies whose fields are not public. */
export const anyObject: z.ZodType<Record<string, unknown>> = z.looseObject({});

type Query = NonNullable<OperationInput['query']>;
type QueryValue = Query[string];

const scalar: z.ZodType<QueryValue> = z.union(
  [z.string(), z.number(), z.boolean(), z.undefined()],
  'Expected a text, a number or a boolean',
);

const mode = z.undefined('Give `mode` in the options of the call').optional();

/** The schema of a list's parameters. Others are refused. */
export function querySchema(
  shape: Readonly<Record<string, z.ZodType<QueryValue>>>,
): z.ZodType<Query> {
  return requestObject({ ...shape, mode });
}

/** The parameters of a list that has none. */
export const noQuery: z.ZodType<Query> = querySchema({});

/** The parameters of a list for which none are public. */
export const anyQuery: z.ZodType<Query> = z.object({ mode }).catchall(scalar);

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
