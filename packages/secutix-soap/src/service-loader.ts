import {
  addContext,
  asVendorError,
  startDeadline,
  VendorError,
  type Clock,
  type Deadline,
  type Engine,
} from '@vendorkit/core';
import { loadedService, type LoadedService } from './loaded-service.ts';
import type { ServiceAddress } from './service-address.ts';
import type { LoadOptions } from './wsdl-download.ts';
import type { WsdlReader } from './wsdl-reader.ts';
import type { ServiceModel } from './wsdl/model.ts';

/** What a loader needs of its client. */
export interface LoaderSettings {
  readonly engine: Engine;
  readonly clock: Clock;
  /** The client's deadline, in milliseconds. */
  readonly deadlineMs: number;
  readonly reader: WsdlReader;
}

/** How a load ended for those who wait for it. */
type Ending =
  | { readonly isLoaded: true; readonly model: ServiceModel }
  | { readonly isLoaded: false; readonly error: unknown };

/** What ends one caller's load, and need not end another's. */
const personalEnds: ReadonlySet<string> = new Set([
  'ABORTED',
  'DEADLINE_EXCEEDED',
  'QUOTA_WAIT_EXCEEDED',
]);

/**
 * Loads services: each WSDL once for a client, however many ask for it at once. What failed is tried
 * again by the next who asks.
 */
export class ServiceLoader {
  readonly #settings: LoaderSettings;
  readonly #models = new Map<string, ServiceModel>();
  readonly #loading = new Map<string, Promise<Ending>>();

  constructor(settings: LoaderSettings) {
    this.#settings = settings;
  }

  /** @throws VendorError for every failure. */
  async load(address: ServiceAddress, options: LoadOptions): Promise<LoadedService> {
    const { engine, clock, deadlineMs } = this.#settings;
    try {
      const model = await engine.whileOpen(options.signal, async (signal) =>
        this.#wait(
          address,
          startDeadline({ clock, deadlineMs: options.deadline ?? deadlineMs, signal }),
          options,
        ),
      );
      return loadedService(address, model, engine);
    } catch (thrown) {
      const error = asVendorError(thrown, 'INVALID_RESPONSE');
      const operation = address.service === undefined ? 'wsdl' : `${address.service}.wsdl`;
      throw addContext(error, { vendor: 'secutix', operation, outcome: 'not-sent' });
    }
  }

  async #wait(
    address: ServiceAddress,
    deadline: Deadline,
    options: LoadOptions,
  ): Promise<ServiceModel> {
    const key = JSON.stringify([address.service, address.wsdl]);
    for (;;) {
      deadline.check();
      const known = this.#models.get(key);
      if (known !== undefined) return known;
      const running = this.#loading.get(key);
      const ending = await (running === undefined
        ? this.#begin(key, this.#settings.reader.read(address, deadline, options))
        : deadline.until(running));
      if (ending.isLoaded) return ending.model;
      const isOthers = running !== undefined && isPersonal(ending.error);
      if (!isOthers) throw ending.error;
    }
  }

  /** Others who ask meanwhile wait for this one. */
  async #begin(
    key: string,
    reading: Promise<{ model: ServiceModel; isStale: boolean }>,
  ): Promise<Ending> {
    const ending = reading.then(
      ({ model, isStale }): Ending => {
        this.#loading.delete(key);
        if (!isStale) this.#models.set(key, model);
        return { isLoaded: true, model };
      },
      (error: unknown): Ending => {
        this.#loading.delete(key);
        return { isLoaded: false, error };
      },
    );
    this.#loading.set(key, ending);
    return ending;
  }
}

function isPersonal(error: unknown): boolean {
  return VendorError.is(error) && personalEnds.has(error.code);
}
