import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import type { SecutixSoapEmulator } from '../../src/testing/index.ts';

/** What a client without any SDK receives. `text` is decompressed, and not parsed. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What a client may do differently from a right one. */
export interface Deviations {
  readonly method?: string;
  /** With the query. */
  readonly path?: string;
  /** The whole body. */
  readonly body?: string | Buffer;
  /** The content of the Header. */
  readonly header?: string;
  /** The namespace of the envelope. */
  readonly soap?: string;
  /** The namespace of the method's element. */
  readonly namespace?: string;
  /** `null` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

const wsse = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const soap11 = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The security header of SecuTix SOAP 4.1, with attributes where they are wanted. */
export function securityHeader(
  { username, password }: { readonly username: string; readonly password: string },
  attributes: { readonly security?: string; readonly password?: string } = {},
): string {
  return [
    `<wsse:Security xmlns:wsse="${wsse}" ${attributes.security ?? ''}><wsse:UsernameToken>`,
    `<wsse:Username>${escape(username)}</wsse:Username>`,
    `<wsse:Password ${attributes.password ?? ''}>${escape(password)}</wsse:Password>`,
    '</wsse:UsernameToken></wsse:Security>',
  ].join('');
}

/**
 * One call as a right client makes it, but for the deviations.
 *
 * @param operation - For instance `CatalogService.getCatalog`.
 * @param parameters - The children of the method's element, written.
 */
export async function call(
  emulator: SecutixSoapEmulator,
  operation: string,
  parameters = '',
  deviations: Deviations = {},
): Promise<PlainAnswer> {
  const [service = '', method = ''] = operation.split('.');
  const {
    method: httpMethod = 'POST',
    path = pathOf(service),
    header = securityHeader(emulator.options),
    soap = soap11,
    namespace = namespaceOf(service),
  } = deviations;
  const body =
    deviations.body ??
    [
      `<S:Envelope xmlns:S="${soap}"><S:Header>${header}</S:Header><S:Body>`,
      `<v:${method} xmlns:v="${namespace}">${parameters}</v:${method}></S:Body></S:Envelope>`,
    ].join('');
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    'accept-encoding': 'gzip,deflate',
    soapaction: '""',
    ...deviations.headers,
  };
  return send(`${emulator.url}${path}`, { method: httpMethod, headers, body });
}

/** What a service answers a GET with. */
export async function get(emulator: SecutixSoapEmulator, path: string): Promise<PlainAnswer> {
  return send(`${emulator.url}${path}`, { method: 'GET', headers: {}, body: '' });
}

/** The result of a call; a fault fails the test. */
export async function ask(
  emulator: SecutixSoapEmulator,
  operation: string,
  parameters = '',
  deviations?: Deviations,
): Promise<unknown> {
  const { status, text } = await call(emulator, operation, parameters, deviations);
  if (status !== 200) throw new Error(`${operation} was answered with ${status}: ${text}`);
  return resultOf(text);
}

/** What the one element in the wrapper in the Body holds; texts as they are, repeated ones as lists. */
export function resultOf(text: string): unknown {
  const { Envelope } = readTree(text) as { Envelope: { Body: Record<string, object> } };
  const [wrapper = {}] = Object.values(Envelope.Body);
  return (Object.values(wrapper) as unknown[])[0];
}

/** The fault of an answer. */
export function faultOf(text: string): unknown {
  const { Envelope } = readTree(text) as { Envelope: { Body: { Fault?: unknown } } };
  return Envelope.Body.Fault;
}

/** Where a service stands. */
export function pathOf(service: string): string {
  const [module, soapPackage, version] = placeOf(service);
  return `/${module}/external-remoting/com.secutix.${soapPackage}.${version}.${service}.webservice`;
}

/** The namespace of a service. */
export function namespaceOf(service: string): string {
  const [, , version, slash = ''] = placeOf(service);
  return `http://${version}.${service}.service.secutix.com${slash}`;
}

type Place = readonly [module: string, soapPackage: string, version: string, slash?: string];

function placeOf(service: string): Place {
  const place = places[service];
  if (place === undefined) throw new Error(`Nothing is known of ${service}.`);
  return place;
}

const places: Readonly<Record<string, Place>> = {
  CatalogService: ['tnseb', 'service.realtime.catalog', 'v1_33'],
  AvailabilityService: ['tnseb', 'service.realtime.availability', 'v1_33'],
  ExternalOrderFacade: ['tnseb', 'service.realtime.externalorder', 'v1_33'],
  ExternalOrderService: ['tnseb', 'service.realtime.externalorder', 'v1_33'],
  ExternalOrderHistoryService: ['tnseb', 'service.realtime.history', 'v1_34'],
  ExternalPaymentService: ['tnseb', 'service.realtime.externalpayment', 'v1_33'],
  SetupService: ['tnseb', 'service.realtime.setup', 'v1_33'],
  ContactInformationPublicService: ['tnco', 'service.contact', 'v2_22', '/'],
  ExternalCampaignService: ['tnco', 'service.campaign', 'v1_0', '/'],
  ExternalAccessControlService: ['tnci', 'facade.control', 'v1_6'],
  DataExportService: ['tnai', 'service.export', 'v1_0'],
  ShipmentPublicService: ['tnpsb', 'facade.shipment', 'v1_18'],
  QuestionnaireService: ['tnco', 'service.questionnaire', 'v1_0'],
};

/** A document as nested objects by local name: what is nil as `null`, repeated elements as lists. */
export function readTree(text: string): Record<string, unknown> {
  const parser = new SaxesParser({ xmlns: true });
  const root: Node = { name: '', members: {}, text: '', isNil: false };
  const open: Node[] = [root];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, attributes }) => {
    const nil = Object.values(attributes).find((attribute) => attribute.local === 'nil');
    open.push({ name: local, members: {}, text: '', isNil: nil?.value === 'true' });
  });
  parser.on('text', (part) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  });
  parser.on('closetag', () => {
    const closed = open.pop() ?? root;
    const { members } = open.at(-1) ?? root;
    const value = valueOf(closed);
    const existing = members[closed.name];
    if (existing === undefined) members[closed.name] = value;
    else members[closed.name] = Array.isArray(existing) ? [...existing, value] : [existing, value];
  });
  parser.write(text).close();
  return root.members;
}

interface Node {
  readonly name: string;
  readonly members: Record<string, unknown>;
  readonly isNil: boolean;
  text: string;
}

function valueOf({ members, text, isNil }: Node): unknown {
  if (isNil) return null;
  return Object.keys(members).length > 0 ? members : text;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

async function send(
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string | null>>;
    readonly body: string | Buffer;
  },
): Promise<PlainAnswer> {
  const { method } = request;
  const body = method === 'GET' ? '' : request.body;
  const headers = Object.fromEntries(
    Object.entries({
      ...request.headers,
      'content-length': String(Buffer.byteLength(body)),
    }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(url, { method, headers, agent: false }, resolve).on('error', reject).end(body);
  });
  const text = decompress(await buffer(response)).toString();
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

function decompress(received: Buffer): Buffer {
  if (received[0] === 0x1f && received[1] === 0x8b) return gunzipSync(received);
  if (received[0] === 0x78 && received[1] === 0x9c) return inflateSync(received);
  return received;
}
