import type { EmulatorRequest } from '@vendorkit/core/testing';
import { emulatorOptionNames, type SecutixEmulatorOptions } from '@vendorkit/secutix-shared/museum';

/** How the emulator of SecuTix REST behaves. Every option has a default. */
export interface SecutixRestEmulatorOptions extends SecutixEmulatorOptions {
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
  /** What `Content-Encoding` says of a compressed answer. @defaultValue 'gzip' */
  readonly contentEncoding?: 'gzip' | 'UTF-8' | 'UTF-8, gzip' | undefined;
  /**
   * Endpoints that are not methods of a service, by HTTP method and path, for instance
   * `GET /tnseb/backend-apis/status`. What the function returns is answered as JSON with status 200.
   */
  readonly routes?: Readonly<Record<string, (request: EmulatorRequest) => unknown>> | undefined;
}

/** The names of all options. */
export const restEmulatorOptionNames = [
  ...emulatorOptionNames,
  'operator',
  'partner',
  'secret',
  'timestampUnit',
  'issuedTokenLifetimeMs',
  'contentEncoding',
  'routes',
] as const satisfies readonly (keyof SecutixRestEmulatorOptions)[];
