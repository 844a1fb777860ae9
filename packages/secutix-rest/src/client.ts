import {
  Engine,
  Operation,
  type CallOptions,
  type CallPlan,
  type CallPromise,
  type CallRequest,
  type OperationHost,
  type PollPlan,
  type QuotaStatus,
  type Step,
} from '@vendorkit/core';
import {
  readMethodCallOptions,
  readName,
  vendorProfile,
  type MethodCallOptions,
  type WebMethodResult,
} from '@vendorkit/secutix-shared';
import { endpointCredentials } from './auth-endpoint.ts';
import { explainToken, type TokenExplanation } from './explain-token.ts';
import { forgedCredentials } from './forged-credentials.ts';
import { TokenForge } from './jwt.ts';
import {
  methodRequest,
  resolveTarget,
  type MethodCall,
  type RequestContext,
} from './method-request.ts';
import { deserialiseOperation, serialiseOperation } from './operation-state.ts';
import {
  readOptions,
  readRawOptions,
  type SecutixRestOptions,
  type SecutixSettings,
} from './options.ts';
import { readParameters } from './parameters.ts';
import { rawRequest, type RawRequest } from './raw-request.ts';
import { spellingsOf } from './secret.ts';
import { createService, type Service } from './service.ts';
import type { ServiceMap, ServiceName } from './services/service-map.ts';

/** A request, with the `requestId` of the call in progress that it asks after. */
type Ask<Result> = (requestId?: bigint | string) => CallRequest<Result>;

/**
 * A client for the REST web services of SecuTix, also called S-360: one API, two names.
 *
 * Every call waits for the quota, is signed with a token of its own at the last moment, is repeated
 * where that is safe, and is followed while it is in progress.
 *
 * @example
 * ```ts
 * const secutix = new SecutixRest({
 *   institution: 'MOSA',
 *   environment: 'demo',
 *   operator: 'MOSA_B2C',
 *   partner: 'Partner 1',
 *   secret: process.env.SECUTIX_SECRET!,
 * });
 * const contact = await secutix.call('contactInformationPublicService', 'getContactData', {
 *   contactNumber: '333',
 * });
 * await secutix.close();
 * ```
 */
export class SecutixRest {
  /** What is left of the quota, without using any: `secutix.quota.peek()`. */
  readonly quota: { peek(): QuotaStatus };
  readonly #engine: Engine;
  readonly #settings: SecutixSettings;
  readonly #context: RequestContext;
  readonly #operationHost: Pick<OperationHost<WebMethodResult>, 'vendor' | 'clock' | 'deadlineMs'>;

