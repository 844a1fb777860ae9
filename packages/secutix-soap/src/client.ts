import { Engine, VendorError, type Clock, type Operation, type QuotaStatus } from '@vendorkit/core';
import { vendorProfile, type WebMethodResult } from '@vendorkit/secutix-shared';
import { warnAbout } from './loaded-service.ts';
import { SoapMonitor, type MonitorOptions } from './monitor.ts';
import {
  readMonitored,
  readMonitorOptions,
  refuseDuplicates,
  type MonitoredService,
} from './monitored-services.ts';
import {
  readOptions,
  readServiceOptions,
  type SecutixSoapOptions,
  type ServiceOptions,
} from './options.ts';
import { sealer, spellingsOf } from './security.ts';
import { resolveAddress, type VendorSite } from './service-address.ts';
import { ServiceLoader } from './service-loader.ts';
import { SoapService, type AnyOperations } from './service.ts';
import { SoapCaller } from './soap-caller.ts';
import { spellingsOfHeaders } from './wsdl-download.ts';
import { WsdlReader } from './wsdl-reader.ts';

/**
 * A client for the SOAP web services of SecuTix, also called S-360: one API, two names.
 *
 * Services are described by their WSDLs, which are loaded once. Every call waits for the quota, carries
 * the credentials of the user, is repeated where that is safe, and is followed while it is in progress.
 *
 * @example
 * ```ts
 * const soap = new SecutixSoap({
 *   institution: 'MOSA',
 *   environment: 'demo',
 *   username: 'INSTIT_ZOE',
 *   password: process.env.SECUTIX_PASSWORD!,
 * });
 * const catalog = await soap.service('CatalogService');
 * const result = await catalog.call('getCatalog', { seasonCode: '2026' });
 * await soap.close();
 * ```
 */
export class SecutixSoap {
  /** What is left of the quota, without using any: `soap.quota.peek()`. */
  readonly quota: { peek(): QuotaStatus };
  readonly #engine: Engine;
  readonly #site: VendorSite;
  readonly #loader: ServiceLoader;
  readonly #caller: SoapCaller;
  readonly #times: { readonly clock: Clock; readonly deadlineMs: number };
  readonly #monitors = new Set<SoapMonitor>();
  #isClosed = false;

  /** @throws VendorError `CONFIGURATION` naming the field that was refused. */
  constructor(options: SecutixSoapOptions) {
    const { settings, soap, credentials, wsdlHeaders } = readOptions(options);
    const seal = sealer(credentials);
    const secrets = [...spellingsOf(credentials.password), ...spellingsOfHeaders(wsdlHeaders)];
    const engine = new Engine(vendorProfile({ ...soap, secrets }), settings);
    const { clock, deadlineMs } = settings;
    const host = { engine, clock, deadlineMs };
    this.#engine = engine;
    this.#times = { clock, deadlineMs };
    this.#site = { baseUrl: engine.baseUrl, wsdl: soap.wsdl };
    const reader = new WsdlReader({ engine, clock, settings: soap, wsdlHeaders });
    this.#loader = new ServiceLoader({ ...host, reader });
    this.#caller = new SoapCaller({ ...host, loader: this.#loader, settings: soap, seal });
    this.quota = { peek: () => engine.peek() };
  }

  /**
   * A service, once its WSDL has been read. The WSDL is loaded once for each client, or not at all if
   * a younger copy is on disk.
   *
   * @typeParam Operations - The interface that `secutix-soap types` wrote from the WSDL, for typed
   * calls.
   * @param name - The service's name, for instance `CatalogService`, or the address of the service or
   * of its WSDL at the vendor's.
   * @throws VendorError `INVALID_REQUEST` naming the field; `INVALID_RESPONSE` if the WSDL cannot be
   * used; and whatever a call may throw.
   */
  async service<Operations = AnyOperations>(
    name: string,
    options?: ServiceOptions,
  ): Promise<SoapService<Operations>> {
    const { call, target } = readServiceOptions(options);
    const address = resolveAddress(name, target, this.#site);
    const service = await this.#loader.load(address, call);
    warnAbout(service, this.#engine);
    return new SoapService<Operations>(this.#caller, service, call);
  }

  /**
   * Goes on with an operation that was kept, without submitting it again. Its WSDL is loaded when it
   * asks the vendor.
   *
   * @param json - What `JSON.parse` gives of a kept operation.
   * @throws VendorError `INVALID_REQUEST` naming the field, if it is not an operation of this client.
   */
  resume<Result = WebMethodResult>(json: unknown): Operation<Result> {
    return this.#caller.resume<Result>(json, this.#site);
  }

  /**
   * Watches services: it asks each at once, and then at every interval, whether it is alive.
   *
   * @param services - Their names, or objects with `service`, `version` and what else tells which
   * service is meant.
   * @throws VendorError `INVALID_REQUEST` naming the field; `CLOSED` if the client is closed.
   */
  monitor(services: readonly MonitoredService[], options?: MonitorOptions): SoapMonitor {
    const { intervalMs } = readMonitorOptions(options);
    const monitored = readMonitored(services).map(({ service, target, locale, field }) => ({
      service,
      locale,
      address: resolveAddress(service, target, this.#site, field),
    }));
    refuseDuplicates(monitored.map(({ address }) => JSON.stringify(address)));
    if (this.#isClosed) {
      const where = { vendor: 'secutix', outcome: 'not-sent' } as const;
      throw new VendorError('The client is closed.', { code: 'CLOSED', ...where });
    }
    const monitor: SoapMonitor = new SoapMonitor(
      monitored.map((entry) => this.#caller.probe(entry)),
      {
        ...this.#times,
        intervalMs,
        warn: (warning, message) => this.#engine.warn(warning, message),
        onClose: (closed) => this.#monitors.delete(closed),
      },
    );
    this.#monitors.add(monitor);
    return monitor;
  }

  /** Closes the monitors, ends all calls with `CLOSED`, waits for them, gives the connections back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const monitors = [...this.#monitors].map(async (monitor) => monitor.close());
    await Promise.all([...monitors, this.#engine.close()]);
  }

  /** For `await using`. The same as {@link SecutixSoap.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
