import { Engine, type ClientSettings, type VendorProfile } from '@vendorkit/core';
import { serviceNames, type ServiceName } from './service.ts';

/** One engine for each base URL; all of them share the account's quota. */
export class Engines {
  readonly #byUrl = new Map<string, Engine>();
  readonly #baseUrlOf: (service: ServiceName) => string;

  /** @throws VendorError `CONFIGURATION` or `CERTIFICATE` if the options do not fit together. */
  constructor(
    profile: Omit<VendorProfile, 'baseUrl'>,
    settings: ClientSettings,
    baseUrlOf: (service: ServiceName) => string,
  ) {
    this.#baseUrlOf = baseUrlOf;
    for (const baseUrl of new Set(serviceNames.map(baseUrlOf))) {
      const engine = new Engine({ ...profile, baseUrl }, { ...settings, baseUrl });
      this.#byUrl.set(baseUrl, engine);
    }
  }

  /** Whether services have base URLs of their own. */
  get isSplit(): boolean {
    return this.#byUrl.size > 1;
  }

  /** The engine that reaches a service. */
  of(service: ServiceName): Engine {
    const engine = this.#byUrl.get(this.#baseUrlOf(service));
    if (engine === undefined) throw new TypeError('A service has no engine.');
    return engine;
  }

  /** Ends all calls with `CLOSED`, waits for them, and gives the connections back. */
  async close(): Promise<void> {
    await Promise.all([...this.#byUrl.values()].map((engine) => engine.close()));
  }
}
