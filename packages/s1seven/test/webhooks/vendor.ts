import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { VendorError } from '@vendorkit/core';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { webhooks } from '../../src/webhooks/webhooks.ts';

export const secret = canaries.webhookSecret;

/** A body as the vendor is assumed to write it. */
export const eventBody = JSON.stringify({
  id: '61a0',
  resource: 'certificates',
  action: 'notarize_one',
  payload: { RefSchemaUrl: 'https://schemas.s1seven.com/en10168-schemas/v0.4.1/schema.json' },
});

const open: (() => Promise<void>)[] = [];

/** Ends what a test started. */
export async function closeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}

export function closeLater(close: () => Promise<void>): void {
  open.push(close);
}

/** A server with this listener: a function, or an application of Express. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** Delivers a body as the vendor does, unless the test says otherwise. */
export async function deliver(
  url: string,
  body: string | Buffer = eventBody,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      signature: webhooks.sign(body, { secret }),
      ...headers,
    },
  });
  const text = canary.watch({ text: await response.text() }).text;
  return { status: response.status, text };
}

/** A request whose body does not end, and all that is answered until the connection is closed. */
export function dawdle(
  url: string,
  { method = 'POST', start = '{' }: { method?: string; start?: string } = {},
): { write: (bytes: string) => void; answer: Promise<string> } {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => void chunks.push(chunk));
  // A connection may be closed in the middle of a request.
  socket.on('error', () => {});
  const answer = new Promise<string>((resolve) =>
    socket.once('close', () => resolve(Buffer.concat(chunks).toString())),
  );
  closeLater(async () => void socket.destroy());
  socket.write(`${method} /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n${start}`);
  return { write: (bytes) => void socket.write(bytes), answer };
}

/** Waits for what will be so. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The error of what must fail. No secret may show in it. */
export async function failure(run: () => unknown): Promise<VendorError> {
  try {
    await run();
  } catch (error) {
    if (VendorError.is(error)) return canary.watch(error);
    throw error;
  }
  throw new Error('It should have failed.');
}

/** What a handler was given to do, written down. */
export class Ledger {
  readonly events: unknown[] = [];
  readonly rejections: { code?: string; reason?: string; message: string }[] = [];

  readonly onEvent = async ({ body }: { body: unknown }): Promise<void> => {
    this.events.push(body);
  };

  readonly onRejected = (error: unknown): void => {
    canary.watch(error as object);
    const { code, details, message } = error as VendorError;
    const { reason } = Object(details) as { reason?: string };
    this.rejections.push({
      ...(code !== undefined && { code }),
      ...(reason !== undefined && { reason }),
      message,
    });
  };
}
