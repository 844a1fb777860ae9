import {
  path,
  refusedInput,
  stringifyJson,
  type CallRequest,
  type Redactor,
} from '@vendorkit/core';
import {
  findService,
  methodKind,
  newestVersion,
  quotaScopesOf,
  versionSegment,
} from '@vendorkit/secutix-shared';
import type { CredentialSource } from './credentials.ts';
import { readAnswer } from './errors.ts';

/** One method of one service, with everything that its address needs. */
export interface MethodTarget {
  readonly module: string;
  readonly service: string;
  readonly method: string;
  readonly version: string;
}

/** What all requests of a client have in common. */
export interface RequestContext {
  readonly institution: string;
  readonly redactor: Redactor;
  readonly credentials: CredentialSource;
}

const name = /^[A-Za-z]\w*$/;

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
  const module = options.module ?? known?.module;
  const version = options.version ?? (known && newestVersion(known));
  if (module === undefined || module === null) {
    throw refusedInput(
      'INVALID_REQUEST',
      'module',
      `The module of \`${serviceName}\` is not known; give it in the options`,
    );
  }
  if (version === undefined) {
    throw refusedInput(
      'INVALID_REQUEST',
      'version',
      `No version of \`${serviceName}\` is known; give one in the options`,
    );
  }
  return { module, service: known?.restName ?? serviceName, method: methodName, version };
}

/**
 * Checks that parameters are an object, as the vendor's flat bodies are.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readParameters(parameters: unknown): Readonly<Record<string, unknown>> {
  if (parameters === undefined) return {};
  const prototype: unknown = parameters && Object.getPrototypeOf(parameters);
  const isPlain =
    typeof parameters === 'object' && (prototype === null || isObjectPrototype(prototype));
  if (isPlain) return parameters as Record<string, unknown>;
  throw refusedInput('INVALID_REQUEST', 'parameters', 'Expected an object of parameters by name');
}

/** The request that calls a method, or that asks after a call to it (SecuTix REST 4.3 and 5.4). */
export function methodRequest<Result>(
  context: RequestContext,
  target: MethodTarget,
  parameters: Readonly<Record<string, unknown>>,
  { locale, requestId }: { locale?: string | undefined; requestId?: bigint | string | undefined },
): CallRequest<Result> {
  const { module, service, method, version } = target;
  const body = requestId === undefined ? parameters : { requestId, ...without(parameters) };
  const isPoll = (body['requestId'] ?? undefined) !== undefined;
  const isRead = methodKind(service, method) === 'read';
  return {
    operation: `${service}.${method}`,
    method: 'POST',
    path: path`/${module}/backend-apis/${service}/${versionSegment(version)}/${method}`,
    headers: { ...commonHeaders(locale), 'content-type': 'application/json' },
    body: stringifyJson(body, { path: 'parameters' }),
    scopes: quotaScopesOf({ institution: context.institution, service, method }),
    poll: isPoll,
    // Assumed: a request that carries its requestId is recognised by the vendor, however often it comes.
    repeatable: isRead || isPoll ? 'always' : 'when-refused',
    ...context.credentials(),
    read: (answer) => readAnswer(answer, { ...context, isRead, expectsStatus: true }),
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

function readName(field: string, value: unknown): string {
  if (typeof value === 'string' && name.test(value)) return value;
  throw refusedInput(
    'INVALID_REQUEST',
    field,
    'Expected a name of letters, digits and underscores',
  );
}

function without({ requestId: _requestId, ...rest }: Readonly<Record<string, unknown>>): object {
  return rest;
}

/** `Object.prototype` of any realm. */
function isObjectPrototype(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}
