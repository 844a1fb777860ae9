import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { escapeText } from '@vendorkit/core/xml';
import { instanceNamespace, schemaNamespace, soapNamespace } from './namespaces.ts';
import type { SoapFault } from './soap-fault.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** An XML document. */
export function xmlAnswer(status: number, document: string): EmulatorAnswer {
  const headers = { 'content-type': 'text/xml; charset=utf-8' };
  return { status, headers, body: `${declaration}${document}` };
}

/** A short text, for what is wrong before SOAP begins. */
export function textAnswer(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): EmulatorAnswer {
  const contentType = { 'content-type': 'text/plain; charset=utf-8' };
  return { status, headers: { ...contentType, ...headers }, body: message };
}

/**
 * The answer of a method: document style, literal, wrapped in `{method}Response`.
 *
 * @param namespace - The service's.
 * @param result - The element of the result, written.
 */
export function methodAnswer(namespace: string, method: string, result: string): EmulatorAnswer {
  const namespaces = `xmlns:ns2="${namespace}" xmlns:xsi="${instanceNamespace}" xmlns:xs="${schemaNamespace}"`;
  return envelope(200, `<ns2:${method}Response ${namespaces}>${result}</ns2:${method}Response>`);
}

/** A fault, with the status 500 that SOAP 1.1 wants (sections 4.4 and 6.2). */
export function faultAnswer({ code, message, element }: SoapFault): EmulatorAnswer {
  const { prefix, namespace, localName } = code;
  const declared = prefix === 'S' ? '' : ` xmlns:${prefix}="${namespace}"`;
  const faultcode = `<faultcode${declared}>${prefix}:${localName}</faultcode>`;
  const faultstring = `<faultstring>${escapeText(message)}</faultstring>`;
  return envelope(500, `<S:Fault>${faultcode}${faultstring}${detailOf(element)}</S:Fault>`);
}

/** A fault has a detail if, and only if, the body is what could not be processed. */
function detailOf(element: string | undefined): string {
  if (element === undefined) return '';
  return element === ''
    ? '<detail/>'
    : `<detail><element>${escapeText(element)}</element></detail>`;
}

function envelope(status: number, body: string): EmulatorAnswer {
  return xmlAnswer(
    status,
    `<S:Envelope xmlns:S="${soapNamespace}"><S:Body>${body}</S:Body></S:Envelope>`,
  );
}
