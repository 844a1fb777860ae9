import {
  Engine,
  isSuccess,
  readClientOptions,
  refusedInput,
  statusError,
  VendorError,
  type Answer,
  type CallRequest,
  type Reading,
} from '@vendorkit/core';
import type { LoadedDocuments } from '../../wsdl/documents.ts';
import { loadDocuments } from '../../wsdl/load-documents.ts';

const timeoutMs = 30_000;
/** Of all documents and their retries together. */
const deadlineMs = 300_000;
const noPlainHttp =
  'http is allowed to this computer only (127.0.0.1, ::1, localhost); use https, or download it and give the file';
/** As long as all documents of a description may be together. */
const maxResponseBytes = 20 * 1024 * 1024;

/**
 * Fetches a WSDL and what it imports from its own origin: over https, or http from this computer only.
 * There is no quota, since it is not known whose it would be.
 *
 * @param headers - Sent with every request, credentials included. They appear in no error.
 * @throws VendorError if a document cannot be fetched, or the whole is no WSDL.
 */
export async function fetchWsdl(
  address: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<LoadedDocuments> {
  const root = readAddress(address);
  const engine = engineOf(root, headers);
  try {
    return await loadDocuments((url) => fetchDocument(engine, new URL(url), headers), root.href);
  } finally {
    await engine.close();
  }
}

function readAddress(address: string): URL {
  if (!URL.canParse(address)) throw refused('Expected an https URL');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') {
    throw refused('Credentials do not belong in it; give --header "Authorization: ..."');
  }
  if (!/^https?:$/.test(url.protocol)) throw refused('Expected an https URL or a file');
  url.hash = '';
  return url;
}

function refused(problem: string): Error {
  return refusedInput('CONFIGURATION', 'wsdl', problem);
}

function engineOf({ origin }: URL, headers: Readonly<Record<string, string>>): Engine {
  const defaults = { timeoutMs, deadlineMs };
  const { settings } = readClientOptions({ maxResponseBytes }, defaults);
  const profile = {
    vendor: 'wsdl',
    baseUrl: origin,
    account: 'wsdl',
    scopes: [],
    rules: [],
    secrets: Object.values(headers).flatMap((value) => [
      value,
      value.slice(value.indexOf(' ') + 1),
    ]),
  };
  try {
    return new Engine(profile, settings);
  } catch (error) {
    // Of an origin it can only be the protocol.
    if (VendorError.is(error) && error.field === 'baseUrl') throw refused(noPlainHttp);
    throw error;
  }
}

function fetchDocument(
  engine: Engine,
  { pathname, search }: URL,
  headers: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const request: CallRequest<Buffer> = {
    operation: 'wsdl',
    method: 'GET',
    path: pathname,
    query: search.slice(1),
    headers: { accept: 'text/xml, application/xml', 'accept-encoding': 'gzip,deflate', ...headers },
    scopes: {},
    repeatable: 'always',
    read: readDocument,
  };
  return engine.call(() => ({ request, options: {} }));
}

function readDocument({ status, bytes }: Answer): Reading<Buffer> {
  if (isSuccess(status)) return { state: 'done', result: bytes };
  const message = `The server answered with HTTP ${status}.`;
  return { state: 'failed', error: statusError(status, { message, hint: hintOf(status) }) };
}

function hintOf(status: number): string | undefined {
  if (status === 401 || status === 403) return 'Give credentials: --header "Authorization: ..."';
  if (status >= 300 && status <= 399) return 'Redirects are not followed; give the final address.';
  return undefined;
}
