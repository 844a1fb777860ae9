import type { CallPromise, Operation } from '@vendorkit/core';
import { withDefaults, type WebMethodResult } from '@vendorkit/secutix-shared';
import { aliveOperation, type LoadedService } from './loaded-service.ts';
import type { SoapCallOptions } from './options.ts';

/** The operations of a service of which no types were written. */
export interface AnyOperations {
  [operation: string]: { parameters: Readonly<Record<string, unknown>>; result: WebMethodResult };
}

/** The names of a service's operations. */
export type OperationName<Operations> = keyof Operations & string;

/** What an operation takes. */
export type ParametersOf<Operations, Name extends keyof Operations> = Operations[Name] extends {
  parameters: infer Parameters;
}
  ? Parameters
  : never;

/** What an operation resolves to. */
export type ResultOf<Operations, Name extends keyof Operations> = Operations[Name] extends {
  result: infer Result;
}
  ? Result
  : never;

/** The arguments of a call after the method's name. An operation that requires nothing needs none. */
export type CallArguments<Parameters> = [Parameters] extends [Record<string, never>]
  ? [parameters?: Parameters, options?: SoapCallOptions]
  : Partial<Parameters> extends Parameters
    ? [parameters?: Parameters, options?: SoapCallOptions]
    : [parameters: Parameters, options?: SoapCallOptions];

/** The two ways of a client to reach a method. */
export interface ServiceHost {
  call: (
    service: LoadedService,
    method: string,
    parameters: unknown,
    options: SoapCallOptions,
  ) => CallPromise<unknown>;
  start: (
    service: LoadedService,
    method: string,
    parameters: unknown,
    options: SoapCallOptions,
  ) => Promise<Operation<unknown>>;
}

/**
 * A service whose WSDL has been read.
 *
 * @typeParam Operations - The interface that `secutix-soap types` wrote from the WSDL.
 */
export class SoapService<Operations = AnyOperations> {
  readonly #host: ServiceHost;
  readonly #service: LoadedService;
  readonly #defaults: SoapCallOptions;

  /** @internal */
  constructor(host: ServiceHost, service: LoadedService, defaults: SoapCallOptions) {
    this.#host = host;
    this.#service = service;
    this.#defaults = defaults;
  }

  /** The service's name, for instance `CatalogService`. */
  get name(): string {
    return this.#service.name;
  }

  /** The service's version, `X.Y`, if it is known. */
  get version(): string | undefined {
    return this.#service.version;
  }

  /** The names of the methods, in the order of the WSDL. */
  get methods(): readonly string[] {
    return this.#service.model.operations.map(({ name }) => name);
  }

  /**
   * Calls a method and resolves to its whole result, technical fields included. A call that takes long
   * is followed to its end.
   *
   * @param method - The method's name, for instance `getCatalog`.
   * @param rest - The parameters by name, 64-bit integers as `bigint`; then options.
   * @throws VendorError, whose `code` tells why; see the table of codes in the README.
   */
  call<Name extends OperationName<Operations>>(
    method: Name,
    ...rest: CallArguments<ParametersOf<Operations, Name>>
  ): CallPromise<ResultOf<Operations, Name>> {
    const [parameters, options] = rest;
    const call = this.#host.call(this.#service, method, parameters, this.#optionsOf(options));
    return call as CallPromise<ResultOf<Operations, Name>>;
  }

  /**
   * Submits a call that may take long. The operation can be waited for, or kept with
   * `JSON.stringify` and resumed by another process.
   */
  async start<Name extends OperationName<Operations>>(
    method: Name,
    ...rest: CallArguments<ParametersOf<Operations, Name>>
  ): Promise<Operation<ResultOf<Operations, Name>>> {
    const [parameters, options] = rest;
    const operation = await this.#host.start(
      this.#service,
      method,
      parameters,
      this.#optionsOf(options),
    );
    return operation as Operation<ResultOf<Operations, Name>>;
  }

  /**
   * Calls `is…Alive`: checks the network and the credentials (SecuTix SOAP 5.6).
   *
   * @returns `true`.
   * @throws VendorError if the service cannot be used.
   */
  async isAlive(options?: SoapCallOptions): Promise<true> {
    const alive = aliveOperation(this.#service);
    await this.#host.call(this.#service, alive, {}, this.#optionsOf(options));
    return true;
  }

  #optionsOf(options: SoapCallOptions | undefined): SoapCallOptions {
    return withDefaults(this.#defaults, options);
  }
}
