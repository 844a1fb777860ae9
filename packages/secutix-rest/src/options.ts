import {
  readCallOptions,
  readClientOptions,
  refusedInput,
  validate,
  type CallOptions,
  type ClientOptions,
  type ClientSettings,
} from '@vendorkit/core';
import { baseUrlOf, parseVersion, type Environment } from '@vendorkit/secutix-shared';
import { z } from 'zod';
import { readSecret, type Secret } from './secret.ts';

/** How the times in a token are written, seconds or milliseconds: the vendor's texts contradict themselves. */
export type TimestampUnit = 's' | 'ms';

/**
 * The options of a {@link SecutixRest} client, beside those that every Vendorkit client has.
 * `undefined` is the same as absent.
 */
export interface SecutixRestOptions extends ClientOptions {
  /** The institution's code, the token's `sub`, for instance `MOSA`. */
  institution: string;
  /** Which of the vendor's installations. Not needed with a `baseUrl`. */
  environment?: Environment | undefined;
  /** The virtual operator, the token's `aud`, for instance `MOSA_B2C`. */
  operator: string;
  /** The partner's name, the token's `iss`, for instance `Partner 1`. */
  partner: string;
  /** The secret that the vendor gave to the integrator: at least 256 bits (SecuTix REST 4.1.1). */
  secret: string | Buffer;
  /**
   * How the secret's text stands for its bytes.
   * @defaultValue 'utf8'
   */
  secretEncoding?: 'utf8' | 'base64' | 'hex' | undefined;
  /**
   * The unit of `iat` and `exp`. The vendor's text says "epoch millis", both of its example tokens are
   * in seconds, and so are those of all public clients.
   * @defaultValue 's'
   */
  timestampUnit?: TimestampUnit | undefined;
  /**
   * How long a token is valid, in seconds: 1 to 30 (SecuTix REST 4.1.1).
   * @defaultValue 30
   */
  tokenLifetimeSeconds?: number | undefined;
  /**
   * Where tokens come from: forged here, which is documented, or asked from the vendor's `auth`
   * endpoint, whose address and form were seen in public clients only.
   * @defaultValue 'forged'
   */
  tokenSource?: 'forged' | 'auth-endpoint' | undefined;
  /**
   * The language of texts that come in one language only, as in `Accept-Language`.
   * @defaultValue the institution's language (SecuTix REST 5.5)
   */
  locale?: string | undefined;
  /**
   * How long to wait before asking after an operation that is in progress, in milliseconds.
   * @defaultValue 30_000 (SecuTix REST 5.4)
   */
  pollInterval?: number | undefined;
}

/** The options of one call to a method of a service. */
export interface MethodCallOptions extends CallOptions {
  /** The service's version, `X.Y`. The newest that is known if absent. */
  version?: string | undefined;
  /** The module that the service belongs to, for instance `tnco`. Known services know theirs. */
  module?: string | undefined;
  /** Overrides the client's `locale`. */
  locale?: string | undefined;
}

/** A client's options after validation. The secret is not among them. */
export interface SecutixSettings {
  institution: string;
  operator: string;
  partner: string;
  defaultBaseUrl: string;
  timestampUnit: TimestampUnit;
  tokenLifetimeSeconds: number;
  tokenSource: 'forged' | 'auth-endpoint';
  locale: string | undefined;
  pollIntervalMs: number;
}

const text = z.string().min(1).max(500);

/** One language or a list with weights (RFC 9110, 12.5.4). */
export const locale = z
  .string()
  .regex(
    /^(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:;q=[01](?:\.\d{1,3})?)?(?:, ?(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:;q=[01](?:\.\d{1,3})?)?)*$/,
    'Expected a language such as `fr` or `fr-CH`',
  );

/** A module, as it stands in addresses. */
export const moduleName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'Expected a module such as `tnco`');

const ownSchema = z.strictObject({
  institution: text,
  environment: z.enum(['production', 'preproduction', 'demo']).optional(),
  operator: text,
  partner: text,
  secret: z.union([z.string(), z.instanceof(Buffer)], 'Expected a text or a Buffer'),
  secretEncoding: z.enum(['utf8', 'base64', 'hex']).default('utf8'),
  timestampUnit: z.enum(['s', 'ms']).default('s'),
  tokenLifetimeSeconds: z
    .int()
    .min(1)
    .max(30, 'A token may live for 30 seconds at most (SecuTix REST 4.1.1)')
    .default(30),
  tokenSource: z.enum(['forged', 'auth-endpoint']).default('forged'),
  locale: locale.optional(),
  pollInterval: z.int().min(1).max(3_600_000).default(30_000),
});

const methodSchema = z.strictObject({
  version: z.string().optional(),
  module: moduleName.optional(),
  locale: locale.optional(),
});

const rawSchema = methodSchema.pick({ locale: true });

/**
 * Checks a client's options and separates the secret from the rest.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readOptions(options: unknown): {
  settings: ClientSettings;
  secutix: SecutixSettings;
  secret: Secret;
} {
  const defaults = { timeoutMs: 90_000, deadlineMs: 900_000 };
  const { settings, own } = readClientOptions(options, defaults);
  const read = validate(ownSchema, own, { code: 'CONFIGURATION' });
  const { secret, secretEncoding, environment, pollInterval, ...rest } = read;
  if (environment === undefined && settings.baseUrl === undefined) {
    throw refusedInput('CONFIGURATION', 'environment', 'Give an `environment` or a `baseUrl`');
  }
  // A `baseUrl` may stand for an institution whose code is no host name.
  const isNamed = environment !== undefined && settings.baseUrl === undefined;
  const defaultBaseUrl = isNamed ? baseUrlOf(environment, read.institution) : '';
  const secutix = { ...rest, locale: read.locale, defaultBaseUrl, pollIntervalMs: pollInterval };
  return { settings, secutix, secret: readSecret(secret, secretEncoding) };
}

/**
 * Checks the options of one call.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readMethodOptions(options: unknown): {
  call: CallOptions;
  target: Pick<MethodCallOptions, 'version' | 'module' | 'locale'>;
} {
  const { call, own } = readCallOptions(options);
  const target = validate(methodSchema, own, { code: 'INVALID_REQUEST', root: 'options' });
  if (target.version !== undefined) parseVersion(target.version, 'options.version');
  return { call, target };
}

/**
 * Checks the options of one call to an endpoint that is not a method of a service.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readRawOptions(options: unknown): {
  call: CallOptions;
  locale: string | undefined;
} {
  const { call, own } = readCallOptions(options);
  const raw = validate(rawSchema, own, { code: 'INVALID_REQUEST', root: 'options' });
  return { call, locale: raw.locale };
}
