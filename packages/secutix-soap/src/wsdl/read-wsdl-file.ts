import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { VendorError } from '@vendorkit/core';
import type { LoadedDocuments } from './documents.ts';
import { loadDocuments } from './load-documents.ts';
import { quoteName, wsdlError } from './wsdl-error.ts';

/** The longest file that is read: as long as all documents of a description may be together. */
const maxBytes = 20 * 1024 * 1024;

/**
 * Reads a WSDL and what it imports and includes from files. Imports are relative to the file in which
 * they stand, and must stay in a folder: symbolic links do not lead out of it.
 *
 * @param file - The path of the WSDL.
 * @param folder - The folder in which everything lies that is imported; that of the WSDL if absent.
 * @throws VendorError `CONFIGURATION` if a file is missing, elsewhere, or no WSDL or schema.
 */
export async function readWsdlFile(
  file: string,
  folder: string = dirname(file),
): Promise<LoadedDocuments> {
  const rootUrl = pathToFileURL(file).href;
  const fence = await realPath(resolve(folder), rootUrl);
  return loadDocuments((url) => readWithin(fence, url, rootUrl), rootUrl, {
    maxBytes,
    resolve: (location, base) => resolveFile(location, base, rootUrl),
  });
}

const folderHint =
  'Name the folder in which both lie: `--folder` on the command line, `wsdl: { file, folder }` for a client.';

function resolveFile(location: string, base: string, rootUrl: string): string {
  if (!URL.canParse(location, base))
    throw wsdlError(rootUrl, 'It imports from what is no location');
  const url = new URL(location, base);
  if (url.protocol !== 'file:' || url.host !== '') throw notAFile(url, rootUrl);
  url.hash = '';
  url.search = '';
  return url.href;
}

function notAFile(url: URL, rootUrl: string): VendorError {
  const origin = quoteName(url.origin === 'null' ? `${url.protocol}//${url.host}` : url.origin);
  return wsdlError(
    rootUrl,
    `It imports from ${origin}, and only files are read`,
    'Save that document beside the WSDL, and write the name of its file into the import.',
  );
}

async function readWithin(folder: string, url: string, rootUrl: string): Promise<Buffer> {
  const name = quoteName(url.slice(url.lastIndexOf('/') + 1));
  try {
    const path = await realPath(fileURLToPath(url), rootUrl, name);
    // The WSDL itself may be a link; what it imports may not lead away.
    if (url !== rootUrl && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      throw wsdlError(rootUrl, `It imports ${name} from outside its folder`, folderHint);
    }
    const { size } = await stat(path);
    if (size > maxBytes) throw wsdlError(rootUrl, `${name} is longer than ${maxBytes} bytes`);
    return await readFile(path);
  } catch (error) {
    throw VendorError.is(error) ? error : wsdlError(rootUrl, `${name} cannot be read`);
  }
}

async function realPath(path: string, rootUrl: string, name = 'Its folder'): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    throw wsdlError(rootUrl, `${name} is not there`);
  }
}
