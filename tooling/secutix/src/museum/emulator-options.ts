import { refusedInput, type Clock } from '@vendorkit/core';
import type { EmulatorRequest, EmulatorTls } from '@vendorkit/core/testing';
import type { EmulatedQuota } from './load-limiter.ts';
import type { LongRunningOptions } from './long-running.ts';
import type { MethodTable } from './method-result.ts';

/** How every emulator of SecuTix behaves, whichever way it is called. Every option has a default. */
export interface SecutixEmulatorOptions {
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
  /** The institution's code. @defaultValue 'MOSA' */
  readonly institution?: string | undefined;
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
  /** How long an answer takes, in milliseconds, or a function that says. @defaultValue 0 */
  readonly latencyMs?: number | ((request: EmulatorRequest) => number) | undefined;
  /** How many contacts there are, numbered from 301 on. @defaultValue 160 */
  readonly contacts?: number | undefined;
  /**
   * Methods of your own, by operation, for instance `questionnaireService.getQuestionnaires`. They
   * replace the emulator's where both have one.
   */
  readonly methods?: MethodTable | undefined;
  /** Speak HTTPS with these settings. */
  readonly tls?: EmulatorTls | undefined;
  /** @defaultValue any free port */
  readonly port?: number | undefined;
}

/** The names of the options that all emulators of SecuTix have. */
export const emulatorOptionNames = [
  'clock',
  'clockSkewMs',
  'institution',
  'quota',
  'longRunning',
  'requireGzip',
  'latencyMs',
  'contacts',
  'methods',
  'tls',
  'port',
] as const satisfies readonly (keyof SecutixEmulatorOptions)[];

/**
 * Refuses options that there are not: a misspelt one would leave a test green that proves nothing.
 *
 * @param names - The names of all options.
 * @throws VendorError `CONFIGURATION` naming the option.
 */
export function refuseUnknown(options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw refusedInput('CONFIGURATION', unknown, 'Not known');
}