  /** @throws VendorError `CONFIGURATION` naming the field that was refused. */
  constructor(options: SecutixRestOptions) {
    const { settings, secutix, secret } = readOptions(options);
    const profile = vendorProfile({ ...secutix, secrets: spellingsOf(secret) });
    const engine = new Engine(profile, settings);
    const { clock, deadlineMs } = settings;
    this.#engine = engine;
    this.#settings = secutix;
    this.#operationHost = { vendor: 'secutix', clock, deadlineMs };
    this.#context = {
      institution: secutix.institution,
      redactor: engine.redactor,
      credentials:
        secutix.tokenSource === 'forged'
          ? forgedCredentials(new TokenForge(secutix, secret.bytes), engine.serverClock)
          : endpointCredentials({ engine, clock, settings: secutix, secret: secret.text }),
    };
    this.quota = { peek: () => engine.peek() };
  }

  /**
   * Calls a method of a service and resolves to its whole answer, technical fields included. A call
   * that takes long is followed to its end.
   *
   * @param service - The service's name in addresses, for instance `catalogService`.
   * @param method - The method's name, for instance `getCatalog`.
   * @param parameters - The parameters by name. 64-bit integers as `bigint`.
   * @throws VendorError, whose `code` tells why; see the table of codes in the README.
   */
  call<Result extends WebMethodResult = WebMethodResult>(
    service: string,
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ): CallPromise<Result> {
    return this.#engine.call(() => this.#plan<Result>(service, method, parameters, options).plan);
  }

  /**
   * A service with its methods as typed functions, and options that hold for all of them.
   *
   * @throws VendorError `INVALID_REQUEST` naming the field.
   */
  service<Name extends ServiceName>(
    name: Name,
    options?: MethodCallOptions,
  ): ServiceMap[Name] & Service;
  service(name: string, options?: MethodCallOptions): Service;
  service(name: string, options?: MethodCallOptions): Service {
    readName('service', name);
    readMethodCallOptions(options);
    return createService(
      {
        call: (...call) => this.call(...call),
        start: (...call) => this.start(...call),
      },
      name,
      { ...options },
    );
  }

  /**
   * Submits a call that may take long. The operation can be waited for, or kept with
   * `JSON.stringify` and resumed by another process.
   */
  async start<Result extends WebMethodResult = WebMethodResult>(
    service: string,
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ): Promise<Operation<Result>> {
    let host: OperationHost<Result> | undefined;
    const step = await this.#engine.submit<Result>(() => {
      const { plan, call } = this.#plan<Result>(service, method, parameters, options);
      host = this.#host<Result>(call, plan.options);
      return plan;
    });
    if (host === undefined) throw new TypeError('A submitted call was never planned.');
    return new Operation(host, step);
  }

  /**
   * Goes on with an operation that was kept, without submitting it again.
   *
   * @param json - What `JSON.parse` gives of a kept operation.
   * @throws VendorError `INVALID_REQUEST` naming the field, if it is not an operation of this client.
   */
  resume<Result extends WebMethodResult = WebMethodResult>(json: unknown): Operation<Result> {
    const { call, step } = deserialiseOperation<Result>(json, this.#settings.institution);
    return new Operation(this.#host<Result>(call), step, { askNow: true });
  }

  /**
   * Sends a request to an endpoint that is not a method of a service, through the same phases.
   *
   * @example
   * ```ts
   * await secutix.request({ method: 'GET', path: '/tnseb/swagger/status', webMethodResult: false });
   * ```
   */
  request<Result = WebMethodResult>(
    request: RawRequest,
    options?: CallOptions & { locale?: string | undefined },
  ): CallPromise<Result> {
    return this.#engine.call<Result>(() => {
      const { call, locale = this.#settings.locale } = readRawOptions(options);
      const ask = rawRequest<Result>(this.#context, request, { locale });
      return { request: ask(), options: call, poll: this.#poll(ask) };
    });
  }

  /** Tells a token's claims, age and lifetime, and why the vendor would refuse it. */
  explainToken(token: string): TokenExplanation {
    const { earliestMs } = this.#engine.serverClock.window();
    return explainToken(token, { ...this.#settings, nowMs: earliestMs });
  }

  /** Ends all calls with `CLOSED`, waits for them, and gives the connections back. */
  close(): Promise<void> {
    return this.#engine.close();
  }

  /** For `await using`. The same as {@link SecutixRest.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #plan<Result extends WebMethodResult>(
    service: string,
    method: string,
    parameters: unknown,
    options: unknown,
  ): { plan: CallPlan<Result>; call: MethodCall } {
    const { call: callOptions, target: asked } = readMethodCallOptions(options);
    const call: MethodCall = {
      target: resolveTarget(service, method, asked),
      parameters: readParameters(parameters),
      locale: asked.locale ?? this.#settings.locale,
    };
    return { plan: this.#planOf(call, callOptions), call };
  }

  #planOf<Result>(
    call: MethodCall,
    options: CallOptions,
    requestId?: bigint | string,
  ): CallPlan<Result> {
    const ask: Ask<Result> = (id) => methodRequest(this.#context, call, id);
    return { request: ask(requestId), options, poll: this.#poll(ask) };
  }

  #poll<Result>(request: Ask<Result>): PollPlan<Result> {
    return { intervalMs: this.#settings.pollIntervalMs, request };
  }

  /** What an operation needs. Its polls have the options of its submission, but for the two ends. */
  #host<Result extends WebMethodResult>(
    call: MethodCall,
    options: CallOptions = {},
  ): OperationHost<Result> {
    const { service, method } = call.target;
    return {
      ...this.#operationHost,
      operation: `${service}.${method}`,
      intervalMs: this.#settings.pollIntervalMs,
      whileOpen: async (caller, task) => this.#engine.whileOpen(caller, task),
      ask: (requestId, ends): Promise<Step<Result>> =>
        this.#engine.submit<Result>(() => this.#planOf(call, { ...options, ...ends }, requestId)),
      serialise: (step) => serialiseOperation(this.#settings.institution, call, step),
    };
  }
}
