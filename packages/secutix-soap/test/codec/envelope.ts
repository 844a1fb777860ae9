import { soapNamespace } from '../../src/codec/namespaces.ts';

/**
 * An envelope (SOAP 1.1, 4) with the prefix of the vendor's own example (SecuTix SOAP 4.1).
 *
 * @param header - The XML of the header's entries, which declare their own namespaces; empty for none.
 * @param body - The XML of the body's one element.
 */
export function writeEnvelope({ header, body }: { header: string; body: string }): string {
  const headerXml = header === '' ? '' : `<S:Header>${header}</S:Header>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<S:Envelope xmlns:S="${soapNamespace}">${headerXml}<S:Body>${body}</S:Body></S:Envelope>`
  );
}
