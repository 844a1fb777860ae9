import { refusedInput, stringifyJson, validate, type CallRequest } from '@vendorkit/core';
import { quotaScopesOf } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import { readAnswer } from './errors.ts';
import { commonHeaders, type RequestContext } from './method-request.ts';

/** A request to an endpoint that is not a method of a service. */
export interface RawRequest {
  /** The HTTP method. Those that only read may be repeated. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base URL, for instance `/tnai/backend-apis/v1/auth`. */
  path: string;
  /** Query parameters. Undefined ones are left out. */
  query?: Readonly<Record<string, string | number | bigint | boolean | undefined>> | undefined;
  /** The JSON body. A `GET` has none. */
  body?: unknown;
  /**
   * Whether the answer must be a `WebMethodResult` (SecuTix REST 5.3). Say `false` for an endpoint
   * that answers with something else; any JSON with a status of success is then a success.
   * @defaultValue true
   */
  webMethodResult?: boolean | undefined;
}

const scalar = z.union(
  [z.string(), z.int(), z.bigint(), z.boolean(), z.undefined()],
  'Expected a text, an integer or a boolean',
);

const schema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z
    .string()
    .regex(
      /^(?:\/[\w.~!$&'()*+,;=:@%-]+)+$/,
      'Expected a path such as `/module/…`, without a query',
    )
    .refine((way) => !/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(way), 'It leaves its folder'),
  query: z.record(z.string(), scalar).optional(),
  body: z.unknown().optional(),
  webMethodResult: z.boolean().default(true),
});

/**
 * The request to an endpoint that is not a method of a service.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function rawRequest<Result>(
  context: RequestContext,
  input: unknown,
  { locale }: { locale?: string | undefined },
): CallRequest<Result> {
  const { method, path, query, body, webMethodResult } = validate(schema, input, {
    code: 'INVALID_REQUEST',
    root: 'request',
  });
  if (method === 'GET' && body !== undefined) {
    throw refusedInput('INVALID_REQUEST', 'request.body', 'A GET has no body (SecuTix REST 2)');
  }
  const isRead = method === 'GET';
  const [, module = '', , service = module] = path.split('/');
  return {
    operation: `${method} ${path}`,
    method,
    path,
    query: texts(query ?? {}),
    headers: {
      ...commonHeaders(locale),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? undefined : stringifyJson(body, { path: 'request.body' }),
    scopes: quotaScopesOf({ institution: context.institution, service, method: path }),
    repeatable: isRead ? 'always' : 'when-refused',
    ...context.credentials(),
    read: (answer) => readAnswer(answer, { ...context, isRead, expectsStatus: webMethodResult }),
  };
}

function texts(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
