import { VirtualClock } from '@vendorkit/core/testing';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { SecutixRest, VendorError, type SecutixRestOptions } from '../src/index.ts';
import {
  startSecutixRestEmulator,
  type SecutixRestEmulator,
  type SecutixRestEmulatorOptions,
} from '../src/testing/index.ts';

const open: { close(): Promise<void> }[] = [];

/** Half a second past a full second: a token that is signed now is 500 ms old. */
export const virtualClock = () => new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));

/** An emulator without limits, unless the test says otherwise. It shares the canary's secret. */
export async function emulate(options?: SecutixRestEmulatorOptions): Promise<SecutixRestEmulator> {
  const emulator = await startSecutixRestEmulator({
    secret: canaries.secret,
    quota: [],
    ...options,
  });
  return closeLater(emulator);
}

/** A client of an emulator, on the same clock, without limits of its own. Its log is looked through. */
export function connect(
  emulator: SecutixRestEmulator,
  options?: Partial<SecutixRestOptions>,
): SecutixRest {
  const { clock } = emulator;
  return client({ ...emulator.options, clock, quota: [], ...options });
}

/** A client that is closed after the test. */
export function client(options: SecutixRestOptions): SecutixRest {
  return canary.watch(closeLater(new SecutixRest({ logger: canary.logger(), ...options })));
}

/** Options that are right. No test sends anything with them. */
export const rightOptions = {
  institution: 'MOSA',
  environment: 'demo',
  operator: 'MOSA_B2C',
  partner: 'Partner 1',
  secret: canaries.secret,
} as const satisfies SecutixRestOptions;

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

/** The paths of the requests that came, without what all paths have. */
export function methodsOf({ requests }: SecutixRestEmulator): string[] {
  return requests.map(({ path }) => path.split('/').at(-1) ?? '');
}

/** The bodies of the requests that came. */
export function bodiesOf({ requests }: SecutixRestEmulator): string[] {
  return requests.map(({ text }) => text);
}

/** The tokens of the requests that came. */
export function tokensOf({ requests }: SecutixRestEmulator): string[] {
  return requests.map(({ headers }) => (headers['authorization'] ?? '').replace('Bearer ', ''));
}

/** What a token says, read by hand. */
export function claimsOf(token: string): { iat: number; exp: number } & Record<string, unknown> {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReturnType<typeof claimsOf>;
}

/** An order of one ticket for the night at the museum. Made twice, it is two orders. */
export const order = {
  orderType: 'SALE',
  pointOfSalesId: 10_228_505_161_000n,
  purchasersInfo: { contactReference: '333' },
  singleEntryAttributionOperations: [
    {
      operationAttributions: [
        { performanceId: 9_007_199_254_760_001n, audienceSubCategoryId: 306_159_078, quantity: 1 },
      ],
    },
  ],
};

/** A client of any server, without limits. */
export function clientOf(
  server: { readonly url: string },
  options?: Partial<SecutixRestOptions>,
): SecutixRest {
  return client({
    ...rightOptions,
    environment: undefined,
    baseUrl: server.url,
    quota: [],
    ...options,
  });
}
