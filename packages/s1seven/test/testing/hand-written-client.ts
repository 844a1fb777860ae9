import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { S1SevenEmulator } from '../../src/testing/index.ts';

/** What a client without any SDK receives. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The JSON of the body; `undefined` if it is something else. */
  readonly data: unknown;
}

/** What is sent. */
export interface PlainRequest {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** A body that is not JSON, or not right. */
  readonly raw?: string | Buffer;
  /** `null` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** Sends a request as a right client does, but for what is said: `POST /users?x=y`. */
export async function send(
  emulator: S1SevenEmulator,
  address: string,
  { token, body, raw, headers = {} }: PlainRequest = {},
): Promise<PlainAnswer> {
  const [method, path = ''] = address.split(' ');
  const content = raw ?? (body === undefined ? '' : JSON.stringify(body));
  const all = {
    'x-version': '1',
    company: token === undefined ? null : emulator.options.companyId,
    authorization: token === undefined ? null : `Bearer ${token}`,
    'content-type': content === '' ? null : 'application/json',
    'content-length': String(Buffer.byteLength(content)),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const options = { method, headers: Object.fromEntries(given), agent: false } as const;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${emulator.url}${path}`, options, resolve).on('error', reject).end(content);
  });
  const bytes = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, data: json(bytes) };
}

/** The data of a success; anything else fails the test. */
export async function ask<Data = Record<string, unknown>>(
  emulator: S1SevenEmulator,
  address: string,
  request?: PlainRequest,
): Promise<Data> {
  const { status, bytes, data } = await send(emulator, address, request);
  if (status >= 300) throw new Error(`${address} was answered with ${status}: ${String(bytes)}`);
  return data as Data;
}

/** A token of the emulator's application. */
export async function tokenOf(emulator: S1SevenEmulator): Promise<string> {
  const { clientId, clientSecret } = emulator.options;
  const body = { clientId, clientSecret };
  return (await ask<{ accessToken: string }>(emulator, 'POST /tokens', { body })).accessToken;
}

/** Waits until something holds, however busy the machine is. */
export async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('It did not come to hold within 20 s.');
}

/** A certificate that passes. */
export const certificate = {
  RefSchemaUrl: 'https://schemas.s1seven.com/en10168-schemas/v0.4.1/schema.json',
  Certificate: {
    CertificateLanguages: ['EN'],
    CommercialTransaction: { A01: { Name: 'Steel Mill SE' } },
    ProductDescription: { B01: 'Heavy plate' },
    Validation: { Z01: 'Conform' },
  },
};

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
