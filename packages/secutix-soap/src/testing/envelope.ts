import { attributeOf, readXml, XmlError, type XmlElement } from '@vendorkit/core/xml';
import { securityNamespace, soapNamespace } from './namespaces.ts';
import { SoapFault } from './soap-fault.ts';
import { isBlank, trimmed } from './white-space.ts';

/** What a SOAP request holds. */
export interface Envelope {
  /** The blocks of the header that are meant for the service itself. */
  readonly headers: readonly XmlElement[];
  /** The one element of the body. */
  readonly content: XmlElement;
}

/** An actor that stands for whoever receives the message (SOAP 1.1, 4.2.2). */
const nextActor = 'http://schemas.xmlsoap.org/soap/actor/next';

/**
 * Reads the envelope of a request (SOAP 1.1, section 4).
 *
 * @throws SoapFault `VersionMismatch` for another SOAP, `Client` for what is no envelope.
 */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const root = readRoot(bytes);
  if (root.name.localName !== 'Envelope') throw notSoap('The root is not an Envelope.');
  if (root.name.namespace !== soapNamespace) {
    throw new SoapFault('VersionMismatch', 'The Envelope is not one of SOAP 1.1.');
  }
  const parts = root.children.map(({ name }) =>
    name.namespace === soapNamespace ? name.localName : '',
  );
  const hasHeader = parts[0] === 'Header';
  const [body, ...more] = root.children.slice(hasHeader ? 1 : 0);
  if (body === undefined || parts.at(-1) !== 'Body' || more.length > 0 || !isBlank(root.text)) {
    throw notSoap('An Envelope holds one Header at most, then one Body, and nothing else.');
  }
  const [content, ...others] = body.children;
  if (content === undefined || others.length > 0 || !isBlank(body.text)) {
    throw notSoap('The Body does not hold exactly one element.');
  }
  return { headers: hasHeader ? blocksOf(root.children[0]) : [], content };
}

/** Whether the element is one that says what the call is continued with. */
export function carriesRequestId(content: XmlElement): boolean {
  return content.children.some(
    ({ name, text }) => name.localName === 'requestId' && !isBlank(text),
  );
}

/**
 * Refuses a header that must be understood and is not: the service knows the security header only
 * (SOAP 1.1, 4.2.3).
 *
 * @throws SoapFault `MustUnderstand`.
 */
export function checkUnderstood(headers: readonly XmlElement[]): void {
  for (const header of headers) {
    const { namespace, localName } = header.name;
    const isKnown = namespace === securityNamespace && localName === 'Security';
    const mustUnderstand = trimmed(attributeOf(header, 'mustUnderstand', soapNamespace) ?? '0');
    if (!['0', '1'].includes(mustUnderstand)) {
      throw new SoapFault('Client', '`mustUnderstand` is neither 0 nor 1.');
    }
    if (mustUnderstand === '1' && !isKnown) {
      throw new SoapFault('MustUnderstand', `The header \`${localName}\` is not understood.`);
    }
  }
}

function readRoot(bytes: Uint8Array): XmlElement {
  try {
    return readXml(bytes);
  } catch (error) {
    if (error instanceof XmlError) throw notSoap(`The XML is wrong: ${error.message}`);
    throw error;
  }
}

function blocksOf(header: XmlElement | undefined): readonly XmlElement[] {
  return (header?.children ?? []).filter((block) =>
    [undefined, '', nextActor].includes(attributeOf(block, 'actor', soapNamespace)),
  );
}

function notSoap(problem: string): SoapFault {
  return new SoapFault('Client', `This is not a SOAP message. ${problem}`, '');
}
