import { systemClock } from '../../src/time/clock.ts';
import { startDeadline } from '../../src/time/deadline.ts';
import { startServer } from '../../src/testing/server.ts';
import type { RunningServer, ServerOptions } from '../../src/testing/server.ts';
import { createTransport } from '../../src/transport/transport.ts';
import type {
  Transport,
  TransportOptions,
  TransportRequest,
} from '../../src/transport/transport.ts';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { fixture } from '../fixtures/fixture.ts';

/** The TLS settings of a server with the test certificate. */
export const tls = { key: fixture('server-key.pem'), cert: fixture('server.pem') };

/** The authority of the test certificates. */
export const ca = fixture('authority.pem');

const closers: (() => unknown)[] = [];

/** Closes what a test has opened, newest first. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close();
}

/** Closes something at the end of the test. */
export function closeLater(close: () => unknown): void {
  closers.push(close);
}

export const body = '{"message":"twenty-nine bytes"}';

export async function serve(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const server = await startServer({ handle: () => ({ status: 200, body }), ...options });
  closeLater(async () => server.close());
  return server;
}

export function connect(
  url: string,
  options: Partial<Omit<TransportOptions, 'baseUrl'>> = {},
): Transport {
  const transport = createTransport({
    baseUrl: new URL(url),
    maxSockets: 8,
    clock: systemClock,
    ...options,
  });
  closeLater(() => transport.close());
  return transport;
}

interface Limits {
  deadlineMs?: number;
  signal?: AbortSignal;
}

/** A request with what a test does not care about filled in. */
export function request(
  url: string,
  { deadlineMs = 10_000, signal, ...more }: Partial<TransportRequest> & Limits = {},
): TransportRequest {
  return {
    method: 'POST',
    url: new URL(url),
    headers: {},
    body: '{}',
    timeoutMs: 10_000,
    deadline: startDeadline({ clock: systemClock, deadlineMs, signal }),
    ...more,
  };
}

/** The error that a promise is rejected with. Anything but a VendorError fails the test. */
export async function failure(promise: Promise<unknown>): Promise<VendorError> {
  const outcome = await promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
  if (VendorError.is(outcome)) return outcome;
  throw new Error('Expected a VendorError', { cause: outcome });
}

export async function delay(delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, delayMs));
}

/** Waits until something is so; the test's own time limit ends a vain wait. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}

/** How many sockets and timers this process has. */
export function handles(kind: RegExp): number {
  return process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;
}
