import {
  readCallOptions,
  readClientOptions,
  validate,
  type CallOptions,
  type ClientSettings,
} from '@vendorkit/core';
import {
  clientDefaults,
  clientOptionSchemas,
  defaultBaseUrlOf,
  locale,
  shortText,
  type SecutixClientOptions,
} from '@vendorkit/secutix-shared';
import { z } from 'zod';
import { readSecret, type Secret } from './secret.ts';

/** How the times in a token are written, seconds or milliseconds: the vendor's texts contradict themselves. */
export type TimestampUnit = 's' | 'ms';

/**
 * The options of a {@link SecutixRest} client, beside those that every Vendorkit client has.
 * `undefined` is the same as absent.
 */
export interface SecutixRestOptions extends SecutixClientOptions {
  /** The institution's code, the token's `sub`, for instance `MOSA`. */
  institution: string;
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

const schema = z.strictObject({
  institution: clientOptionSchemas.institution,
  environment: clientOptionSchemas.environment,
  operator: shortText,
  partner: shortText,
  secret: z.union([z.string(), z.instanceof(Buffer)], 'Expected a text or a Buffer'),
  secretEncoding: z.enum(['utf8', 'base64', 'hex']).default('utf8'),
  timestampUnit: z.enum(['s', 'ms']).default('s'),
  tokenLifetimeSeconds: z
    .int()
    .min(1)
    .max(30, 'A token may live for 30 seconds at most (SecuTix REST 4.1.1)')
    .default(30),
  tokenSource: z.enum(['forged', 'auth-endpoint']).default('forged'),
  locale: clientOptionSchemas.locale,
  pollInterval: clientOptionSchemas.pollInterval,
});

const rawSchema = z.strictObject({ locale: locale.optional() });

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
  const { settings, own } = readClientOptions(options, clientDefaults);
  const read = validate(schema, own, { code: 'CONFIGURATION' });
  const { secret, secretEncoding, environment, pollInterval, ...rest } = read;
  const { institution } = rest;
  const { baseUrl } = settings;
  const defaultBaseUrl = defaultBaseUrlOf({ institution, environment, baseUrl });
  const secutix = { ...rest, locale: read.locale, defaultBaseUrl, pollIntervalMs: pollInterval };
  return { settings, secutix, secret: readSecret(secret, secretEncoding) };
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
