import { createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateSync } from 'node:zlib';
import type { SecutixRestEmulator } from '../../src/testing/index.ts';

/** What a client without any SDK receives. `text` is decompressed, and not parsed. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What a client may do differently from a right one. */
export interface Deviations {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly token?: string;
  /** `null` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** Signs a token by hand. */
export function signToken(
  claims: Readonly<Record<string, unknown>>,
  secret: string,
  header: Readonly<Record<string, unknown>> = { alg: 'HS256', typ: 'JWT' },
): string {
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The claims that a right client makes at a moment, in seconds. */
export function rightClaims(
  { options }: SecutixRestEmulator,
  nowMs: number,
): Record<string, unknown> & { iat: number; exp: number } {
  const iat = Math.floor(nowMs / 1_000);
  const { institution: sub, operator: aud, partner: iss } = options;
  return { sub, aud, iss, iat, exp: iat + 30 };
}

/** One call as a right client makes it, but for the deviations. */
export async function call(
  emulator: SecutixRestEmulator,
  operation: string,
  parameters: unknown = {},
  deviations: Deviations = {},
): Promise<PlainAnswer> {
  const nowMs = (emulator.clock ?? { now: () => Date.now() }).now() + emulator.clockSkewMs;
  const {
    method = 'POST',
    path = pathOf(operation),
    body = JSON.stringify(parameters),
    token = signToken(rightClaims(emulator, nowMs), emulator.options.secret),
  } = deviations;
  const headers = {
    'content-type': 'application/json',
    'accept-encoding': 'gzip,deflate',
    authorization: `Bearer ${token}`,
    ...deviations.headers,
  };
  return send(`${emulator.url}${path}`, { method, headers, body });
}

/** A success's data; anything else fails the test. */
export async function ask(
  emulator: SecutixRestEmulator,
  operation: string,
  parameters: unknown = {},
  deviations?: Deviations,
): Promise<Record<string, unknown>> {
  const { status, text } = await call(emulator, operation, parameters, deviations);
  if (status !== 200) throw new Error(`${operation} was answered with ${status}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

/** Where an operation stands. */
export function pathOf(operation: string): string {
  const [service = '', method = ''] = operation.split('.');
  const [module, version] = places[service] ?? ['tnseb', 'v1_33'];
  return `/${module}/backend-apis/${service}/${version}/${method}`;
}

const places: Record<string, readonly [string, string]> = {
  contactInformationPublicService: ['tnco', 'v2_22'],
  dataExportService: ['tnai', 'v1_0'],
  externalAccessControlService: ['tnci', 'v1_6'],
};

async function send(
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string | null>>;
    readonly body: string;
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
