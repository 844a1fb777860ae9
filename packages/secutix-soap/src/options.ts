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
  moduleName,
  parseVersion,
  shortText,
  type SecutixClientOptions,
} from '@vendorkit/secutix-shared';
import { z } from 'zod';
import type { SecurityForm, SecuritySettings } from './security.ts';

/** A WSDL on disk. */
export interface WsdlFile {
  /** Its path. */
  readonly file: string;
  /**
   * The folder in which everything lies that it imports.
   * @defaultValue the folder of the file
   */
  readonly folder?: string | undefined;
}

/** Where a WSDL comes from: the vendor, or a file. */
export type WsdlSource = 'remote' | WsdlFile;

/** Keeps compiled WSDLs on disk. */
export interface WsdlCacheOptions {
  /** The folder. It is made if it is not there, for its owner alone. */
  directory: string;
  /**
   * How long a WSDL is used without asking for it again, in milliseconds. An older one is used only
   * when the vendor does not give a new one.
   * @defaultValue 86_400_000 (a day)
   */
  maxAge?: number | undefined;
}

/**
 * The options of a {@link SecutixSoap} client, beside those that every SecuTix client has. `undefined`
 * is the same as absent.
 */
export interface SecutixSoapOptions extends SecutixClientOptions {
  /** The user that the vendor gave to the integrator, for instance `INSTIT_ZOE`. */
  username: string;
  /** The user's password. */
  password: string;
  /**
   * How the credentials are written: as in the vendor's how-tos, or `bare`, as in SecuTix SOAP 4.1.
   * @defaultValue 'passwordText'
   */
  security?: SecurityForm | undefined;
  /**
   * Whether the header with the credentials says `mustUnderstand`, as some of the how-tos do.
   * @defaultValue false
   */
  mustUnderstand?: boolean | undefined;
  /**
   * Where the WSDLs come from, unless a service says otherwise.
   * @defaultValue 'remote'
   */
  wsdl?: WsdlSource | undefined;
  /** Keeps compiled WSDLs on disk. They are kept in memory in any case. */
  wsdlCache?: WsdlCacheOptions | undefined;
  /** Headers for the download of WSDLs, `authorization` for instance. Calls do not have them. */
  wsdlHeaders?: Readonly<Record<string, string>> | undefined;
}

/** The options of one call to a method of a service. */
export interface SoapCallOptions extends CallOptions {
  /** Overrides the client's `locale`. */
  locale?: string | undefined;
  /** The version of the service that was loaded. Another one is had from the client's `service()`. */
  version?: string | undefined;
  /** The module of the service that was loaded. Another one is had from the client's `service()`. */
  module?: string | undefined;
}

/** Which service is meant, and options that hold for all its calls unless a call has its own. */
export interface ServiceOptions extends SoapCallOptions {
  /** The service's version, `X.Y`. The newest that is publicly known if absent. */
  version?: string | undefined;
  /** The module that the service belongs to, for instance `tnco`. Known services know theirs. */
  module?: string | undefined;
  /** The Java package in the service's address. Known services know theirs. */
  package?: string | undefined;
  /** Where the WSDL comes from: the vendor, a file, or another address at the vendor's. */
  wsdl?: WsdlSource | { readonly url: string } | undefined;
}

/** A client's options after validation. No secret is among them. */
export interface SoapSettings {
  readonly institution: string;
  readonly defaultBaseUrl: string;
  readonly locale: string | undefined;
  readonly pollIntervalMs: number;
  readonly wsdl: WsdlSource;
  readonly wsdlCache: { readonly directory: string; readonly maxAgeMs: number } | undefined;
}

/** The options that tell which service is meant. */
export type ServiceTarget = Pick<ServiceOptions, 'version' | 'module' | 'package' | 'wsdl'>;

const file = z.strictObject({
  file: z.string().min(1),
  folder: z.string().min(1).optional(),
});

/** Headers that the client or the connection answers for. */
const ownHeaders =
  /^(?:accept-encoding|connection|content-.*|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

const wsdlHeaders = z.record(
  z
    .string()
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'Not the name of a header')
    .refine((name) => !ownHeaders.test(name), 'This header is set by the client itself'),
  z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'Not the value of a header'),
);

