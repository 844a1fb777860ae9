import type { Elements } from './schema/notation.ts';
import { emulatorOptionNames, type SecutixEmulatorOptions } from '@vendorkit/secutix-shared/museum';

/** How the emulator of SecuTix SOAP behaves. Every option has a default. */
export interface SecutixSoapEmulatorOptions extends SecutixEmulatorOptions {
  /** The user's name in the security header. @defaultValue 'MOSA_B2C' */
  readonly username?: string | undefined;
  /** The user's password. @defaultValue a fixed text */
  readonly password?: string | undefined;
  /**
   * Which form of the security header is accepted: a password without a type as in SecuTix SOAP 4.1
   * (`bare`), one with the type `PasswordText` as in the vendor's how-tos, or both (`any`).
   *
   * @defaultValue 'any'
   */
  readonly security?: 'any' | 'bare' | 'passwordText' | undefined;
  /**
   * The code of the fault for a call that cannot be authenticated: `S:Client`, the general one, or
   * `wsse:FailedAuthentication`, as WS-Security 1.0 has it.
   *
   * @defaultValue 'Client'
   */
  readonly authenticationFault?: 'Client' | 'FailedAuthentication' | undefined;
  /**
   * What the WSDL gives as `soapAction`: nothing, as JAX-WS does unless told otherwise, or a name of
   * its own for each method. Calls must say the same.
   *
   * @defaultValue 'empty'
   */
  readonly soapAction?: 'empty' | 'named' | undefined;
  /**
   * Whether each WSDL imports its schema from an address of its own (`?xsd=1`), or has it within.
   *
   * @defaultValue those of contacts and orders do, the others do not
   */
  readonly importsSchemas?: boolean | undefined;
  /**
   * The parameters of operations, in their order, by operation: of methods of your own, which else take
   * whatever they are sent, or of the emulator's, where you know better. The type of each is a builtin
   * one of XML Schema (`string`, `boolean`, `int`, `long`, `decimal`, `dateTime`, `date`,
   * `base64Binary`) or one that the WSDLs name, with `!` if it must be there, `*` if it may be
   * repeated, `~` if it may be nil.
   *
   * @example
   * ```ts
   * { 'CatalogService.getSeats': { requestId: 'long~', areaIds: 'long*', code: 'string!' } }
   * ```
   */
  readonly parameters?: Readonly<Record<string, Elements>> | undefined;
  /**
   * The scheme and the host of the address that a WSDL gives for its service, for instance
   * `https://mosa.ws.secutix.com`.
   *
   * @defaultValue those with which the WSDL was asked for
   */
  readonly addressOrigin?: string | undefined;
}

/** The names of all options. */
export const soapEmulatorOptionNames = [
  ...emulatorOptionNames,
  'username',
  'password',
  'security',
  'authenticationFault',
  'soapAction',
  'importsSchemas',
  'parameters',
  'addressOrigin',
] as const satisfies readonly (keyof SecutixSoapEmulatorOptions)[];
