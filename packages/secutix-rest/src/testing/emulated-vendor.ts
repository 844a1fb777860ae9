import type { Clock } from '@vendorkit/core';
import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import {
  callContextOf,
  delayed,
  isPoll,
  MalformedRequest,
  Museum,
  type CallParameters,
} from '@vendorkit/secutix-shared/museum';
import { encodeAnswer, jsonAnswer, problemAnswer } from './answers.ts';
import { Authentication, type Credentials } from './authentication.ts';
import type { SecutixRestEmulatorOptions } from './emulator-options.ts';
import { observe, type SecutixRestEmulatorState } from './emulator-state.ts';
import { headerProblem, readParameters } from './request-checks.ts';
import { routeOf, type Route } from './routing.ts';

const defaultCredentials = {
  operator: 'MOSA_B2C',
  partner: 'Partner 1',
  secret: 'not-a-secret-but-long-enough-for-HS256',
};

/** The vendor's side of the wire, without the wire. */
export class EmulatedVendor {
  readonly credentials: Credentials;
  readonly state: SecutixRestEmulatorState;
  readonly #options: SecutixRestEmulatorOptions;
  readonly #museum: Museum;
  readonly #authentication: Authentication;

  constructor(options: SecutixRestEmulatorOptions, clock: Clock) {
    this.#options = options;
    this.#museum = new Museum(options, clock);
    this.credentials = credentialsOf(options, this.#museum);
    this.#authentication = new Authentication({
      credentials: this.credentials,
      timestampUnit: options.timestampUnit ?? 's',
      issuedTokenLifetimeMs: options.issuedTokenLifetimeMs ?? 900_000,
    });
    this.state = observe(this.#museum.state, this.#authentication);
  }

  /** Lets a request pass one check after the other; the first that refuses answers. */
  handle(request: EmulatorRequest): EmulatorAnswer {
    const route = routeOf(request.path, this.#museum.added);
    const parameters = request.method === 'POST' ? readParameters(request) : undefined;
    const answer =
      this.#overLimit(route, parameters) ??
      this.#wrongAddress(route, request) ??
      this.#unauthorised(route, request) ??
      this.#malformed(request, parameters) ??
      this.#perform(route, request, parameters ?? {});
    const { contentEncoding = 'gzip', latencyMs } = this.#options;
    return delayed(request, encodeAnswer(request, answer, contentEncoding), latencyMs);
  }

  #overLimit(route: Route, parameters: CallParameters | undefined): EmulatorAnswer | undefined {
    return this.#museum.overLimit(targetOf(route), isPoll(parameters));
  }

  #wrongAddress(route: Route, request: EmulatorRequest): EmulatorAnswer | undefined {
    if (this.#ownRoute(request) !== undefined) return undefined;
    if (route.kind === 'unknown') return problemAnswer(404, route.problem);
    if (request.method === 'POST') return undefined;
    return problemAnswer(405, 'Services are called with POST.', { allow: 'POST' });
  }

  #unauthorised(route: Route, request: EmulatorRequest): EmulatorAnswer | undefined {
    if (route.kind === 'auth') return undefined;
    const { authorization } = request.headers;
    const problem = this.#authentication.problem(authorization, request.receivedAt);
    return problem === undefined ? undefined : problemAnswer(401, problem);
  }

  #malformed(
    request: EmulatorRequest,
    parameters: CallParameters | undefined,
  ): EmulatorAnswer | undefined {
    const problem = headerProblem(request, this.#options.requireGzip ?? true);
    if (problem !== undefined) return problemAnswer(400, problem);
    if (request.method !== 'POST' || parameters !== undefined) return undefined;
    return problemAnswer(400, 'The body is not a JSON object.');
  }

  #perform(route: Route, request: EmulatorRequest, parameters: CallParameters): EmulatorAnswer {
    try {
      const ownRoute = this.#ownRoute(request);
      if (ownRoute !== undefined) return jsonAnswer(200, ownRoute(request));
      if (route.kind !== 'method') return this.#issueToken(request, parameters);
      const operation = `${route.service}.${route.method}`;
      return jsonAnswer(200, this.#museum.call(operation, parameters, callContextOf(request)));
    } catch (error) {
      if (error instanceof MalformedRequest) return problemAnswer(400, error.message);
      return problemAnswer(500, messageOf(error));
    }
  }

  #issueToken(request: EmulatorRequest, parameters: CallParameters): EmulatorAnswer {
    const token = this.#authentication.issue(parameters, request.receivedAt);
    if (token !== undefined) return jsonAnswer(200, { token });
    return problemAnswer(401, 'The operator, the partner or the secret is wrong.');
  }

  #ownRoute(request: EmulatorRequest): ((request: EmulatorRequest) => unknown) | undefined {
    const { routes = {} } = this.#options;
    const name = `${request.method} ${request.path}`;
    return Object.hasOwn(routes, name) ? routes[name] : undefined;
  }
}

/** What the limits count a route as. */
function targetOf(route: Route): { service: string; method: string } | undefined {
  if (route.kind === 'unknown') return undefined;
  return route.kind === 'method' ? route : { service: 'auth', method: 'auth' };
}

function credentialsOf(options: SecutixRestEmulatorOptions, { institution }: Museum): Credentials {
  return {
    institution,
    operator: options.operator ?? defaultCredentials.operator,
    partner: options.partner ?? defaultCredentials.partner,
    secret: options.secret ?? defaultCredentials.secret,
  };
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
