import {
  invalidResponse,
  VendorError,
  type Answer,
  type CallOptions,
  type Clock,
  type Deadline,
  type Engine,
  type Reading,
} from '@vendorkit/core';
import { toUtf8, XmlError } from '@vendorkit/core/xml';
import { excerptOf, httpError, quotaScopesOf } from '@vendorkit/secutix-shared';
import type { SoapSettings } from './options.ts';
import type { ServiceAddress, VendorPlace } from './service-address.ts';
import { commonHeaders } from './soap-request.ts';
import { addressPath } from './wsdl/address-path.ts';
import type { PortChoice } from './wsdl/choose-port.ts';
import { isWsdl } from './wsdl/document-references.ts';
import type { LoadedDocuments } from './wsdl/documents.ts';
import { loadDocuments } from './wsdl/load-documents.ts';
import { modelOf } from './wsdl/model-cache.ts';
import { ModelStore, type ModelKey } from './wsdl/model-store.ts';
import type { ServiceModel } from './wsdl/model.ts';
import { readWsdlFile } from './wsdl/read-wsdl-file.ts';

/** The options of a call that the reading of its WSDL obeys, too, and its language. */
export type LoadOptions = Pick<CallOptions, 'deadline' | 'priority' | 'signal' | 'timeout'> & {
  readonly locale?: string | undefined;
};

/** What was read. */
export interface WsdlReading {
  readonly model: ServiceModel;
  /** Whether it is older than it should be, since the vendor gave no new one. */
  readonly isStale: boolean;
}

/** What a reader needs of its client. */
export interface WsdlReaderParts {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly settings: SoapSettings;
  /** The headers of downloads. They may hold credentials. */
  readonly wsdlHeaders: Readonly<Record<string, string>>;
}

/** Servers have several names for the type of a WSDL. */
const accept = 'text/xml, application/wsdl+xml, application/xml, */*;q=0.1';

/** What ends a download without saying anything of the vendor. */
const ownEnds: ReadonlySet<string> = new Set(['ABORTED', 'CLOSED']);

/** What to look at first. */
const hints: Readonly<Record<number, string>> = {
  401: 'WSDLs are asked for without the user and the password; give `wsdlHeaders` if they need some.',
  403: 'WSDLs are asked for without the user and the password; give `wsdlHeaders` if they need some.',
  404: 'Check the service, its version, module and package.',
};

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
    const { service, wsdl } = address;
    if ('file' in wsdl) {
      const documents = await deadline.until(readWsdlFile(wsdl.file));
      return { model: modelOf(documents, choiceOf(documents, service)), isStale: false };
    }
    const url = this.#urlOf(wsdl);
    const key: ModelKey = { url: url.href, service };
    const kept = await this.#fresh?.read(key);
    if (kept !== undefined) return { model: kept, isStale: false };
    try {
      const model = await this.#download(url, address, deadline, options);
      await this.#keep(key, model);
      return { model, isStale: false };
    } catch (error) {
      return { model: await this.#fallBack(key, error), isStale: true };
    }
  }

  async #download(
    url: URL,
    { service, path }: ServiceAddress,
    deadline: Deadline,
    options: LoadOptions,
  ): Promise<ServiceModel> {
    const name = service ?? path ?? url.pathname;
    const operation = service === undefined ? 'wsdl' : `${service}.wsdl`;
    const documents = await loadDocuments(
      (documentUrl) => this.#fetch(documentUrl, { name, operation }, deadline, options),
      url.href,
    );
    deadline.check();
    return modelOf(documents, choiceOf(documents, service));
  }

  /**
   * One document. It is asked for without the password, and counts as a call of the service (assumed).
   */
  async #fetch(
    url: string,
    { name, operation }: { name: string; operation: string },
    deadline: Deadline,
    { priority, timeout, locale }: LoadOptions,
  ): Promise<Uint8Array> {
    const { engine, settings, wsdlHeaders } = this.#parts;
    const { institution } = settings;
    const { redactor } = engine;
    return engine.call<Uint8Array>(() => ({
      request: {
        operation,
        method: 'GET',
        ...addressPath(url, engine.baseUrl, '/'),
        headers: { ...commonHeaders(locale ?? settings.locale), accept, ...wsdlHeaders },
        scopes: quotaScopesOf({ institution, service: name, method: 'wsdl' }),
        repeatable: 'always',
        read: (answer) => readDocument(answer, (text) => excerptOf(text, redactor)),
      },
      options: {
        priority,
        timeout,
        signal: deadline.signal,
        deadline: Math.max(1, Math.floor(deadline.remainingMs())),
      },
    }));
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

/** Every text by which credentials in headers could be recognised in what the vendor says. */
export function spellingsOfHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => /auth|cookie|key|pass|secret|token/i.test(name))
    .flatMap(([, value]) => {
      const [scheme = '', ...rest] = value.split(' ');
      const credentials = rest.join(' ').trim();
      if (!/^basic$/i.test(scheme)) return [value, credentials];
      const pair = Buffer.from(credentials, 'base64').toString();
      return [value, credentials, pair, pair.slice(pair.indexOf(':') + 1)];
    });
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** What follows reads bytes without knowing their content type: a mark tells it that they are UTF-8. */
function readDocument(
  answer: Answer,
  excerpt: (text: string) => object | undefined,
): Reading<Uint8Array> {
  const { status, bytes, headers, framed } = answer;
  if (status < 200 || status > 299) {
    return { state: 'failed', error: httpError(status, excerpt(answer.text), hints[status]) };
  }
  // A body that only the end of its connection ends may have been cut anywhere.
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 64));
  if (!framed && !/>[\s\0]*$/.test(end)) return failed('It was cut on its way', 'unknown');
  try {
    const text = toUtf8(bytes, headers['content-type']);
    const hasMark = byteOrderMark.equals(text.subarray(0, 3));
    return { state: 'done', result: hasMark ? text : Buffer.concat([byteOrderMark, text]) };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return failed(error.message, framed ? 'answered' : 'unknown');
  }
}

function failed(problem: string, outcome: 'answered' | 'unknown'): Reading<never> {
  const error = invalidResponse(`The WSDL cannot be read. ${problem}.`, { outcome });
  return { state: 'failed', error };
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
