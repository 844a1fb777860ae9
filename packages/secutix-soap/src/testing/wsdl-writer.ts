import { escapeAttribute, escapeText } from '@vendorkit/core/xml';
import { schemaNamespace } from './namespaces.ts';
import type { OperationSchema } from './schema/notation.ts';
import { writeSchema } from './schema-writer.ts';
import type { ServiceDefinition } from './service-definition.ts';

/** What a WSDL says beside the service. */
export interface WsdlSettings {
  /** Where the service is. */
  readonly address: string;
  /** Where its schema is; within the WSDL if absent. */
  readonly schemaAddress?: string | undefined;
  /** What `SOAPAction` must be for a method. */
  readonly soapActionOf: (method: string) => string;
}

const remark =
  'Written by an emulator, since no WSDL of the vendor is public. The names of the service, its operations, ' +
  'their parameters and their result elements are known from the vendor’s pages and from public clients, ' +
  'unless an operation says that they are assumed. All types are assumed, and so is which elements may be ' +
  'absent or nil.';

/** The WSDL of a service (WSDL 1.1): document style, literal, wrapped, SOAP 1.1 over HTTP. */
export function writeWsdl(service: ServiceDefinition, settings: WsdlSettings): string {
  const { name, operations } = service;
  const methods = [...operations];
  const namespace = escapeAttribute(service.namespace);
  return [
    '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"',
    ` xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:tns="${namespace}"`,
    ` targetNamespace="${namespace}" name="${name}">`,
    documentation(remark),
    `<types>${typesOf(service, settings)}</types>`,
    ...methods.map(([method]) => messagesOf(method)),
    `<portType name="${name}PortType">`,
    ...methods.map(([method, schema]) => abstractOperation(method, schema)),
    `</portType><binding name="${name}PortBinding" type="tns:${name}PortType">`,
    '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>',
    ...methods.map(([method]) => boundOperation(method, settings.soapActionOf(method))),
    `</binding><service name="${name}"><port name="${name}Port" binding="tns:${name}PortBinding">`,
    `<soap:address location="${escapeAttribute(settings.address)}"/>`,
    '</port></service></definitions>',
  ].join('');
}

function typesOf(service: ServiceDefinition, { schemaAddress }: WsdlSettings): string {
  if (schemaAddress === undefined) return writeSchema(service);
  const namespace = escapeAttribute(service.namespace);
  const location = escapeAttribute(schemaAddress);
  const imported = `<xs:import namespace="${namespace}" schemaLocation="${location}"/>`;
  return `<xs:schema xmlns:xs="${schemaNamespace}">${imported}</xs:schema>`;
}

function messagesOf(method: string): string {
  return [method, `${method}Response`]
    .map((name) => {
      const part = `<part name="parameters" element="tns:${name}"/>`;
      return `<message name="${name}">${part}</message>`;
    })
    .join('');
}

function abstractOperation(method: string, schema: OperationSchema): string {
  const messages = `<input message="tns:${method}"/><output message="tns:${method}Response"/>`;
  return `<operation name="${method}">${assumptionsOf(schema)}${messages}</operation>`;
}

function assumptionsOf({ assumed }: OperationSchema): string {
  if (assumed.length === 0) return '';
  const names = { parameters: 'the parameters', result: 'the name of the result element' };
  return documentation(`Assumed: ${assumed.map((part) => names[part]).join(' and ')}.`);
}

function boundOperation(method: string, soapAction: string): string {
  const body = '<soap:body use="literal"/>';
  const action = `<soap:operation soapAction="${escapeAttribute(soapAction)}"/>`;
  return `<operation name="${method}">${action}<input>${body}</input><output>${body}</output></operation>`;
}

function documentation(text: string): string {
  return `<documentation>${escapeText(text)}</documentation>`;
}
