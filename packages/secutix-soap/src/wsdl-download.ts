import {
  invalidResponse,
  isSuccess,
  type Answer,
  type CallOptions,
  type CallRequest,
  type Deadline,
  type Engine,
  type Reading,
} from '@vendorkit/core';
import { toUtf8, XmlError } from '@vendorkit/core/xml';
import { excerptOf, httpError, quotaScopesOf } from '@vendorkit/secutix-shared';
import type { SoapSettings } from './options.ts';
import { commonHeaders } from './soap-request.ts';
import { addressPath } from './wsdl/address-path.ts';
import type { LoadedDocuments } from './wsdl/documents.ts';
import { loadDocuments } from './wsdl/load-documents.ts';

/** The options of a call that the reading of its WSDL obeys, too, and its language. */
export type LoadOptions = Pick<CallOptions, 'deadline' | 'priority' | 'signal' | 'timeout'> & {
  readonly locale?: string | undefined;
};

/** What a download needs of its client. */
export interface DownloadParts {
  readonly engine: Engine;
  readonly settings: SoapSettings;
  /** The headers of downloads. They may hold credentials. */
  readonly wsdlHeaders: Readonly<Record<string, string>>;
}

/** What is downloaded. */
export interface DownloadTarget {
  /** The address of the WSDL. */
  readonly url: string;
  /** Which service's quota it is counted in. */
  readonly quotaService: string;
  /** What it is called in errors, logs and spans. */
  readonly operation: string;
}

/** Servers have several names for the type of a WSDL. */
const accept = 'text/xml, application/wsdl+xml, application/xml, */*;q=0.1';

/** What to look at first. */
const hints: Readonly<Record<number, string>> = {
  401: 'WSDLs are asked for without the user and the password; give `wsdlHeaders` if they need some.',
  403: 'WSDLs are asked for without the user and the password; give `wsdlHeaders` if they need some.',
  404: 'Check the service, its version, module and package.',
};

/**
 * Downloads a WSDL and what it imports. Each document is asked for without the user and the password,
 * and counts as a call of the service (assumed).
 *
 * @throws VendorError if a document cannot be had, or is elsewhere, or is no XML.
 */
export async function downloadWsdl(
  parts: DownloadParts,
  target: DownloadTarget,
  deadline: Deadline,
  options: LoadOptions,
): Promise<LoadedDocuments> {
  const { engine } = parts;
  const { priority, timeout } = options;
  return loadDocuments(
    async (url) =>
      engine.call<Uint8Array>(() => ({
        request: documentRequest(parts, { ...target, url }, options),
        options: {
          priority,
          timeout,
          signal: deadline.signal,
          deadline: Math.max(1, Math.floor(deadline.remainingMs())),
        },
      })),
    target.url,
  );
}

function documentRequest(
  { engine, settings, wsdlHeaders }: DownloadParts,
  { url, quotaService, operation }: DownloadTarget,
  { locale }: LoadOptions,
): CallRequest<Uint8Array> {
  const { institution } = settings;
  const excerpt = (text: string) => excerptOf(text, engine.redactor);
  return {
    operation,
    method: 'GET',
    ...addressPath(url, engine.baseUrl, '/'),
    headers: { ...commonHeaders(locale ?? settings.locale), accept, ...wsdlHeaders },
    scopes: quotaScopesOf({ institution, service: quotaService, method: 'wsdl' }),
    repeatable: 'always',
    read: (answer) => readDocument(answer, excerpt),
  };
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
  if (!isSuccess(status)) {
    return { state: 'failed', error: httpError(status, excerpt(answer.text), hints[status]) };
  }
  // A body that only the end of its connection ends may have been cut anywhere.
  const end = bytes.toString('latin1', Math.max(0, bytes.length - 64));
  if (!framed && !/>[\s\0]*$/.test(end)) return failed('It was cut on its way.', 'unknown');
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
  const error = invalidResponse(`The WSDL cannot be read. ${problem}`, { outcome });
  return { state: 'failed', error };
}
