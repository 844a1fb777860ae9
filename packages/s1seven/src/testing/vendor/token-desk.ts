import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '@vendorkit/core';
import { VendorProblem } from './problem.ts';
import type { ApplicationRecord, CompanyRecord, UserRecord } from './records.ts';

/** How tokens are given out. */
export interface TokenRules {
  readonly clock: Clock;
  /** How long a token is valid, in milliseconds. */
  readonly lifetimeMs: number;
  /** Whether a token is a random text instead of a JWT. */
  readonly isOpaque: boolean;
  /** Whether one regeneration a day and application is the limit. */
  readonly isRationed: boolean;
}

/** Whom a token was given to. */
export interface TokenHolder {
  readonly kind: 'application' | 'user';
  readonly id: string;
}

interface Issued extends TokenHolder {
  readonly expiresAt: number;
}

const dayMs = 86_400_000;

/** Gives out access tokens, and knows those that it gave. */
export class TokenDesk {
  readonly #rules: TokenRules;
  readonly #key = randomBytes(32);
  readonly #issued = new Map<string, Issued>();
  readonly #regeneratedAt = new Map<string, number>();
  #refusals = 0;

  constructor(rules: TokenRules) {
    this.#rules = rules;
  }

  /** How many tokens were given out so far. */
  get issuedCount(): number {
    return this.#issued.size;
  }

  /** How many regenerations were refused so far. */
  get refusals(): number {
    return this.#refusals;
  }

  /**
   * A token for an application. While an earlier one is valid this is a regeneration, of which there is
   * one a day. What the vendor counts as one, and that it refuses with 429, is assumed.
   *
   * @throws VendorProblem 429 with `Retry-After`.
   */
  issueToApplication(application: ApplicationRecord, company: CompanyRecord): string {
    this.#ration(application.id);
    return this.#issue(
      { kind: 'application', id: application.id },
      {
        company: { id: company.id, vatId: company.vatId },
        sub: application.id,
        scopes: application.scopes,
        mode: application.mode,
      },
    );
  }

  /** A token as the vendor's user interface shows it. */
  issueToUser(user: UserRecord): string {
    const { id, username, email } = user;
    return this.#issue({ kind: 'user', id }, { user: { id, username, email }, sub: id });
  }

  /** Whom a token was given to, if it is valid now. */
  holderOf(token: string): TokenHolder | undefined {
    const issued = this.#issued.get(token);
    return issued !== undefined && this.#isValid(issued) ? issued : undefined;
  }

  /** When a token ends, in milliseconds since the Unix epoch. */
  expiryOf(token: string): number | undefined {
    return this.#issued.get(token)?.expiresAt;
  }

  /** Invalidates the tokens of an application or a user; the next one is no regeneration. */
  revoke(id: string): void {
    for (const [token, issued] of this.#issued) {
      if (issued.id === id) this.#issued.set(token, { ...issued, expiresAt: 0 });
    }
  }

  #ration(id: string): void {
    const { clock, isRationed } = this.#rules;
    const isRegeneration = [...this.#issued.values()].some(
      (issued) => issued.id === id && this.#isValid(issued),
    );
    if (!isRationed || !isRegeneration) return;
    const againAt = (this.#regeneratedAt.get(id) ?? Number.NEGATIVE_INFINITY) + dayMs;
    if (clock.now() < againAt) {
      this.#refusals += 1;
      const seconds = Math.ceil((againAt - clock.now()) / 1_000);
      throw new VendorProblem(429, 'One token can be regenerated a day for each application.', {
        headers: { 'retry-after': String(seconds) },
      });
    }
    this.#regeneratedAt.set(id, clock.now());
  }

  #issue(holder: TokenHolder, claims: Readonly<Record<string, unknown>>): string {
    const { clock, lifetimeMs, isOpaque } = this.#rules;
    const iat = Math.floor(clock.now() / 1_000);
    const exp = Math.ceil((clock.now() + lifetimeMs) / 1_000);
    const common = { iat, exp, iss: 'user-service', aud: 's1seven', jti: randomUUID() };
    const token = isOpaque
      ? randomBytes(32).toString('base64url')
      : this.#sign({ ...claims, ...common });
    const expiresAt = isOpaque ? clock.now() + lifetimeMs : exp * 1_000;
    this.#issued.set(token, { ...holder, expiresAt });
    return token;
  }

  #isValid({ expiresAt }: Issued): boolean {
    return this.#rules.clock.now() < expiresAt;
  }

  /** RFC 7519 with HS256. */
  #sign(claims: Readonly<Record<string, unknown>>): string {
    const signed = [{ alg: 'HS256', typ: 'JWT' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${createHmac('sha256', this.#key).update(signed).digest('base64url')}`;
  }
}
