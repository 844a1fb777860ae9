import { createSecretKey, type KeyObject } from 'node:crypto';
import { planSignature, type SignContext } from '@vendorkit/core';
import jwt from 'jsonwebtoken';
import type { TimestampUnit } from './options.ts';

/** Who signs, and how a token tells the time. */
export interface TokenIdentity {
  readonly institution: string;
  readonly operator: string;
  readonly partner: string;
  readonly timestampUnit: TimestampUnit;
  readonly tokenLifetimeSeconds: number;
}

/** Forges the tokens of one client (SecuTix REST 4.1.1). */
export class TokenForge {
  readonly #key: KeyObject;
  readonly #claims: { readonly sub: string; readonly aud: string; readonly iss: string };
  readonly #unit: TimestampUnit;
  readonly #lifetimeSeconds: number;

  constructor(identity: TokenIdentity, secret: Buffer) {
    this.#key = createSecretKey(secret);
    const { institution, operator, partner, timestampUnit, tokenLifetimeSeconds } = identity;
    this.#claims = { sub: institution, aud: operator, iss: partner };
    this.#unit = timestampUnit;
    this.#lifetimeSeconds = tokenLifetimeSeconds;
  }

  /**
   * A token that will be less than a second old when it arrives, and that never lies in the vendor's
   * future. Near the end of a second it waits for the next, since `iat` in seconds is born as old as
   * the second is.
   */
  async fresh({
    serverClock,
    deadline,
  }: SignContext): Promise<{ token: string; issuedAtMs: number }> {
    for (;;) {
      const moment = serverClock.window();
      const { issuedAtSeconds, waitMs } = planSignature(moment);
      const issuedAtMs =
        this.#unit === 'ms' ? Math.floor(moment.earliestMs) : issuedAtSeconds * 1000;
      if (this.#unit === 'ms' || waitMs === 0) return { token: this.forge(issuedAtMs), issuedAtMs };
      // A call that has no time for that is better off with a token that may be refused than with none.
      if (waitMs >= deadline.remainingMs()) return this.#hasty(moment.earliestMs);
      await deadline.sleep(waitMs);
    }
  }

  #hasty(nowMs: number): { token: string; issuedAtMs: number } {
    const issuedAtMs = Math.floor(nowMs / 1000) * 1000;
    return { token: this.forge(issuedAtMs), issuedAtMs };
  }

  /** The token of a moment, given in milliseconds since the Unix epoch. */
  forge(issuedAtMs: number): string {
    const isMs = this.#unit === 'ms';
    const iat = isMs ? issuedAtMs : Math.floor(issuedAtMs / 1000);
    const exp = iat + this.#lifetimeSeconds * (isMs ? 1000 : 1);
    return jwt.sign({ ...this.#claims, iat, exp }, this.#key, { algorithm: 'HS256' });
  }
}