const clientSchema = z.strictObject({
  ...clientOptionSchemas,
  username: shortText,
  password: shortText,
  security: z.enum(['passwordText', 'bare']).default('passwordText'),
  mustUnderstand: z.boolean().default(false),
  wsdl: z.union([z.literal('remote'), file], "Expected 'remote' or { file }").default('remote'),
  wsdlCache: z
    .strictObject({
      directory: z.string().min(1),
      maxAge: z.int().min(0).default(86_400_000),
    })
    .optional(),
  wsdlHeaders: wsdlHeaders.default({}),
});

/** The schemas of {@link ServiceTarget} and the locale, by name. */
export const targetShape = {
  locale: locale.optional(),
  version: z.string().optional(),
  module: moduleName.optional(),
  package: z
    .string()
    .regex(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/, 'Expected a Java package such as `com.secutix.…`')
    .optional(),
  wsdl: z
    .union(
      [z.literal('remote'), file, z.strictObject({ url: z.string() })],
      "Expected 'remote', { file } or { url }",
    )
    .optional(),
};

const inOptions = { code: 'INVALID_REQUEST', root: 'options' } as const;
const callSchema = z.strictObject({
  locale: targetShape.locale,
  version: targetShape.version,
  module: targetShape.module,
});
const serviceSchema = z.strictObject(targetShape);

/** Headers that every request has already (SecuTix SOAP 2 and 5.3). */
const headersSchema = z.looseObject({
  headers: z
    .record(
      z
        .string()
        .refine((name) => !/^accept-language$/i.test(name), 'Use `locale` for the language')
        .refine(
          (name) => !/^(?:accept|soapaction)$/i.test(name),
          'This header is set by the client itself',
        ),
      z.string(),
    )
    .optional(),
});

/**
 * Checks a client's options and separates what is secret from the rest.
 *
 * @throws VendorError `CONFIGURATION` naming the field.
 */
export function readOptions(options: unknown): {
  settings: ClientSettings;
  soap: SoapSettings;
  credentials: SecuritySettings;
  wsdlHeaders: Readonly<Record<string, string>>;
} {
  const { settings, own } = readClientOptions(options, clientDefaults);
  const read = validate(clientSchema, own, { code: 'CONFIGURATION' });
  const { institution, environment, wsdl, wsdlCache: cache } = read;
  const { baseUrl } = settings;
  return {
    settings,
    soap: {
      institution,
      defaultBaseUrl: defaultBaseUrlOf({ institution, environment, baseUrl }),
      locale: read.locale,
      pollIntervalMs: read.pollInterval,
      wsdl,
      wsdlCache: cache && { directory: cache.directory, maxAgeMs: cache.maxAge },
    },
    credentials: pickCredentials(read),
    wsdlHeaders: read.wsdlHeaders,
  };
}

/**
 * Checks the options of one call.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readSoapCallOptions(options: unknown): {
  call: CallOptions;
  locale: string | undefined;
  version: string | undefined;
  module: string | undefined;
} {
  const { call, own } = readSharedOptions(options);
  const { locale: language, version, module } = validate(callSchema, own, inOptions);
  if (version !== undefined) parseVersion(version, 'options.version');
  return { call, locale: language, version, module };
}

/**
 * Checks the options of a service.
 *
 * @throws VendorError `INVALID_REQUEST` naming the field.
 */
export function readServiceOptions(options: unknown): {
  call: SoapCallOptions;
  target: ServiceTarget;
} {
  const { call, own } = readSharedOptions(options);
  const { locale: language, ...target } = validate(serviceSchema, own, inOptions);
  if (target.version !== undefined) parseVersion(target.version, 'options.version');
  return { call: language === undefined ? call : { ...call, locale: language }, target };
}

/** The options that every call of every client has, without the headers that are the client's own. */
function readSharedOptions(options: unknown): ReturnType<typeof readCallOptions> {
  const read = readCallOptions(options);
  validate(headersSchema, read.call, inOptions);
  return read;
}

function pickCredentials({
  username,
  password,
  security,
  mustUnderstand,
}: SecuritySettings): SecuritySettings {
  return { username, password, security, mustUnderstand };
}
