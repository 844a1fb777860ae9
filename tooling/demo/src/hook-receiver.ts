import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryReplayStore, S1Seven, VendorError, type WebhookEvent } from '@vendorkit/s1seven';

/** A web server of the steelworks that is told of events. */
export interface HookReceiver {
  readonly url: string;
  /** The first event that was believed. */
  readonly event: Promise<WebhookEvent>;
  /** Why deliveries were rejected. */
  readonly rejections: readonly unknown[];
  close(): Promise<void>;
}

/** Starts the web server. It believes what is signed with the secret, and each delivery once. */
export async function receiveHooks(secret: string): Promise<HookReceiver> {
  const rejections: unknown[] = [];
  const { promise: event, resolve } = withResolver<WebhookEvent>();
  const receive = S1Seven.webhooks.handler({
    secret,
    replayStore: memoryReplayStore(),
    onEvent: resolve,
    onRejected: (error) => void rejections.push(reasonOf(error)),
  });
  const server = createServer((request, response) => void receive(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks/s1seven`,
    event,
    rejections,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

const notYet = (): void => {};

/** A promise, and what fulfils it. */
export function withResolver<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
} {
  let resolve: (value: Value) => void = notYet;
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

function reasonOf(error: unknown): unknown {
  if (!VendorError.is(error)) return String(error);
  const { reason } = Object(error.details) as { reason?: unknown };
  return reason ?? error.code;
}
