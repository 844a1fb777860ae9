import {
  isPlainObject,
  refusedInput,
  stringifyJson,
  validate,
  type CallRequest,
} from '@vendorkit/core';
import { methodKind, quotaScopesOf } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import { readAnswer } from './errors.ts';
import { commonHeaders, type RequestContext } from './method-request.ts';
import { isPoll, readParameters, writeBody } from './parameters.ts';

/** A request to an endpoint that is not a method of a service. */
export interface RawRequest {
  /** The HTTP method. `GET`, and `POST` to a method known to read, may be repeated. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base URL, for instance `/tnai/backend-apis/v1/auth`. */
  path: string;
  /** Query parameters. Undefined ones are left out. */
  query?: Readonly<Record<string, string | number | bigint | boolean | undefined>> | undefined;
  /** The JSON body. A `GET` has none. */
  body?: unknown;
  /**
   * Whether the answer must be a `WebMethodResult` (SecuTix REST 5.3). Say `false` for an endpoint
   * that answers with something else: then JSON without a `statusCode` is a success, too.
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
      /^(?:\/[\w.~!$&'()*+,;=:@%-]+)+\/?$/,
      'Expected a path such as `/module/…`, without a query',
    )
    .refine((way) => !/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(way), 'It leaves its folder'),
  query: z.record(z.string(), scalar).optional(),
  body: z.unknown().optional(),
  webMethodResult: z.boolean().default(true),
});

/**
 * The request to an endpoint that is not a method of a service, as a function of the `requestId` with
 * which it is asked again while it is in progress.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function rawRequest<Result>(
  context: RequestContext,
  input: unknown,
  { locale }: { locale?: string | undefined },
): (requestId?: bigint | string) => CallRequest<Result> {
  const { method, path, query, body, webMethodResult } = validate(schema, input, {
    code: 'INVALID_REQUEST',
    root: 'request',
  });
  if (method === 'GET' && body !== undefined) {
    throw refusedInput('INVALID_REQUEST', 'request.body', 'A GET has no body (SecuTix REST 2)');
  }
  const { service, member } = endpointOf(path);
  const isRead = method === 'GET' || (method === 'POST' && methodKind(service, member) === 'read');
  const write = bodyWriter(body);
  const headers = {
    ...commonHeaders(locale),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  };
  return (requestId) => {
    const { text, poll } = write(requestId);
    const isRepeatable = isRead || poll;
    return {
      operation: `${method} ${path}`,
      method,
      path,
      query: texts(query ?? {}),
      headers,
      body: text,
      scopes: quotaScopesOf({ institution: context.institution, service, method: member }),
      poll,
      repeatable: isRepeatable ? 'always' : 'when-refused',
      ...context.credentials(),
      read: (answer, { deadline }) =>
        readAnswer(answer, deadline, { ...context, isRepeatable, expectsStatus: webMethodResult }),
    };
  };
}

const methodAddress = /^\/[^/]+\/backend-apis\/([^/]+)\/v\d+_\d+\/([^/]+)$/;

/**
 * What the quota counts a path as: a method of its service, as if it were called by name; else the
 * beginning of the path, since what follows may hold the number of a thing.
 */
function endpointOf(path: string): { service: string; member: string } {
  const [, service, member] = methodAddress.exec(path) ?? [];
  if (service !== undefined && member !== undefined) return { service, member };
  return { service: path.split('/').slice(1, 4).join('/'), member: path };
}

/** Writes the body once, and the `requestId` into it where it is an object. */
function bodyWriter(
  body: unknown,
): (requestId?: bigint | string) => { text: string | undefined; poll: boolean } {
  if (isPlainObject(body)) {
    const parameters = readParameters(body, 'request.body');
    return (requestId) => ({
      text: writeBody(parameters, requestId),
      poll: isPoll(parameters, requestId),
    });
  }
  const text = body === undefined ? undefined : stringifyJson(body, { path: 'request.body' });
  return () => ({ text, poll: false });
}

function texts(query: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
