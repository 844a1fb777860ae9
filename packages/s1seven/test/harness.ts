import { startServer, VirtualClock } from '@vendorkit/core/testing';
import type { EmulatorAnswer, EmulatorRequest, RunningServer } from '@vendorkit/core/testing';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { memoryTokenStore, S1Seven, VendorError, type S1SevenOptions } from '../src/index.ts';
import { json, plausibleAnswer } from './plausible-answer.ts';

export { json };

const open: { close(): Promise<void> }[] = [];

/** A moment that no test depends on. */
export const virtualClock = () => new VirtualClock(new Date('2026-03-01T12:00:00Z'));

/** The application whose token {@link startVendor} gives. */
export const application = { clientId: 'client-1', mode: 'test', owner: { id: 'company-1' } };

/** The answer to `POST /tokens`, as the vendor's own client reads it. */
export const tokenAnswer = (accessToken: string = canaries.accessToken) =>
  json({ accessToken, application }, 201);

/** A server that records every request, and answers with as little as a success can. */
export async function startVendor(
  handle: (request: EmulatorRequest) => EmulatorAnswer = plausibleAnswer,
): Promise<RunningServer> {
  const server = await startServer({
    handle: (request) => (isTokenRequest(request) ? tokenAnswer() : handle(request)),
  });
  return closeLater(server);
}

/** Whether a request asks for a token. */
export function isTokenRequest({ method, path }: EmulatorRequest): boolean {
  return method === 'POST' && path.endsWith('/tokens');
}

/** The requests that came, those for tokens excepted. */
export function callsOf({ requests }: RunningServer): EmulatorRequest[] {
  return requests.filter((request) => !isTokenRequest(request));
}

/** The last request that came. */
export function lastOf({ requests }: RunningServer): EmulatorRequest {
  const last = requests.at(-1);
  if (last === undefined) throw new Error('There was no request.');
  return last;
}

/** The credentials of an application. Each client of {@link client} has a store of its own. */
export const credentials = {
  clientId: 'client-1',
  clientSecret: canaries.clientSecret,
} as const;

/** A client of any server, without limits, with a token that tells nothing. */
export function clientOf(server: { readonly url: string }, options?: S1SevenOptions): S1Seven {
  const hasCredentials =
    options !== undefined && ('clientId' in options || 'accessToken' in options);
  return client({
    baseUrl: `${server.url}/api`,
    quota: [],
    ...(!hasCredentials && { accessToken: canaries.accessToken }),
    ...options,
  });
}

/** A client that is closed after the test. Its log is looked through. */
export function client(options: S1SevenOptions): S1Seven {
  return canary.watch(
    closeLater(new S1Seven({ logger: canary.logger(), ...ownStore(options), ...options })),
  );
}

/** So that no test depends on another's tokens, or on files. */
function ownStore(options: S1SevenOptions | undefined): Pick<S1SevenOptions, 'tokenStore'> {
  return options?.clientId === undefined ? {} : { tokenStore: memoryTokenStore() };
}

/** Ends what a test started, the newest first. */
export async function closeAll(): Promise<void> {
  for (const resource of open.splice(0).toReversed()) await resource.close();
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
