import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import { acceptsGzip } from '@vendorkit/secutix-shared/museum';
import { textAnswer } from './soap-answer.ts';
import { SoapFault } from './soap-fault.ts';

/** Refuses a call whose headers are not those of SOAP 1.1 over HTTP (section 6.1). */
export function wrongHeaders(
  request: EmulatorRequest,
  requireGzip: boolean,
): EmulatorAnswer | undefined {
  if (!isXml(request.headers['content-type'] ?? '')) {
    return textAnswer(415, '`Content-Type` is not `text/xml` in UTF-8.');
  }
  if (requireGzip && !acceptsGzip(request)) {
    return textAnswer(400, '`Accept-Encoding` does not offer gzip.');
  }
  return undefined;
}

/**
 * Refuses a call whose `SOAPAction` is not the one of the WSDL, between quotation marks (SOAP 1.1,
 * 6.1.1; WS-I Basic Profile 1.1, R2744 and R2745).
 *
 * @throws SoapFault `Client`.
 */
export function checkSoapAction({ headers }: EmulatorRequest, expected: string): void {
  const given = headers['soapaction'];
  if (given === undefined) throw new SoapFault('Client', 'There is no header `SOAPAction`.');
  if (given !== `"${expected}"`) {
    throw new SoapFault('Client', '`SOAPAction` is not what the WSDL says, in quotation marks.');
  }
}

function isXml(contentType: string): boolean {
  const [mediaType, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return (
    mediaType === 'text/xml' &&
    ['utf-8', '"utf-8"'].includes(charset?.slice('charset='.length) ?? 'utf-8')
  );
}
