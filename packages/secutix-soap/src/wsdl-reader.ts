import { VendorError, type Clock, type Deadline } from '@vendorkit/core';
import type { ServiceAddress, VendorPlace } from './service-address.ts';
import { WsdlCache } from './wsdl-cache.ts';
import { downloadWsdl, type DownloadParts, type LoadOptions } from './wsdl-download.ts';
import type { PortChoice } from './wsdl/choose-port.ts';
import { isWsdl } from './wsdl/document-references.ts';
import type { LoadedDocuments } from './wsdl/documents.ts';
import { modelOf } from './wsdl/model-cache.ts';
import { ModelStore, type ModelKey } from './wsdl/model-store.ts';
import type { ServiceModel } from './wsdl/model.ts';
import { readWsdlFile } from './wsdl/read-wsdl-file.ts';

/** What was read. */
export interface WsdlReading {
  readonly model: ServiceModel;
  /** Whether it is older than it should be, since the vendor gave no new one. */
  readonly isStale: boolean;
}

/** What a reader needs of its client. */
export interface WsdlReaderParts extends DownloadParts {
  readonly clock: Clock;
}

/** What ends a download without saying anything of the vendor. */
const ownEnds: ReadonlySet<string> = new Set(['ABORTED', 'CLOSED']);

/** Gets WSDLs, from the vendor, a file or the cache on disk, and compiles them. */
export class WsdlReader {
  readonly #parts: WsdlReaderParts;
  readonly #cache: WsdlCache | undefined;

  constructor(parts: WsdlReaderParts) {
    const { clock, engine, settings } = parts;
    const { wsdlCache: cache } = settings;
    this.#parts = parts;
    this.#cache =
      cache &&
      new WsdlCache({
        fresh: new ModelStore({ ...cache, clock }),
        old: new ModelStore({ ...cache, maxAgeMs: Infinity, clock }),
        warn: (warning, message) => engine.warn(warning, message),
      });
  }

  /** @throws VendorError for every failure that is foreseen. */
  async read(
    address: ServiceAddress,
    deadline: Deadline,
    options: LoadOptions,
  ): Promise<WsdlReading> {
    const { service, path, wsdl } = address;
    if ('file' in wsdl) {
      const documents = await deadline.until(readWsdlFile(wsdl.file, wsdl.folder));
      return { model: modelOf(documents, choiceOf(documents, service)), isStale: false };
    }
    const url = this.#urlOf(wsdl);
    const key: ModelKey = { url: url.href, service };
    const kept = await this.#cache?.read(key, deadline);
    if (kept !== undefined) return { model: kept, isStale: false };
    let model: ServiceModel;
    try {
      const target = {
        url: url.href,
        quotaService: service ?? path ?? url.pathname,
        operation: service === undefined ? 'wsdl' : `${service}.wsdl`,
      };
      const documents = await downloadWsdl(this.#parts, target, deadline, options);
      deadline.check();
      model = modelOf(documents, choiceOf(documents, service));
    } catch (error) {
      return { model: await this.#fallBack(key, deadline, error), isStale: true };
    }
    await this.#cache?.write(key, model, deadline);
    return { model, isStale: false };
  }

  /** An old WSDL is better than none. */
  async #fallBack(key: ModelKey, deadline: Deadline, error: unknown): Promise<ServiceModel> {
    const isOwn = VendorError.is(error) && ownEnds.has(error.code);
    const kept = isOwn ? undefined : await this.#cache?.readOld(key, deadline);
    if (kept === undefined) throw error;
    const why = VendorError.is(error) ? error.code : 'INVALID_RESPONSE';
    const message = `The WSDL of ${kept.name} could not be had (${why}). An older copy on disk is used.`;
    this.#parts.engine.warn('wsdl-is-old', message);
    return kept;
  }

  #urlOf({ path, query }: VendorPlace): URL {
    const { baseUrl } = this.#parts.engine;
    const prefix = baseUrl.pathname.replace(/\/$/, '');
    return new URL(`${baseUrl.origin}${prefix}${path}${query === '' ? '' : `?${query}`}`);
  }
}

/**
 * Which service of a WSDL is meant. The only one is, whatever it is called: how the vendor's WSDLs name
 * it is not public.
 */
function choiceOf({ byUrl }: LoadedDocuments, service: string | undefined): PortChoice {
  const services = [...byUrl.values()].flatMap(({ children }) =>
    children.filter((child) => isWsdl(child, 'service')),
  );
  return services.length > 1 ? { service } : {};
}
