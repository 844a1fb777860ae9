import type { Clock, Deadline, TokenStore, VendorError } from '@vendorkit/core';
import type { Mode } from './operation-caller.ts';
import { clientCredentialTokens } from './token/client-credentials.ts';
import { givenToken } from './token/given-token.ts';
import { providedTokens } from './token/provided-tokens.ts';

/** A token, with what is known of whom it is for. */
export interface AccessToken {
  readonly token: string;
  /**
   * When the vendor gave it to this application, in milliseconds since the Unix epoch; absent if the
   * caller gave it, who may have had it for long.
   */
  readonly obtainedAtMs?: number | undefined;
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
   * background. For connections that live as long as their token. It rejects if the renewal fails,
   * though `get` may still give the old token.
   */
  getRenewed(deadline: Deadline): Promise<AccessToken>;
  /** A token that is in hand and may be used now. Asking costs no request, and waits for nothing. */
  held(): AccessToken | undefined;
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
  /**
   * Drops the token here and in the store, because the client's own secret was replaced.
   *
   * @param clientSecret - The new secret, with which the next token is asked for.
   */
  forget(clientSecret?: string): Promise<void>;
  /** Ends the function that is being asked for a token, or awaits the request for one. */
  close(): Promise<void>;
}

/**
 * Gives an access token that the caller gets by other means. It may answer at once or with a promise.
 *
 * It is asked once, however many calls need a token, and again when the token is about to end (a day
 * after it came, if it does not tell), or, with `refused: true`, after a 401.
 */
export type AccessTokenProvider = (context: {
  /** Whether the vendor refused the token that was given last. */
  readonly refused: boolean;
}) => string | Promise<string>;

/** What a client proves itself with. */
export type Credentials =
  | { readonly clientId: string; readonly clientSecret: string }
  | { readonly accessToken: string | AccessTokenProvider };

/** What access tokens need of their client. */
export interface TokenContext {
  readonly clock: Clock;
  /** Whose token it is, for the store: everything that tells one application from another. */
  readonly key: string;
  /**
   * Where the token is kept. `file` is a private file in the user's cache folder, `memory` is one store
   * for the process.
   */
  readonly store: 'memory' | 'file' | TokenStore;
  /** Sends `POST /tokens`, once, and resolves to its decoded answer. */
  readonly request: (
    body: { readonly clientId: string; readonly clientSecret: string },
    deadline: Deadline,
  ) => Promise<unknown>;
  /** Tells the caller something that fails nothing. */
  readonly warn: (warning: string, message: string) => void;
  /** Tells what must appear nowhere. */
  readonly addSecret: (token: string) => void;
}

/**
 * The access tokens of one client.
 *
 * @throws VendorError `CONFIGURATION` if the token that was given is none.
 */
export function createAccessTokens(credentials: Credentials, context: TokenContext): AccessTokens {
  if ('clientId' in credentials) return clientCredentialTokens(credentials, context);
  const { accessToken } = credentials;
  return typeof accessToken === 'function'
    ? providedTokens(accessToken, context)
    : givenToken(accessToken, context);
}
