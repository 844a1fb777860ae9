import { isPlainObject, refusedInput, validate, type CallRequest } from '@vendorkit/core';
import { z } from 'zod';
import { anything } from './answer-shape.ts';
import type { RequestContext } from './authorisation.ts';
import type { CallSettings } from './call-options.ts';
import { routeOf } from './paths.ts';
import { writeBody } from './request-body.ts';
import { requestSecrets } from './request-secrets.ts';
import { serviceNames, serviceOf, type ServiceName } from './service.ts';
import { vendorRequest, type QueryValue } from './vendor-request.ts';

/** A request to an endpoint for which there is no method, for instance those of TOTP and recovery codes. */
export interface RawRequest {
  /** The HTTP method. Of these, only a `GET` is repeated once it may have been carried out. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base URL, encoded, for instance `/companies/countries`. */
  path: string;
  /** Query parameters. Undefined ones are left out. The mode is sent if the call's options say it. */
  query?: Readonly<Record<string, QueryValue>> | undefined;
  /** The JSON body. A `GET` has none. */
  body?: unknown;
  /**
   * What the endpoint answers with. JSON may be absent.
   * @defaultValue 'json'
   */
  answer?: 'json' | 'bytes' | undefined;
  /**
   * The service that has the endpoint, where each has a base URL of its own.
   * @defaultValue the one that has the resource with which the path begins
   */
  service?: ServiceName | undefined;
}

const scalar = z.union(
  [z.string(), z.number(), z.bigint(), z.boolean(), z.undefined()],
  'Expected a text, a number or a boolean',
);

const schema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z
    .string()
    .regex(
      /^(?:\/[\w.~!$&'()*+,;=:@%-]+)+\/?$/,
      'Expected a path such as `/companies/…`, without a query',
    )
    .refine((way) => !/(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(way), 'It leaves its folder'),
  query: z.record(z.string(), scalar).optional(),
  body: z.unknown().optional(),
  answer: z.enum(['json', 'bytes']).default('json'),
  service: z.enum(serviceNames).optional(),
});

/** The service that has a request's endpoint, as far as it can be told before the request is checked. */
export function likelyServiceOf(request: unknown): ServiceName | undefined {
  const { service, path } = isPlainObject(request) ? request : {};
  const named = serviceNames.find((name) => name === service);
  return named ?? (typeof path === 'string' ? serviceOf(path.split('/')[1] ?? '') : undefined);
}

/**
 * The request to an endpoint for which there is no method. A token is sent if there is one.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function rawRequest<Result>(
  context: RequestContext,
  input: unknown,
  settings: CallSettings,
): CallRequest<Result> {
  const request = validate(schema, input, { code: 'INVALID_REQUEST', root: 'request' });
  const { method, path, query, body: json, answer } = request;
  if (method === 'GET' && json !== undefined) {
    throw refusedInput('INVALID_REQUEST', 'request.body', 'A GET has no body');
  }
  const route = routeOf(method, path, context.paths);
  const body = json === undefined ? undefined : { json };
  const { mode } = settings;
  return vendorRequest(
    context,
    {
      // Not the path itself, which may hold an e-mail address.
      operation: route,
      method,
      path,
      route,
      query: { mode, ...query },
      body: body && writeBody(body, 'request.body'),
      secrets: requestSecrets({ query, body }),
      // Most endpoints need a token. What is asked for is not known here.
      needs: { anonymous: context.tokens === undefined },
      repeatable: method === 'GET' ? 'always' : 'when-refused',
      expected: { answer, shape: anything, mayBeEmpty: true, mayBeText: false, redirects: false },
      endpoint: { definition: undefined, evidence: undefined },
    },
    settings,
  );
}
