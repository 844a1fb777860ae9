import {
  startServer,
  VirtualClock,
  type EmulatorAnswer,
  type EmulatorRequest,
  type RunningServer,
  type ServerOptions,
} from '@vendorkit/core/testing';
import { SaxesParser } from 'saxes';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { SecutixSoap, VendorError, type SecutixSoapOptions } from '../src/index.ts';

const open: { close(): Promise<void> }[] = [];

export const virtualClock = () => new VirtualClock(new Date('2026-03-01T12:00:00Z'));

/** Ends what a test started. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((resource) => resource.close()));
}

export function closeLater<Resource extends { close(): Promise<void> }>(
  resource: Resource,
): Resource {
  open.push(resource);
  return resource;
}

/** The error of a call that must fail. No secret may show in it. */
export async function failure(call: Promise<unknown>): Promise<VendorError> {
  try {
    await call;
  } catch (error) {
    if (VendorError.is(error)) return canary.watch(error);
    throw error;
  }
  throw new Error('It should have failed.');
}

/** The error of a function that must throw. No secret may show in it. */
export async function thrown(run: () => unknown): Promise<VendorError> {
  return failure(Promise.resolve().then(run));
}

/** Options that are right. No test sends anything with them. */
export const rightOptions = {
  institution: 'MOSA',
  environment: 'demo',
  username: 'INSTIT_ZOE',
  password: canaries.password,
} as const satisfies SecutixSoapOptions;

/** A client that is closed after the test. Its log is looked through. */
export function client(options: SecutixSoapOptions): SecutixSoap {
  return canary.watch(closeLater(new SecutixSoap({ logger: canary.logger(), ...options })));
}

/** A client of a server, without limits unless the test says otherwise. */
export function clientOf(
  { url }: { readonly url: string },
  options?: Partial<SecutixSoapOptions>,
): SecutixSoap {
  return client({
    ...rightOptions,
    environment: undefined,
    baseUrl: url,
    quota: [],
    ...options,
  });
}

/** How a WSDL differs from the usual one. */
export interface WsdlShape {
  /** The service's name. */
  service?: string;
  /** The version in the namespace. */
  version?: string;
  /** Where the WSDL says that the service is. */
  address?: string;
  /** What stands in the types instead of the schema itself. */
  types?: string;
  /** The value of `soapAction`. */
  soapAction?: string;
}

/** The schema of the usual WSDL. */
export function schemaOf({ service = 'CatalogService', version = '1.33' }: WsdlShape = {}): string {
  const element = (name: string, type: string, more = '') =>
    `<xs:element name="${name}" type="${type}" ${more}/>`;
  const wrapper = (name: string, content: string) =>
    `<xs:element name="${name}"><xs:complexType><xs:sequence>${content}</xs:sequence></xs:complexType></xs:element>`;
  const optional = 'minOccurs="0"';
  const result = `${element('statusCode', 'xs:string')}${element('statusDetail', 'xs:string', optional)}${element('requestId', 'xs:long', 'minOccurs="0" nillable="true"')}`;
  const products = `<xs:element name="product" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>${element('id', 'xs:long')}${element('price', 'xs:decimal', optional)}${element('from', 'xs:dateTime', optional)}${element('photo', 'xs:base64Binary', optional)}</xs:sequence></xs:complexType></xs:element>`;
  const input = `${element('requestId', 'xs:long', optional)}${element('seasonCode', 'xs:string', optional)}${element('productIds', 'xs:long', 'minOccurs="0" maxOccurs="unbounded"')}${element('from', 'xs:dateTime', optional)}`;
  const type = (name: string, content: string) =>
    `<xs:complexType name="${name}"><xs:sequence>${content}</xs:sequence></xs:complexType>`;
  return (
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="${namespaceOf(service, version)}" targetNamespace="${namespaceOf(service, version)}">` +
    type('WebMethodResult', result) +
    type('CatalogResult', result + products) +
    ['getCatalog', 'getCatalogDetailed', 'createOrUpdateOrder']
      .map(
        (method) =>
          wrapper(method, input) +
          wrapper(`${method}Response`, element('CatalogResult', 'tns:CatalogResult')),
      )
      .join('') +
    wrapper(`is${service}Alive`, '') +
    wrapper(`is${service}AliveResponse`, element('WebMethodResult', 'tns:WebMethodResult')) +
    '</xs:schema>'
  );
}

/** The namespace of a service, as the vendor forms it. */
export function namespaceOf(service = 'CatalogService', version = '1.33'): string {
  return `http://v${version.replace('.', '_')}.${service}.service.secutix.com/`;
}

/** A WSDL as JAX-WS writes it, by hand. */
export function wsdlOf(shape: WsdlShape = {}): string {
  const { service = 'CatalogService', version = '1.33', soapAction = '' } = shape;
  const { address = `http://127.0.0.1/soap/${service}`, types = schemaOf(shape) } = shape;
  const methods = ['getCatalog', 'getCatalogDetailed', 'createOrUpdateOrder', `is${service}Alive`];
  const all = (write: (method: string) => string) => methods.map(write).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<wsdl:definitions name="${service}" targetNamespace="${namespaceOf(service, version)}" xmlns:tns="${namespaceOf(service, version)}" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/">` +
    `<wsdl:types>${types}</wsdl:types>` +
    all(
      (method) =>
        `<wsdl:message name="${method}"><wsdl:part name="parameters" element="tns:${method}"/></wsdl:message>` +
        `<wsdl:message name="${method}Response"><wsdl:part name="parameters" element="tns:${method}Response"/></wsdl:message>`,
    ) +
    `<wsdl:portType name="${service}">${all((method) => `<wsdl:operation name="${method}"><wsdl:input message="tns:${method}"/><wsdl:output message="tns:${method}Response"/></wsdl:operation>`)}</wsdl:portType>` +
    `<wsdl:binding name="${service}Binding" type="tns:${service}"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>${all((method) => `<wsdl:operation name="${method}"><soap:operation soapAction="${soapAction}"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>`)}</wsdl:binding>` +
    `<wsdl:service name="${service}"><wsdl:port name="${service}Port" binding="tns:${service}Binding"><soap:address location="${address}"/></wsdl:port></wsdl:service>` +
    '</wsdl:definitions>'
  );
}

