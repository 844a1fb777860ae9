import type { XmlElement } from '@vendorkit/core/xml';

/** A WSDL with everything that it imports and includes. */
export interface WsdlDocuments {
  /** The URL of the WSDL itself; one of a file begins with `file:`. */
  readonly root: string;
  /** The root elements of all documents by their URLs, without fragments. */
  readonly byUrl: ReadonlyMap<string, XmlElement>;
  /**
   * Where the locations in the documents lead: by the document's URL, then by the location as it is
   * written. One that is not in here is relative to its document.
   */
  readonly links?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Documents that were read here. */
export interface LoadedDocuments extends WsdlDocuments {
  readonly links: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** A SHA-256 over the URLs and the contents of all documents, in hexadecimal digits. */
  readonly digest: string;
}

/** The root of the document to which a location leads, if it was loaded. */
export function linkedDocument(
  documents: WsdlDocuments,
  base: string,
  location: string,
): { url: string; root: XmlElement } | undefined {
  const url = documents.links?.get(base)?.get(location) ?? relativeUrl(location, base);
  const root = url === undefined ? undefined : documents.byUrl.get(url);
  return url === undefined || root === undefined ? undefined : { url, root };
}

function relativeUrl(location: string, base: string): string | undefined {
  if (!URL.canParse(location, base)) return undefined;
  const url = new URL(location, base);
  url.hash = '';
  return url.href;
}
