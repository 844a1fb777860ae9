import {
  Operation,
  type CallOptions,
  type CallPlan,
  type CallPromise,
  type Clock,
  type Engine,
  type OperationHost,
  type Step,
} from '@vendorkit/core';
import { aliveOperation, findOperation, warnAbout, type LoadedService } from './loaded-service.ts';
import { refuseOtherTarget } from './loaded-target.ts';
import { deserialiseOperation, serialiseOperation } from './operation-state.ts';
import { readSoapCallOptions, type SoapCallOptions, type SoapSettings } from './options.ts';
import type { Seal } from './security.ts';
import type { NamedAddress, ServiceAddress, VendorSite } from './service-address.ts';
import type { ServiceLoader } from './service-loader.ts';
import type { Probe } from './service-watch.ts';
import { soapRequest, type RequestContext, type SoapCall } from './soap-request.ts';

/** What a caller needs of its client. */
export interface CallerParts {
  readonly engine: Engine;
  readonly clock: Clock;
  /** The client's deadline, in milliseconds. */
  readonly deadlineMs: number;
  readonly loader: ServiceLoader;
  readonly settings: SoapSettings;
  readonly seal: Seal;
}

/** Calls the methods of services whose WSDLs have been read, for one client. */
export class SoapCaller {
  readonly #parts: CallerParts;
  readonly #context: RequestContext;

  constructor(parts: CallerParts) {
    const { engine, settings, seal } = parts;
    this.#parts = parts;
    this.#context = { institution: settings.institution, redactor: engine.redactor, seal };
  }

  /** Calls a method and follows it to its end. */
  call(
    service: LoadedService,
    method: string,
    parameters: unknown,
    options: SoapCallOptions,
  ): CallPromise<unknown> {
    const { engine } = this.#parts;
    return engine.call(() => this.#plan(service, method, parameters, options).plan);
  }

  /** Submits a call that may take long. */
  async start(
    service: LoadedService,
    method: string,
    parameters: unknown,
    options: SoapCallOptions,
  ): Promise<Operation<unknown>> {
    let host: OperationHost<unknown> | undefined;
    const step = await this.#parts.engine.submit(() => {
      const { plan, call } = this.#plan(service, method, parameters, options);
      // From now on the service has the name that its WSDL told.
      host = this.#host({ ...service.address, service: service.name }, call, plan.options);
      return plan;
    });
    if (host === undefined) throw new TypeError('A submitted call was never planned.');
    return new Operation(host, step);
  }

  /** Goes on with an operation that was kept. */
  resume<Result>(json: unknown, site: VendorSite): Operation<Result> {
    const { institution } = this.#parts.settings;
    const { address, call, step } = deserialiseOperation<Result>(json, institution, site);
    return new Operation(this.#host<Result>(address, call), step, { askNow: true });
  }

  /** A service as a monitor needs it. Its WSDL is loaded when it is probed. */
  probe({
    service,
    locale,
    address,
  }: {
    service: string;
    locale: string | undefined;
    address: ServiceAddress;
  }): Probe {
    let loaded: LoadedService | undefined;
    const load = async (options: CallOptions) => {
      const found = await this.#parts.loader.load(address, { ...options, locale });
      if (loaded === undefined) warnAbout(found, this.#parts.engine);
      return (loaded = found);
    };
    const run = async (options: CallOptions) => {
      const startedAt = this.#parts.clock.monotonicNow();
      const found = loaded ?? (await load(options));
      const leftMs = remainingMs(options.deadline, this.#parts.clock.monotonicNow() - startedAt);
      const call = this.call(found, aliveOperation(found), {}, { ...options, ...leftMs, locale });
      const { response } = await call.withResponse();
      return response.durations.network;
    };
    return {
      service,
      get version() {
        return loaded?.version ?? address.version;
      },
      run,
    };
  }

  #plan(
    service: LoadedService,
    method: string,
    parameters: unknown,
    options: SoapCallOptions,
  ): { plan: CallPlan<unknown>; call: SoapCall } {
    const { call: callOptions, locale, ...target } = readSoapCallOptions(options);
    refuseOtherTarget(service, target);
    const operation = findOperation(service, method);
    const call: SoapCall = {
      method,
      parameters: service.codec.encode(operation, parameters),
      locale: locale ?? this.#parts.settings.locale,
    };
    return { plan: this.#planOf(service, call, callOptions), call };
  }

  #planOf<Result>(
    service: LoadedService,
    call: SoapCall,
    options: CallOptions,
    requestId?: bigint | string,
  ): CallPlan<Result> {
    const ask = (id?: bigint | string) => soapRequest<Result>(this.#context, service, call, id);
    const intervalMs = this.#parts.settings.pollIntervalMs;
    return { request: ask(requestId), options, poll: { intervalMs, request: ask } };
  }

  /** What an operation needs. Its polls have the options of its submission, but for the two ends. */
  #host<Result>(
    address: NamedAddress,
    call: SoapCall,
    options: CallOptions = {},
  ): OperationHost<Result> {
    const { engine, clock, deadlineMs, loader, settings } = this.#parts;
    return {
      vendor: 'secutix',
      clock,
      deadlineMs,
      operation: `${address.service}.${call.method}`,
      intervalMs: settings.pollIntervalMs,
      whileOpen: async (caller, task) => engine.whileOpen(caller, task),
      ask: async (requestId, ends): Promise<Step<Result>> => {
        const startedAt = clock.monotonicNow();
        const service = await loader.load(address, { ...options, ...ends, locale: call.locale });
        const left = remainingMs(ends.deadline, clock.monotonicNow() - startedAt);
        return engine.submit<Result>(() =>
          this.#planOf(service, call, { ...options, ...ends, ...left }, requestId),
        );
      },
      serialise: (step) => serialiseOperation(settings.institution, address, call, step),
    };
  }
}

/** What is left of a deadline after some of it has passed, as an option. */
function remainingMs(
  deadline: number | undefined,
  passedMs: number,
): { deadline: number } | undefined {
  return deadline === undefined
    ? undefined
    : { deadline: Math.max(1, Math.floor(deadline - passedMs)) };
}
