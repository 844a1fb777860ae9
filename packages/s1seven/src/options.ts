import {
  readClientOptions,
  refusedInput,
  validate,
  type ClientOptions,
  type ClientSettings,
  type TokenStore,
} from '@vendorkit/core';
import { z } from 'zod';
import { apiVersion, companyId, mode } from './call-options.ts';
import { addressesOf, type Addresses, type Environment, type UrlForm } from './environment.ts';
import type { Mode } from './operation-caller.ts';
import { readPaths, type PathOverrides, type Paths } from './paths.ts';
import type { AccessTokenProvider, Credentials } from './token.ts';

/**
 * The options of an {@link S1Seven} client, beside those that every Vendorkit client has. Credentials
 * are `clientId` with `clientSecret`, or an `accessToken`, or none for the few calls that need none.
 * `undefined` is the same as absent.
 */
export interface S1SevenOptions extends ClientOptions {
  /** Which of the vendor's installations. Not needed with a `baseUrl`. */
  environment?: Environment | undefined;
  /**
   * Where the vendor's API is. It ends in `/api`: the paths of resources are appended to it as it is.
   * `{service}` in it stands for the name of a service: `https://{service}.example.com/api`.
   * @defaultValue the environment's
   */
  baseUrl?: string | undefined;
  /**
   * Whether the vendor is reached through its proxy, `https://app.…`, or each of its services under a
   * name of its own, `https://user.…` (S1SEVEN API information, "Requests").
   * @defaultValue 'proxy', or 'service' if `baseUrl` has `{service}` in it
   */
  urlForm?: UrlForm | undefined;
  /**
   * Where the vendor's broker is: mqtts or wss; mqtt and ws to this computer only.
   * @defaultValue the environment's, `mqtts://broker.…:8883`
   */
  brokerUrl?: string | undefined;
  /** The broker's virtual host. The vendor tells it on request. */
  vhost?: string | undefined;
  /**
   * The application's client id, which tokens are asked for with. It is not the MQTT client id that
   * `subscribe` takes.
   */
  clientId?: string | undefined;
  /** The application's secret. */
  clientSecret?: string | undefined;
  /**
   * Where the application's token is kept, since one can be had a day: `file` is a private file in the
   * user's cache folder, `memory` is one store for all clients of the process and lost with it, and an
   * object is a store of your own. A token that was given by hand is never kept.
   * @defaultValue 'file'
   */
  tokenStore?: 'memory' | 'file' | TokenStore | undefined;
  /** A token that you have, of a user or an application, or a function that gets one. */
  accessToken?: string | AccessTokenProvider | undefined;
  /**
   * Whether things are for real.
   * @defaultValue the mode of the token's application
   */
  mode?: Mode | undefined;
  /**
   * The company on whose behalf calls are made, sent as the header `company`.
   * @defaultValue the company that owns the token's application
   */
  companyId?: string | undefined;
  /**
   * The version of the API, sent as the header `x-version`.
   * @defaultValue '1' (S1SEVEN API information, "API version")
   */
  apiVersion?: string | undefined;
  /** Paths that are others than this package believes; some are not public. */
  paths?: PathOverrides | undefined;
}

/** A client's options after validation. Credentials are not among them. */
export interface S1SevenSettings {
  readonly addresses: Addresses;
  readonly tokenStore: 'memory' | 'file' | TokenStore;
  readonly mode: Mode | undefined;
  readonly companyId: string | undefined;
  readonly apiVersion: string;
  readonly vhost: string | undefined;
  readonly paths: Paths;
}

/** Half a minute for an attempt, two minutes for a call. */
const clientDefaults = { timeoutMs: 30_000, deadlineMs: 120_000 };

const tokenStore = z.union(
  [
    z.enum(['memory', 'file']),
    z.custom<TokenStore>(
      (value) =>
        typeof value === 'object' &&
        value !== null &&
        ['get', 'set', 'delete', 'lock'].every(
          (name) => typeof Reflect.get(value, name) === 'function',
        ),
    ),
  ],
  'Expected `memory`, `file`, or a store with get, set, delete and lock',
);

const accessToken = z.union(
  [
    z.string().regex(/^[\x21-\x7e]+$/),
    z.custom<AccessTokenProvider>((value) => typeof value === 'function'),
  ],
  'Expected a token, or a function that gets one',
);

const shortText = z.string().min(1).max(1_000);

const schema = z.strictObject({
  environment: z.enum(['production', 'staging', 'development']).optional(),
  urlForm: z.enum(['proxy', 'service']).optional(),
  brokerUrl: z.string().optional(),
  vhost: z
    .string()
    .regex(/^[^\p{C}]{1,200}$/u, 'Expected the name of a virtual host')
    .optional(),
  clientId: shortText.optional(),
  clientSecret: shortText.optional(),
  tokenStore: tokenStore.default('file'),
  accessToken: accessToken.optional(),
  mode: mode.optional(),
  companyId: companyId.optional(),
  apiVersion: apiVersion.default('1'),
  paths: z.record(z.string(), z.string().optional()).optional(),
});

/**
 * Checks a client's options and separates the credentials from the rest.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readOptions(options: unknown): {
  settings: ClientSettings;
  s1seven: S1SevenSettings;
  credentials: Credentials | undefined;
} {
  const { settings, own } = readClientOptions(options, clientDefaults);
  const read = validate(schema, own, { code: 'CONFIGURATION' });
  const { environment, urlForm, brokerUrl } = read;
  const { baseUrl } = settings;
  const s1seven: S1SevenSettings = {
    addresses: addressesOf({ environment, baseUrl, brokerUrl, urlForm }),
    tokenStore: read.tokenStore,
    mode: read.mode,
    companyId: read.companyId,
    apiVersion: read.apiVersion,
    vhost: read.vhost,
    paths: readPaths(read.paths),
  };
  return { settings, s1seven, credentials: credentialsOf(read) };
}

function credentialsOf({
  clientId,
  clientSecret,
  accessToken: given,
}: z.output<typeof schema>): Credentials | undefined {
  if (given !== undefined) {
    if (clientId === undefined && clientSecret === undefined) return { accessToken: given };
    const problem = 'Give either `clientId` and `clientSecret` or an `accessToken`, not both';
    throw refusedInput('CONFIGURATION', 'accessToken', problem);
  }
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined) throw missing('clientId', 'clientSecret');
  if (clientSecret === undefined) throw missing('clientSecret', 'clientId');
  return { clientId, clientSecret };
}

function missing(name: string, other: string): Error {
  return refusedInput('CONFIGURATION', name, `It is needed beside \`${other}\``);
}
