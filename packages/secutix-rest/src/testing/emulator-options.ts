import type { Clock } from '@vendorkit/core';
import type { EmulatorRequest, EmulatorTls } from '@vendorkit/core/testing';
import type { EmulatedQuota } from './load-limiter.ts';
import type { LongRunningOptions } from './long-running.ts';
import type { MethodTable } from './method-result.ts';

/** How the emulator of SecuTix REST behaves. Every option has a default. */
export interface SecutixRestEmulatorOptions {
  /**
   * Where the emulator takes its time from. Give the same virtual clock to the client.
   *
   * @defaultValue the computer's clock
   */
  readonly clock?: Clock | undefined;
  /**
   * How far the vendor's clock is ahead of the client's, in milliseconds; negative if behind.
   *
   * @defaultValue 0
   */
  readonly clockSkewMs?: number | undefined;
  /** The institution's code: the token's `sub`. @defaultValue 'MOSA' */
  readonly institution?: string | undefined;
  /** The virtual operator: the token's `aud`. @defaultValue 'MOSA_B2C' */
  readonly operator?: string | undefined;
  /** The partner's name: the token's `iss`. @defaultValue 'Partner 1' */
  readonly partner?: string | undefined;
  /** The shared secret, as UTF-8 text. @defaultValue a fixed text of 256 bits and more */
  readonly secret?: string | undefined;
  /** The unit of `iat` and `exp`. The vendor's texts contradict themselves. @defaultValue 's' */
  readonly timestampUnit?: 's' | 'ms' | undefined;
  /**
   * How long a token of the auth endpoint holds, in milliseconds.
   *
   * @defaultValue 900_000
   */
  readonly issuedTokenLifetimeMs?: number | undefined;
  /**
   * The limits. A list replaces the default; an empty list switches limits off.
   *
   * @defaultValue the vendor's: 180 calls a minute for the institution, 60 a minute for a service, one
   *   `getCatalogDetailed` in ten minutes
   */
  readonly quota?: readonly EmulatedQuota[] | undefined;
  /** Which methods answer `in_progress` first, and how often. @defaultValue none */
  readonly longRunning?: LongRunningOptions | undefined;
  /** Whether a client that does not accept gzip is refused. @defaultValue true */
  readonly requireGzip?: boolean | undefined;
  /** What `Content-Encoding` says of a compressed answer. @defaultValue 'gzip' */
  readonly contentEncoding?: 'gzip' | 'UTF-8' | 'UTF-8, gzip' | undefined;
  /** How long an answer takes, in milliseconds, or a function that says. @defaultValue 0 */
  readonly latencyMs?: number | ((request: EmulatorRequest) => number) | undefined;
  /** How many contacts there are, numbered from 301 on. @defaultValue 160 */
  readonly contacts?: number | undefined;
  /**
   * Methods of your own, by operation, for instance `questionnaireService.getQuestionnaires`. They
   * replace the emulator's where both have one.
   */
  readonly methods?: MethodTable | undefined;
  /**
   * Endpoints that are not methods of a service, by HTTP method and path, for instance
   * `GET /tnseb/backend-apis/status`. What the function returns is answered as JSON with status 200.
   */
  readonly routes?: Readonly<Record<string, (request: EmulatorRequest) => unknown>> | undefined;
  /** Speak HTTPS with these settings. */
  readonly tls?: EmulatorTls | undefined;
  /** @defaultValue any free port */
  readonly port?: number | undefined;
}

/** The names of all options. */
export const emulatorOptionNames = [
  'clock',
  'clockSkewMs',
  'institution',
  'operator',
  'partner',
  'secret',
  'timestampUnit',
  'issuedTokenLifetimeMs',
  'quota',
  'longRunning',
  'requireGzip',
  'contentEncoding',
  'latencyMs',
  'contacts',
  'methods',
  'routes',
  'tls',
  'port',
] as const satisfies readonly (keyof SecutixRestEmulatorOptions)[];
