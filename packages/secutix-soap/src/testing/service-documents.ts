import type { EmulatorAnswer, EmulatorRequest } from '@vendorkit/core/testing';
import type { SecutixSoapEmulatorOptions } from './emulator-options.ts';
import { writeSchema } from './schema-writer.ts';
import type { ServiceDefinition } from './service-definition.ts';
import { xmlAnswer } from './soap-answer.ts';
import { writeWsdl } from './wsdl-writer.ts';

type DocumentOptions = Pick<
  SecutixSoapEmulatorOptions,
  'addressOrigin' | 'importsSchemas' | 'soapAction' | 'tls'
>;

/**
 * The WSDL of a service at `?wsdl` (SecuTix SOAP 4.3), and the schema that it imports, if it does, at
 * `?xsd=1`, where JAX-WS has it. `undefined` for any other request.
 */
export function documentAnswer(
  request: EmulatorRequest,
  service: ServiceDefinition,
  options: DocumentOptions,
): EmulatorAnswer | undefined {
  if (request.method !== 'GET') return undefined;
  const importsSchema = options.importsSchemas ?? service.importsSchema;
  if (importsSchema && request.query.get('xsd') === '1') {
    return xmlAnswer(200, writeSchema(service));
  }
  if (!request.query.has('wsdl')) return undefined;
  const scheme = options.tls === undefined ? 'http' : 'https';
  const origin = `${scheme}://${request.headers['host'] ?? ''}`;
  const wsdl = writeWsdl(service, {
    address: `${options.addressOrigin ?? origin}${request.path}`,
    schemaAddress: importsSchema ? `${origin}${request.path}?xsd=1` : undefined,
    soapActionOf: (method) => soapActionOf(service, method, options),
  });
  return xmlAnswer(200, wsdl);
}

/** What `SOAPAction` must say in a call. */
export function soapActionOf(
  { namespace }: ServiceDefinition,
  method: string,
  { soapAction = 'empty' }: DocumentOptions,
): string {
  if (soapAction === 'empty') return '';
  return `${namespace.replace(/\/$/, '')}/${method}`;
}
