import { path, refusedInput, type CallRequest, type Redactor } from '@vendorkit/core';
import {
  findService,
  methodKind,
  newestVersion,
  quotaScopesOf,
  readName,
  versionSegment,
} from '@vendorkit/secutix-shared';
import type { CredentialSource } from './credentials.ts';
import { readAnswer } from './errors.ts';
import { isPoll, writeBody, type FixedParameters } from './parameters.ts';

/** One method of one service, with everything that its address needs. */
export interface MethodTarget {
  readonly module: string;
  readonly service: string;
  readonly method: string;
  readonly version: string;
}

/** One call to a method, checked and fixed. */
export interface MethodCall {
  readonly target: MethodTarget;
  readonly parameters: FixedParameters;
  readonly locale: string | undefined;
}

/** What all requests of a client have in common. */
export interface RequestContext {
  readonly institution: string;
  readonly redactor: Redactor;
  readonly credentials: CredentialSource;
}

/**
 * Finds the module and the version of a service, and checks the names.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function resolveTarget(
  service: unknown,
  method: unknown,
  options: { version?: string | undefined; module?: string | undefined },
): MethodTarget {
  const serviceName = readName('service', service);
  const methodName = readName('method', method);
  const known = findService(serviceName);
  const module = options.module ?? known?.module ?? undefined;
  const version = options.version ?? (known && newestVersion(known));
  if (module === undefined) {
    throw refusedInput(
      'INVALID_REQUEST',
      'options.module',
      `The module of \`${serviceName}\` is not known; give it in the options`,
    );
  }
  if (version === undefined) {
    throw refusedInput(
      'INVALID_REQUEST',
      'options.version',
      `No version of \`${serviceName}\` is known; give one in the options`,
    );
  }
  return { module, service: known?.restName ?? serviceName, method: methodName, version };
}

/** The request that calls a method, or that asks after a call to it (SecuTix REST 4.3 and 5.4). */
export function methodRequest<Result>(
  context: RequestContext,
  { target, parameters, locale }: MethodCall,
  requestId?: bigint | string,
): CallRequest<Result> {
  const { module, service, method, version } = target;
  const poll = isPoll(parameters, requestId);
  // Assumed: a request that carries its requestId is recognised by the vendor, however often it comes.
  const isRepeatable = poll || methodKind(service, method) === 'read';
  return {
    operation: `${service}.${method}`,
    method: 'POST',
    path: path`/${module}/backend-apis/${service}/${versionSegment(version)}/${method}`,
    headers: { ...commonHeaders(locale), 'content-type': 'application/json' },
    body: writeBody(parameters, requestId),
    scopes: quotaScopesOf({ institution: context.institution, service, method }),
    poll,
    repeatable: isRepeatable ? 'always' : 'when-refused',
    ...context.credentials(),
    read: (answer, { deadline }) =>
      readAnswer(answer, deadline, { ...context, isRepeatable, expectsStatus: true }),
  };
}

/** What every request says of the answer it wants (SecuTix REST 2 and 5.5). */
export function commonHeaders(locale: string | undefined): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-encoding': 'gzip,deflate',
    ...(locale !== undefined && { 'accept-language': locale }),
  };
}
