import { createHash, type Hash } from 'node:crypto';
import { readXml, toUtf8, XmlError, type XmlElement } from '@vendorkit/core/xml';
import {
  isSchema,
  isWsdl,
  schemaReferences,
  schemasIn,
  wsdlReferences,
} from './document-references.ts';
import type { LoadedDocuments } from './documents.ts';
import { wsdl2Namespace } from './namespaces.ts';
import { resolveWithinOrigin } from './own-origin.ts';
import { wsdlError } from './wsdl-error.ts';

/** How documents are found, and how many. */
export interface LoadOptions {
  /**
   * Where a location that is written in a document leads. What it refuses, it throws a `VendorError`
   * for.
   *
   * @defaultValue within the origin of the WSDL, see {@link resolveWithinOrigin}
   */
  readonly resolve?: (location: string, base: string) => string;
  /**
   * How many documents one description may consist of.
   * @defaultValue 200
   */
  readonly maxDocuments?: number;
  /**
   * How long they may be together, in bytes.
   * @defaultValue 20 MiB
   */
  readonly maxBytes?: number;
}

/** A tag is about 50 bytes, so that a document of 20 MiB has 400,000 of them. */
const mostTags = 1_000_000;

/**
 * Loads a WSDL and all that it imports and includes, each document once, one after the other.
 *
 * @param fetchDocument - Gets one document. Its errors are passed on.
 * @throws VendorError `INVALID_RESPONSE` (`CONFIGURATION` for files) if a document is no XML, neither
 * a WSDL nor a schema, elsewhere, or if they are too many or too long.
 */
export async function loadDocuments(
  fetchDocument: (url: string) => Promise<Uint8Array>,
  rootUrl: string,
  options: LoadOptions = {},
): Promise<LoadedDocuments> {
  const { maxDocuments = 200, maxBytes = 20 * 1024 * 1024 } = options;
  const resolve =
    options.resolve ??
    ((location, base) => resolveWithinOrigin(new URL(rootUrl), location, base).href);
  const loading = new Loading(rootUrl, maxBytes);
  const queue = [rootUrl];
  for (const url of queue) {
    if (queue.length > maxDocuments) {
      throw wsdlError(rootUrl, `It consists of more than ${maxDocuments} documents`);
    }
    const links = linksOf(loading.add(url, await fetchDocument(url)), url, resolve);
    loading.links.set(url, links);
    const found = new Set(links.values());
    queue.push(...[...found].filter((next) => !queue.includes(next)));
  }
  return loading.documents();
}

/** Documents of which not all have come. */
class Loading {
  readonly links = new Map<string, ReadonlyMap<string, string>>();
  readonly #rootUrl: string;
  readonly #maxBytes: number;
  readonly #byUrl = new Map<string, XmlElement>();
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;
  #tags = 0;

  constructor(rootUrl: string, maxBytes: number) {
    this.#rootUrl = rootUrl;
    this.#maxBytes = maxBytes;
  }

  add(url: string, bytes: Uint8Array): XmlElement {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes)
      throw this.#error(`It is longer than ${this.#maxBytes} bytes`);
    const root = this.#read(bytes);
    this.#byUrl.set(url, root);
    // Lengths make sure that no two sets of documents are hashed as the same text.
    this.#hash.update(`${url.length} ${url} ${bytes.length} `).update(bytes);
    return root;
  }

  documents(): LoadedDocuments {
    const { links } = this;
    const digest = this.#hash.digest('hex');
    return { root: this.#rootUrl, byUrl: this.#byUrl, links, digest };
  }

  #read(bytes: Uint8Array): XmlElement {
    const root = this.#parse(bytes);
    if (root.name.namespace === wsdl2Namespace) {
      throw this.#error('It is written in WSDL 2.0, and only WSDL 1.1 is read');
    }
    if (isWsdl(root, 'definitions')) return root;
    if (isSchema(root, 'schema') && this.#byUrl.size > 0) return root;
    throw this.#error(
      this.#byUrl.size === 0
        ? 'It has no `definitions` of WSDL 1.1'
        : 'A document that it imports is neither a WSDL nor a schema',
    );
  }

  #parse(bytes: Uint8Array): XmlElement {
    try {
      const text = toUtf8(bytes);
      this.#tags += countTags(text);
      if (this.#tags > mostTags) throw this.#error(`It has more than ${mostTags} tags`);
      return readXml(text);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      const document = this.#byUrl.size === 0 ? 'It' : 'A document that it imports';
      throw this.#error(`${document} is not the XML that is read here: ${error.message}`);
    }
  }

  #error(problem: string): Error {
    return wsdlError(this.#rootUrl, problem);
  }
}

function linksOf(
  root: XmlElement,
  url: string,
  resolve: (location: string, base: string) => string,
): Map<string, string> {
  const references = [...wsdlReferences(root), ...schemasIn(root).flatMap(schemaReferences)];
  return new Map(references.map(({ location }) => [location, resolve(location, url)]));
}

/** Start and end tags: a tree takes many times the room of its text, so this is asked before. */
function countTags(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x3c); at !== -1; at = bytes.indexOf(0x3c, at + 1)) count += 1;
  return count;
}
