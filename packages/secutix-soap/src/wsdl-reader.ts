import { VendorError, type Clock, type Deadline } from '@vendorkit/core';
import type { ServiceAddress, VendorPlace } from './service-address.ts';
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
  readonly #fresh: ModelStore | undefined;
  readonly #old: ModelStore | undefined;

  constructor(parts: WsdlReaderParts) {
    const { clock, settings } = parts;
    const { wsdlCache: cache } = settings;
    this.#parts = parts;
    this.#fresh = cache && new ModelStore({ ...cache, clock });
    this.#old = cache && new ModelStore({ ...cache, maxAgeMs: Infinity, clock });
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
    const kept = await this.#fresh?.read(key);
    if (kept !== undefined) return { model: kept, isStale: false };
    try {
      const target = {
        url: url.href,
        quotaService: service ?? path ?? url.pathname,
        operation: service === undefined ? 'wsdl' : `${service}.wsdl`,
      };
      const documents = await downloadWsdl(this.#parts, target, deadline, options);
      deadline.check();
      const model = modelOf(documents, choiceOf(documents, service));
      await this.#keep(key, model);
      return { model, isStale: false };
    } catch (error) {
      return { model: await this.#fallBack(key, error), isStale: true };
    }
  }

  async #keep(key: ModelKey, model: ServiceModel): Promise<void> {
    const problem = await this.#fresh?.write(key, model);
    if (problem !== undefined) this.#parts.engine.warn('wsdl-cache-not-written', problem);
  }

  /** An old WSDL is better than none. */
  async #fallBack(key: ModelKey, error: unknown): Promise<ServiceModel> {
    const isOwn = VendorError.is(error) && ownEnds.has(error.code);
    const kept = isOwn ? undefined : await this.#old?.read(key);
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
