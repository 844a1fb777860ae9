import { refusedInput, type Clock } from '@vendorkit/core';
import type { EmulatorRequest, EmulatorTls } from '@vendorkit/core/testing';
import type { Mode } from '../operation-caller.ts';
import type { EmulatedScopes } from './vendor/records.ts';
import type { ThrottlerVersion } from './vendor/throttler.ts';

/** How the emulator of S1SEVEN behaves. Every option has a default. */
export interface S1SevenEmulatorOptions {
  /**
   * Where the emulator and its broker take their time from. Give the same virtual clock to the client.
   *
   * @defaultValue the computer's clock
   */
  readonly clock?: Clock | undefined;
  /** The port of the REST services. @defaultValue any free port */
  readonly port?: number | undefined;
  /** Speak https and mqtts with these settings. */
  readonly tls?: EmulatorTls | undefined;
  /** How long a REST answer takes, in milliseconds, or a function that says. @defaultValue 0 */
  readonly latencyMs?: number | ((request: EmulatorRequest) => number) | undefined;
  /** The id of the company. @defaultValue a fixed UUID */
  readonly companyId?: string | undefined;
  /** The mode of the application. @defaultValue 'test' */
  readonly mode?: Mode | undefined;
  /** The application's client id. @defaultValue 'emulated-client' */
  readonly clientId?: string | undefined;
  /** The application's secret. @defaultValue a fixed text */
  readonly clientSecret?: string | undefined;
  /** What the application may do. @defaultValue everything */
  readonly scopes?: EmulatedScopes | undefined;
  /** Whether S1SEVEN has verified the company. @defaultValue true */
  readonly verified?: boolean | undefined;
  /** Whether the company's user has set up multi-factor authentication. @defaultValue true */
  readonly mfa?: boolean | undefined;
  /** How long a token is valid, in milliseconds. @defaultValue 86_400_000, a day */
  readonly tokenLifetimeMs?: number | undefined;
  /** Whether tokens are random texts instead of JWTs. @defaultValue false */
  readonly opaqueTokens?: boolean | undefined;
  /** Whether a token can be regenerated once a day and application only. @defaultValue true */
  readonly dailyTokens?: boolean | undefined;
  /**
   * How many calls a credential may make to a route, in how long; `false` switches the limit off.
   *
   * @defaultValue 10 in 60_000 ms
   */
  readonly quota?:
    | { readonly limit?: number | undefined; readonly windowMs?: number | undefined }
    | false
    | undefined;
  /** How calls are counted and refused. @defaultValue '6' */
  readonly throttler?: ThrottlerVersion | undefined;
  /** How long a notarization takes, in milliseconds. @defaultValue 50 */
  readonly notarizationMs?: number | undefined;
  /** Where wallets are. The vendor's texts contradict themselves. @defaultValue '/wallets' */
  readonly walletPath?: '/wallets' | '/wallet' | undefined;
  /** The virtual host of the broker. @defaultValue 'emulated' */
  readonly vhost?: string | undefined;
  /** What a subscription meets that is not allowed. @defaultValue 'close' */
  readonly refusedFilter?: 'close' | 'suback' | undefined;
  /** How long the broker keeps the session of a client that is gone. @defaultValue 1_800_000 */
  readonly sessionExpiryMs?: number | undefined;
  /**
   * Whether the broker drops a connection when its token ends. Which it is at the vendor is not public.
   *
   * @defaultValue true
   */
  readonly dropsExpired?: boolean | undefined;
}

type WithoutDefault = 'clock' | 'port' | 'tls' | 'scopes';

type Given<Options> = { readonly [Name in keyof Options]-?: Exclude<Options[Name], undefined> };

type Defaulted = Given<Omit<S1SevenEmulatorOptions, WithoutDefault>>;

/** Options with their defaults; those without one may be absent. */
export type EmulatorSettings = Defaulted &
  Partial<Given<Pick<S1SevenEmulatorOptions, WithoutDefault>>>;

const defaults: Defaulted = {
  latencyMs: 0,
  companyId: '5b7ac3d0-0000-4000-8000-000000000001',
  mode: 'test',
  clientId: 'emulated-client',
  clientSecret: 'not-a-secret-of-an-emulated-application',
  verified: true,
  mfa: true,
  tokenLifetimeMs: 86_400_000,
  opaqueTokens: false,
  dailyTokens: true,
  quota: { limit: 10, windowMs: 60_000 },
  throttler: '6',
  notarizationMs: 50,
  walletPath: '/wallets',
  vhost: 'emulated',
  refusedFilter: 'close',
  sessionExpiryMs: 1_800_000,
  dropsExpired: true,
};

const names: readonly string[] = [...Object.keys(defaults), 'clock', 'port', 'tls', 'scopes'];

/**
 * Fills in the defaults.
 *
 * @throws VendorError `CONFIGURATION` naming an option that there is not: a misspelt one would leave a
 *   test green that proves nothing.
 */
export function readEmulatorOptions(options: S1SevenEmulatorOptions): EmulatorSettings {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refusedInput('CONFIGURATION', unknown, 'Not known');
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
