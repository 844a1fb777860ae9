import type { CallPromise, Operation } from '@vendorkit/core';
import {
  aliveMethodOf,
  findService,
  methodsOf,
  withDefaults,
  type MethodCallOptions,
  type WebMethodResult,
} from '@vendorkit/secutix-shared';

/** What every service can do, known to this package or not. */
export interface Service {
  /** Calls a method by its name. */
  call<Result extends WebMethodResult = WebMethodResult>(
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ): CallPromise<Result>;
  /** Submits a call that may take long, and gives the operation to wait for or to keep. */
  start<Result extends WebMethodResult = WebMethodResult>(
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ): Promise<Operation<Result>>;
  /**
   * Calls `is…Alive`: checks the network and the credentials. It resolves to `true` or throws.
   */
  isAlive(options?: MethodCallOptions): Promise<true>;
}

/** The two ways of a client to reach a method. */
export interface ServiceHost {
  call: (
    service: string,
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ) => CallPromise<WebMethodResult>;
  start: (
    service: string,
    method: string,
    parameters?: Readonly<Record<string, unknown>>,
    options?: MethodCallOptions,
  ) => Promise<Operation<WebMethodResult>>;
}

/** The methods of a service as functions, with options that hold for all of them. */
export function createService(
  host: ServiceHost,
  name: string,
  defaults: MethodCallOptions = {},
): Service & Record<string, unknown> {
  const known = findService(name);
  const alive = aliveMethodOf(name);
  const methods = (known === undefined ? [] : methodsOf(known)).map((method) => [
    method,
    (parameters?: Readonly<Record<string, unknown>>, options?: MethodCallOptions) =>
      host.call(name, method, parameters, withDefaults(defaults, options)),
  ]);
  return {
    ...Object.fromEntries(methods),
    call: (
      method: string,
      parameters?: Readonly<Record<string, unknown>>,
      options?: MethodCallOptions,
    ) => host.call(name, method, parameters, withDefaults(defaults, options)),
    start: (
      method: string,
      parameters?: Readonly<Record<string, unknown>>,
      options?: MethodCallOptions,
    ) => host.start(name, method, parameters, withDefaults(defaults, options)),
    isAlive: async (options?: MethodCallOptions) => {
      await host.call(name, alive, {}, withDefaults(defaults, options));
      return true;
    },
  };
}
