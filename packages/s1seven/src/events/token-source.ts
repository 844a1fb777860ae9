import { asVendorError, type Deadline, type VendorError } from '@vendorkit/core';
import type { AccessToken } from '../token.ts';
import { isPassing } from './connection-failure.ts';
import type { Login } from './login.ts';

/** Gives the token for each login, and decides what it means if there is none. */
export class TokenSource {
  readonly #login: Login;
  readonly #warn: (warning: string, message: string) => void;
  #hasWarned = false;

  constructor(login: Login, warn: (warning: string, message: string) => void) {
    this.#login = login;
    this.#warn = warn;
  }

  /**
   * @param wasReady - Whether the stream was connected before, so that its options are right.
   * @returns A token, or why there is none now: to be tried again.
   * @throws VendorError, if trying again has no use.
   */
  async next(deadline: Deadline, wasReady: boolean): Promise<AccessToken | VendorError> {
    try {
      const token = await this.#login.token(deadline);
      this.#hasWarned = false;
      return token;
    } catch (thrown) {
      const error = asVendorError(thrown, 'CONNECTION');
      if (!(wasReady ? this.#mayMend(error) : isPassing(error))) throw error;
      if (wasReady) this.#warnOnce(error);
      return error;
    }
  }

  /**
   * Where a token comes from may be down when the broker is, and a function of the caller's may fail
   * as it likes. There is nothing to wait for if the vendor refuses the credentials, or if the broker
   * refused the token and the vendor gives no other one.
   */
  #mayMend({ code, vendor, field }: VendorError): boolean {
    if (code === 'TOKEN_ALLOWANCE_EXCEEDED') return !this.#login.isRefused;
    if (code === 'UNAUTHENTICATED') return vendor !== 's1seven' || field === 'accessToken';
    return code !== 'CLOSED' && code !== 'ABORTED';
  }

  #warnOnce({ code, message }: VendorError): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const text = `There is no access token to connect with again (${code}: ${message}) It is tried again, until there is one.`;
    this.#warn('events-token-failed', text);
  }
}
