import { VendorError, type Deadline, type FetchedToken, type FetchReason } from '@vendorkit/core';
import type { TokenContext } from '../token.ts';
import { allowanceEndOf, allowanceError } from './allowance.ts';
import { decideRenewal, historyOf, notRenewableBefore, renewableAtMs } from './renewal.ts';
import { attributesOf, endOf, isAheadOfTime, isAlive } from './token-life.ts';
import { readTokenResponse, type TokenResponse } from './token-response.ts';

/** What an application proves itself with. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * A vendor that has refused to give a token is asked again after this at the latest, in milliseconds:
 * when it would give one is inferred, and may be wrong.
 */
const longestPauseMs = 15 * 60_000;

/** Asks for tokens, as rarely as the vendor wants to be asked. */
export class TokenRenewer {
  readonly #credentials: ClientCredentials;
  readonly #context: Pick<TokenContext, 'clock' | 'request'>;
  #pause: { readonly error: VendorError; readonly endsAtMs: number } | undefined;

  constructor(credentials: ClientCredentials, context: Pick<TokenContext, 'clock' | 'request'>) {
    this.#credentials = credentials;
    this.#context = context;
  }

  /**
   * A token in place of the previous one: another, or, if there is none to be had while the previous
   * one lives, that one again.
   *
   * @throws VendorError `TOKEN_ALLOWANCE_EXCEEDED` with `retryAt`; what the request failed with;
   * `INVALID_RESPONSE`.
   */
  async renew(deadline: Deadline, reason: FetchReason): Promise<FetchedToken> {
    const { previous } = reason;
    const nowMs = this.#context.clock.now();
    const renewal = decideRenewal(reason, nowMs);
    if (renewal === 'ask' || previous === undefined) return this.#ask(deadline, reason);
    if (renewal === 'wait') throw allowanceError(renewableAtMs(previous));
    return previous;
  }

  /** The application has a new secret: what was refused before counts no more. */
  forget(): void {
    this.#pause = undefined;
  }

  async #ask(deadline: Deadline, reason: FetchReason): Promise<FetchedToken> {
    const { clock, request } = this.#context;
    if (!canStay(reason, clock.now())) this.#checkPause();
    try {
      const answer = await request({ ...this.#credentials }, deadline);
      return this.#accept(readTokenResponse(answer, clock.now()), reason);
    } catch (error) {
      if (!VendorError.is(error)) throw error;
      const retryAtMs = allowanceEndOf(error, reason.previous, clock.now());
      if (retryAtMs === undefined) throw error;
      return this.#keep(reason, allowanceError(retryAtMs, error), retryAtMs);
    }
  }

  /** That the same token may come again while it lives, the vendor's client of 2023 reckons with. */
  #accept(response: TokenResponse, reason: FetchReason): FetchedToken {
    const nowMs = this.#context.clock.now();
    const { previous, isRefused } = reason;
    const attributes = { ...attributesOf(response), ...historyOf(reason, nowMs) };
    const expiresAtMs = endOf(response, nowMs);
    if (previous?.token !== response.token || !isAlive(previous, nowMs)) {
      return { token: response.token, expiresAtMs, attributes };
    }
    if (isRefused) return { ...previous, attributes: { ...previous.attributes, ...attributes } };
    const endsAtMs = previous.expiresAtMs ?? expiresAtMs;
    return this.#keep(reason, allowanceError(endsAtMs), endsAtMs);
  }

  /** The vendor gives no other token for now: the previous one has to do, if it can. */
  #keep(reason: FetchReason, error: VendorError, retryAtMs: number): FetchedToken {
    const { previous } = reason;
    const nowMs = this.#context.clock.now();
    if (previous !== undefined && canStay(reason, nowMs)) {
      return notRenewableBefore(previous, retryAtMs);
    }
    if (previous === undefined || !isAlive(previous, nowMs)) {
      this.#pause = { error, endsAtMs: Math.min(retryAtMs, nowMs + longestPauseMs) };
    }
    throw error;
  }

  #checkPause(): void {
    const { error, endsAtMs = 0 } = this.#pause ?? {};
    if (error !== undefined && this.#context.clock.now() < endsAtMs) throw error;
  }
}

/**
 * Whether a fetch may end with the previous token. One that is asked for ahead of time may not: then
 * the token is in use anyway, and whoever waits for another one is to hear that there is none.
 */
function canStay({ previous, isRefused }: FetchReason, nowMs: number): boolean {
  if (previous === undefined || !isAlive(previous, nowMs)) return false;
  return isRefused || !isAheadOfTime(previous, nowMs);
}
