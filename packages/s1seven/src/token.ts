import type { Deadline, VendorError } from '@vendorkit/core';
import type { Mode } from './operation-caller.ts';

/** A token, with what is known of whom it is for. */
export interface AccessToken {
  readonly token: string;
  /** When it ends, in milliseconds since the Unix epoch; absent if that is not known. */
  readonly expiresAtMs?: number | undefined;
  /** The company that owns the token's application. */
  readonly companyId?: string | undefined;
  /** The mode of the token's application. */
  readonly mode?: Mode | undefined;
}

/** Where the client's access tokens come from. */
export interface AccessTokens {
  /** A token that may be used now. One request to the vendor, however many wait. */
  get(deadline: Deadline): Promise<AccessToken>;
  /**
   * A token that is not about to end: waits for its renewal, which `get` would leave to the
   * background. For connections that live as long as their token.
   */
  getRenewed(deadline: Deadline): Promise<AccessToken>;
  /**
   * Says that the vendor refused this token (401, or a refused MQTT login).
   *
   * @returns Whether the next `get` may give another one. If not, see {@link AccessTokens.refusal}.
   */
  refuse(token: string): boolean;
  /**
   * Why no other token can be had in place of this one: `TOKEN_ALLOWANCE_EXCEEDED` with `retryAt` if
   * it was renewed by force within a day already; `undefined` if one can.
   */
  refusal(token: string): VendorError | undefined;
  /** Drops the token here and in the store, because its secret has changed. */
  forget(): Promise<void>;
  close(): Promise<void>;
}
