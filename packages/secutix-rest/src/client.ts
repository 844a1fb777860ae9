import {
  Engine,
  Operation,
  type CallOptions,
  type CallPromise,
  type CallPlan,
  type OperationHost,
  type QuotaStatus,
  type Step,
} from '@vendorkit/core';
import {
  defaultQuota,
  monthlyByteAllowance,
  monthlyCallAllowance,
  quotaScopes,
} from '@vendorkit/secutix-shared';
import { endpointCredentials } from './auth-endpoint.ts';
import { explainToken, type TokenExplanation } from './explain-token.ts';
import { forgedCredentials } from './forged-credentials.ts';
import { TokenForge } from './jwt.ts';
import {
  methodRequest,
  readParameters,
  resolveTarget,
  type RequestContext,
} from './method-request.ts';
import { deserialiseOperation, serialiseOperation, type OperationCall } from './operation-state.ts';
import {
  readMethodOptions,
  readOptions,
  type MethodCallOptions,
  type SecutixRestOptions,
  type SecutixSettings,
} from './options.ts';
import { rawRequest, type RawRequest } from './raw-request.ts';
import { createService, type Service } from './service.ts';
import type { WebMethodResult } from './services/method.ts';
import type { ServiceMap, ServiceName } from './services/service-map.ts';

const rateLimitHint =
  'SecuTix allows a limited number of calls a minute; its support sells higher limits. ' +
  'Another client of the same institution may be using the quota.';

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
    const { institution, tokenSource } = secutix;
    const secretTexts = [
      secret.toString('utf8'),
      secret.toString('base64'),
      secret.toString('hex'),
    ];
    const engine = new Engine(
      {
        vendor: 'secutix',
        baseUrl: secutix.defaultBaseUrl,
        account: institution.toLowerCase(),
        scopes: quotaScopes,
        rules: defaultQuota,
        monthly: { calls: monthlyCallAllowance, bytes: monthlyByteAllowance },
        rateLimitHint,
        secrets:
          typeof options.secret === 'string' ? [options.secret, ...secretTexts] : secretTexts,
      },
      settings,
    );
    const { clock, deadlineMs } = settings;
    this.#engine = engine;
    this.#settings = secutix;
    this.#operationHost = { vendor: 'secutix', clock, deadlineMs };
    this.#context = {
      institution,
      redactor: engine.redactor,
      credentials:
        tokenSource === 'forged'
          ? forgedCredentials(new TokenForge(secutix, secret), engine.serverClock)
          : endpointCredentials({ engine, clock, settings: secutix, secret: secretText(options) }),
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

  /** A service with its methods as typed functions, and options that hold for all of them. */
  service<Name extends ServiceName>(
    name: Name,
    options?: MethodCallOptions,
  ): ServiceMap[Name] & Service;
  service(name: string, options?: MethodCallOptions): Service;
  service(name: string, options?: MethodCallOptions): Service {
    readMethodOptions(options);
    return createService(
      {
        call: (...call) => this.call(...call),
        start: (...call) => this.start(...call),
      },
      name,
      options,
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
    let call: OperationCall | undefined;
    const step = await this.#engine.submit<Result>(() => {
      const planned = this.#plan<Result>(service, method, parameters, options);
      ({ call } = planned);
      return planned.plan;
    });
    if (call === undefined) throw new TypeError('A submitted call was never planned.');
    return new Operation(this.#host<Result>(call), step);
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
      const { call, target } = readMethodOptions(options);
      const locale = target.locale ?? this.#settings.locale;
      return { request: rawRequest<Result>(this.#context, request, { locale }), options: call };
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
    input: unknown,
    options: unknown,
  ): { plan: CallPlan<Result>; call: OperationCall } {
    const { call: callOptions, target: asked } = readMethodOptions(options);
    const call: OperationCall = {
      institution: this.#settings.institution,
      target: resolveTarget(service, method, asked),
      parameters: readParameters(input),
      locale: asked.locale ?? this.#settings.locale,
    };
    return { plan: { ...this.#plans<Result>(call), options: callOptions }, call };
  }

  #plans<Result extends WebMethodResult>(
    call: OperationCall,
  ): Pick<CallPlan<Result>, 'request' | 'poll'> {
    const request = (requestId?: bigint | string) =>
      methodRequest<Result>(this.#context, call.target, call.parameters, { ...call, requestId });
    return { request: request(), poll: { intervalMs: this.#settings.pollIntervalMs, request } };
  }

  #host<Result extends WebMethodResult>(call: OperationCall): OperationHost<Result> {
    const { service, method } = call.target;
    const { poll } = this.#plans<Result>(call);
    return {
      ...this.#operationHost,
      operation: `${service}.${method}`,
      intervalMs: this.#settings.pollIntervalMs,
      ask: (requestId, options): Promise<Step<Result>> =>
        this.#engine.submit<Result>(() => ({
          request: methodRequest(this.#context, call.target, call.parameters, {
            ...call,
            requestId,
          }),
          options,
          poll,
        })),
      serialise: (step) => serialiseOperation(call, step),
    };
  }
}

function secretText({ secret, secretEncoding = 'utf8' }: SecutixRestOptions): string {
  return typeof secret === 'string' ? secret : secret.toString(secretEncoding);
}
