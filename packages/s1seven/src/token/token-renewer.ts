import { VendorError, type Deadline, type FetchedToken, type FetchReason } from '@vendorkit/core';
import type { TokenContext } from '../token.ts';
import { allowanceEndOf, allowanceError, mayHaveCostOne } from './allowance.ts';
import { LostTokens } from './lost-tokens.ts';
import { decideRenewal, historyOf, notRenewableBefore, renewableAtMs } from './renewal.ts';
import { attributesOf, endOf, isAheadOfTime, isAlive } from './token-life.ts';
import { readTokenResponse, type TokenResponse } from './token-response.ts';

/** What an application proves itself with. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Asks for tokens, as rarely as the vendor wants to be asked. */
export class TokenRenewer {
  readonly #credentials: ClientCredentials;
  readonly #context: Pick<TokenContext, 'clock' | 'request'>;
  readonly #lost = new LostTokens();

  constructor(credentials: ClientCredentials, context: Pick<TokenContext, 'clock' | 'request'>) {
    this.#credentials = credentials;
    this.#context = context;
  }

  /**
   * A token in place of the previous one: another, or, if there is none to be had while the previous
   * one lives, that one again.
   *
   * @throws VendorError `TOKEN_ALLOWANCE_EXCEEDED` with `retryAt`; what the request failed with, or
   * `INVALID_RESPONSE`, with `retryAt` if it may have cost a token.
   */
  async renew(deadline: Deadline, reason: FetchReason): Promise<FetchedToken> {
    const { previous } = reason;
    const nowMs = this.#context.clock.now();
    const renewal = decideRenewal(reason, nowMs);
    if (renewal === 'ask' || previous === undefined) return this.#ask(deadline, reason);
    if (renewal === 'wait') throw allowanceError(renewableAtMs(previous));
    return previous;
  }

  async #ask(deadline: Deadline, reason: FetchReason): Promise<FetchedToken> {
    let response: TokenResponse;
    try {
      response = await this.#request(deadline);
    } catch (error) {
      if (!VendorError.is(error)) throw error;
      return this.#refused(error, reason);
    }
    this.#lost.reset();
    return this.#accept(response, reason);
  }

  async #request(deadline: Deadline): Promise<TokenResponse> {
    const { clock, request } = this.#context;
    const answer = await request({ ...this.#credentials }, deadline);
    return readTokenResponse(answer, clock.now());
  }

  #refused(error: VendorError, reason: FetchReason): FetchedToken {
    const nowMs = this.#context.clock.now();
    const retryAtMs = allowanceEndOf(error, reason.previous, nowMs);
    if (retryAtMs !== undefined) return keep(reason, allowanceError(retryAtMs, error), nowMs);
    throw mayHaveCostOne(error) ? this.#lost.add(error, nowMs) : error;
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
    return keep(reason, allowanceError(previous.expiresAtMs ?? expiresAtMs), nowMs);
  }
}

/** The vendor gives no other token for now: the previous one has to do, if it can. */
function keep(reason: FetchReason, error: VendorError, nowMs: number): FetchedToken {
  const { previous } = reason;
  if (previous === undefined || !canStay(reason, nowMs)) throw error;
  return notRenewableBefore(previous, error.retryAt?.getTime() ?? nowMs);
}

/**
 * Whether a fetch may end with the previous token. One that is asked for ahead of time may not: then
 * the token is in use anyway, and whoever waits for another one is to hear that there is none.
 */
function canStay({ previous, isRefused }: FetchReason, nowMs: number): boolean {
  if (previous === undefined || !isAlive(previous, nowMs)) return false;
  return isRefused || !isAheadOfTime(previous, nowMs);
}