/** Where the vendor has the catalogue service in this version. */
export const catalogPath = (version = '1.33') =>
  `/tnseb/external-remoting/com.secutix.service.realtime.catalog.v${version.replace('.', '_')}.CatalogService.webservice`;

/** A request to a method, read by a parser that is not ours. */
export interface ReadRequest {
  readonly method: string;
  readonly namespace: string;
  readonly username: string;
  readonly password: string;
  /** The parameters' names and texts, in their order. */
  readonly parameters: readonly (readonly [name: string, text: string])[];
  readonly requestId: string | undefined;
  readonly http: EmulatorRequest;
}

/** Reads an envelope with saxes. */
export function readRequest(http: EmulatorRequest): ReadRequest {
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  const found = { method: '', namespace: '', username: '', password: '' };
  const parameters: [string, string][] = [];
  const texts: string[] = [];
  parser.on('opentag', ({ local, uri }) => {
    path.push(local);
    texts.push('');
    if (path.length === 3 && path[1] === 'Body')
      Object.assign(found, { method: local, namespace: uri });
  });
  const add = (text: string) => texts.push((texts.pop() ?? '') + text);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', ({ local }) => {
    const text = texts.pop() ?? '';
    if (local === 'Username') found.username = text;
    if (local === 'Password') found.password = text;
    if (path.length === 4 && path[1] === 'Body') parameters.push([local, text]);
    path.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(http.text).close();
  const requestId = parameters.find(([name, text]) => name === 'requestId' && text !== '')?.[1];
  return { ...found, parameters, requestId, http };
}

export const soap = (body: string) =>
  `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${body}</S:Body></S:Envelope>`;

/** The answer to a method, with what stands in its result. */
export function resultOf(
  { method, namespace }: Pick<ReadRequest, 'method' | 'namespace'>,
  content: string,
): EmulatorAnswer {
  const name = method.endsWith('Alive') ? 'WebMethodResult' : 'CatalogResult';
  return xml(
    soap(
      `<n:${method}Response xmlns:n="${namespace}"><${name}>${content}</${name}></n:${method}Response>`,
    ),
  );
}

/** The result of a method that went well. */
export const success = (request: ReadRequest, more = '') =>
  resultOf(request, `<statusCode>success</statusCode>${more}`);

/** A fault. The prefix `S` is that of the envelope. */
export function faultOf(code: string, text: string, { status = 500, detail = '', more = '' } = {}) {
  const fault = `<S:Fault ${more}><faultcode>${code}</faultcode><faultstring>${text}</faultstring>${detail}</S:Fault>`;
  return xml(soap(fault), status);
}

export function xml(body: string | Buffer, status = 200): EmulatorAnswer {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

/** A vendor made of hand-written XML. */
export interface Vendor extends RunningServer {
  /** The requests for WSDLs and schemas. */
  readonly downloads: readonly EmulatorRequest[];
  /** The calls of methods. */
  readonly calls: readonly ReadRequest[];
}

/** Starts a vendor. Without more it has every service, and every call of it is a success. */
export async function startVendor({
  wsdl = ({ path, query }) => {
    const [, version = '', service = ''] = /\.v(\d+_\d+)\.(\w+)\.webservice$/.exec(path) ?? [];
    if (service === '' || !query.has('wsdl')) return { status: 404 };
    return xml(wsdlOf({ service, version: version.replace('_', '.'), address: 'REPLACE_ME' }));
  },
  answer = (request) => success(request),
  ...options
}: Partial<ServerOptions> & {
  wsdl?: (request: EmulatorRequest) => EmulatorAnswer | Promise<EmulatorAnswer>;
  answer?: (request: ReadRequest) => EmulatorAnswer | Promise<EmulatorAnswer>;
} = {}): Promise<Vendor> {
  const calls: ReadRequest[] = [];
  const server = await startServer({
    ...options,
    handle: (request) => {
      if (request.method === 'GET') return wsdl(request);
      const read = readRequest(request);
      calls.push(read);
      return answer(read);
    },
  });
  const vendor = Object.defineProperties(server, {
    downloads: { get: () => server.requests.filter(({ method }) => method === 'GET') },
    calls: { get: () => calls },
  }) as Vendor;
  return closeLater(vendor);
}
