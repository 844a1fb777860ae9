import { systemClock, type Clock } from '@vendorkit/core';
import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import { defaultQuota, quotaScopesOf } from '@vendorkit/secutix-shared';
import { acceptedLanguages } from './accepted-languages.ts';
import { encodeAnswer, jsonAnswer, problemAnswer } from './answers.ts';
import { Authentication, type Credentials } from './authentication.ts';
import { Contacts } from './contacts.ts';
import type { SecutixRestEmulatorOptions } from './emulator-options.ts';
import { observe, type SecutixRestEmulatorState } from './emulator-state.ts';
import { LoadLimiter } from './load-limiter.ts';
import { LongRunning } from './long-running.ts';
import {
  refused,
  toResult,
  type CallContext,
  type MethodHandler,
  type MethodTable,
} from './method-result.ts';
import { museumMethods } from './museum-methods.ts';
import { Orders } from './orders.ts';
import { MalformedRequest, type CallParameters } from './parameters.ts';
import { headerProblem, isPoll, readParameters } from './request-checks.ts';
import { routeOf, type Route } from './routing.ts';
import { Stock } from './stock.ts';

const defaultCredentials: Credentials = {
  institution: 'MOSA',
  operator: 'MOSA_B2C',
  partner: 'Partner 1',
  secret: 'not-a-secret-but-long-enough-for-HS256',
};

/** The language that the museum falls back to. */
const museumLanguage = 'fr';

/** The vendor's side of the wire, without the wire. */
export class EmulatedVendor {
  readonly credentials: Credentials;
  readonly state: SecutixRestEmulatorState;
  readonly #options: SecutixRestEmulatorOptions;
  readonly #limiter: LoadLimiter;
  readonly #authentication: Authentication;
  readonly #longRunning: LongRunning;
  readonly #methods: MethodTable;
  readonly #added: ReadonlySet<string>;

  constructor(options: SecutixRestEmulatorOptions, clock: Clock) {
    const stock = new Stock(clock.now());
    const contacts = new Contacts(options.contacts ?? 160);
    const orders = new Orders(stock, contacts);
    this.credentials = credentialsOf(options);
    this.#options = options;
    this.#limiter = new LoadLimiter(options.quota ?? defaultQuota, options.clock ?? systemClock);
    this.#authentication = new Authentication({
      credentials: this.credentials,
      timestampUnit: options.timestampUnit ?? 's',
      issuedTokenLifetimeMs: options.issuedTokenLifetimeMs ?? 900_000,
    });
    this.#longRunning = new LongRunning(options.longRunning ?? { polls: 0 });
    this.#methods = { ...museumMethods({ stock, contacts, orders }), ...options.methods };
    this.#added = new Set(Object.keys(options.methods ?? {}));
    this.state = observe({
      orders,
      contacts,
      longRunning: this.#longRunning,
      limiter: this.#limiter,
      authentication: this.#authentication,
    });
  }

  /** Lets a request pass one check after the other; the first that refuses answers. */
  handle(request: EmulatorRequest): EmulatorAnswer {
    const route = routeOf(request.path, this.#added);
    const parameters = request.method === 'POST' ? readParameters(request) : undefined;
    const answer =
      this.#overLimit(route, parameters) ??
      this.#wrongAddress(route, request) ??
      this.#unauthorised(route, request) ??
      this.#malformed(request, parameters) ??
      this.#perform(route, request, parameters ?? {});
    return this.#delayed(
      request,
      encodeAnswer(request, answer, this.#options.contentEncoding ?? 'gzip'),
    );
  }

  #delayed(request: EmulatorRequest, answer: EmulatorAnswer): EmulatorAnswer {
    const { latencyMs = 0 } = this.#options;
    const delayMs = typeof latencyMs === 'function' ? latencyMs(request) : latencyMs;
    return delayMs > 0 ? { ...answer, delayMs } : answer;
  }

  #overLimit(route: Route, parameters: CallParameters | undefined): EmulatorAnswer | undefined {
    const { institution } = this.credentials;
    const { service, method } =
      route.kind === 'method' ? route : { service: route.kind, method: route.kind };
    const scopes = quotaScopesOf({ institution, service, method });
    const all = route.kind === 'unknown' ? { institution: scopes.institution } : scopes;
    return this.#limiter.refusal(all, isPoll(parameters));
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
      const context = contextOf(request);
      const run = () => toResult(this.#methodOf(operation)(parameters, context));
      return jsonAnswer(200, this.#longRunning.call(operation, parameters, run));
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

  #methodOf(operation: string): MethodHandler {
    const method = Object.hasOwn(this.#methods, operation) ? this.#methods[operation] : undefined;
    const explanation = `The emulator does not imitate \`${operation}\`. Give it in \`methods\`.`;
    return method ?? (() => refused('error.emulator.unsupported', explanation));
  }

  #ownRoute(request: EmulatorRequest): ((request: EmulatorRequest) => unknown) | undefined {
    const { routes = {} } = this.#options;
    const name = `${request.method} ${request.path}`;
    return Object.hasOwn(routes, name) ? routes[name] : undefined;
  }
}

function credentialsOf(options: SecutixRestEmulatorOptions): Credentials {
  return {
    institution: options.institution ?? defaultCredentials.institution,
    operator: options.operator ?? defaultCredentials.operator,
    partner: options.partner ?? defaultCredentials.partner,
    secret: options.secret ?? defaultCredentials.secret,
  };
}

function contextOf(request: EmulatorRequest): CallContext {
  const [best = museumLanguage, ...others] = acceptedLanguages(request.headers['accept-language']);
  return { languages: [best, ...others, museumLanguage], nowMs: request.receivedAt };
}

function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}
