import type { CallPromise, Operation } from '@vendorkit/core';
import { aliveMethod, findService, methodsOf } from '@vendorkit/secutix-shared';
import type { MethodCallOptions } from './options.ts';
import type { WebMethodResult } from './services/method.ts';

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
  const alive = known === undefined ? `is${capitalised(name)}Alive` : aliveMethod(known);
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

/** Absent and `undefined` are the same. What is no object is left as it is, to be refused by the call. */
function withDefaults(
  defaults: MethodCallOptions,
  options: MethodCallOptions | undefined,
): MethodCallOptions {
  if (options === undefined) return defaults;
  if (typeof options !== 'object' || options === null) return options;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
