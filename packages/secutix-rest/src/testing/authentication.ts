import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { isPlainObject } from '@vendorkit/core';
import type { CallParameters } from '@vendorkit/secutix-shared/museum';

/** Who may call the emulator. */
export interface Credentials {
  /** The institution's code: the token's `sub`. */
  readonly institution: string;
  /** The virtual operator: the token's `aud`. */
  readonly operator: string;
  /** The partner's name: the token's `iss`. */
  readonly partner: string;
  /** The shared secret, as UTF-8 text. */
  readonly secret: string;
}

/** What the emulator asks of tokens. */
export interface AuthenticationOptions {
  readonly credentials: Credentials;
  /** The unit of `iat` and `exp`. */
  readonly timestampUnit: 's' | 'ms';
  /** How long a token of the auth endpoint holds, in milliseconds. */
  readonly issuedTokenLifetimeMs: number;
}

/** A token is too old when it is this old on arrival (SecuTix REST 4.1.1). */
const longestAgeMs = 1_000;
/** A token may expire this long after it was issued (SecuTix REST 4.1.1). */
const longestLifetimeMs = 30_000;

/** Checks the bearer tokens of requests, and issues tokens as the auth endpoint does. */
export class Authentication {
  readonly #options: AuthenticationOptions;
  readonly #issued = new Map<string, number>();
  readonly #agesMs: number[] = [];

  constructor(options: AuthenticationOptions) {
    this.#options = options;
  }

  /**
   * How old each correctly signed token was on arrival, in milliseconds; negative if its `iat` lay in
   * the future.
   */
  get agesMs(): readonly number[] {
    return this.#agesMs;
  }

  /**
   * What is wrong with a request's `Authorization` header, or `undefined` if nothing is.
   *
   * @param nowMs - The emulator's clock when the request arrived.
   */
  problem(authorization: string | undefined, nowMs: number): string | undefined {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'There is no bearer token.';
    const expiresAtMs = this.#issued.get(token);
    if (expiresAtMs !== undefined)
      return nowMs < expiresAtMs ? undefined : 'The token has expired.';
    const claims = verifiedClaims(token, this.#options.credentials.secret);
    if (typeof claims === 'string') return claims;
    const unitMs = this.#options.timestampUnit === 's' ? 1_000 : 1;
    this.#agesMs.push(nowMs - Number(claims['iat']) * unitMs);
    return partyProblem(claims, this.#options.credentials) ?? timeProblem(claims, unitMs, nowMs);
  }

  /** A token for whoever knows the secret, or `undefined`. Seen in public clients only. */
  issue(parameters: CallParameters, nowMs: number): string | undefined {
    const { institution, operator, partner, secret } = this.#options.credentials;
    const knows =
      parameters['operator'] === operator &&
      parameters['partner'] === partner &&
      typeof parameters['secret'] === 'string' &&
      sameText(parameters['secret'], secret);
    if (!knows) return undefined;
    const claims = { sub: institution, aud: operator, iss: partner, jti: randomUUID() };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    const token = `${signed}.${signature(signed, secret).toString('base64url')}`;
    this.#issued.set(token, nowMs + this.#options.issuedTokenLifetimeMs);
    return token;
  }
}

/** The claims of a token that this secret has signed, or what is wrong with the token. */
function verifiedClaims(token: string, secret: string): CallParameters | string {
  const [header, claims, given, ...more] = token.split('.');
  if (header === undefined || claims === undefined || given === undefined || more.length > 0) {
    return 'The token does not have three parts.';
  }
  const { alg, typ } = decode(header) ?? {};
  if (alg !== 'HS256') return 'The token is not signed with HS256.';
  if (typ !== 'JWT') return 'The token is not of the type JWT.';
  if (!sameText(given, signature(`${header}.${claims}`, secret).toString('base64url'))) {
    return 'The signature is wrong.';
  }
  return decode(claims) ?? 'The claims are not a JSON object.';
}

function partyProblem(claims: CallParameters, credentials: Credentials): string | undefined {
  if (claims['sub'] !== credentials.institution) return '`sub` is not the institution.';
  if (claims['aud'] !== credentials.operator) return '`aud` is not the virtual operator.';
  if (claims['iss'] !== credentials.partner) return '`iss` is not the partner.';
  return undefined;
}

function timeProblem(claims: CallParameters, unitMs: number, nowMs: number): string | undefined {
  const { iat, exp } = claims;
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) {
    return '`iat` and `exp` are not both integers.';
  }
  const [issuedAtMs, expiresAtMs] = [Number(iat) * unitMs, Number(exp) * unitMs];
  const ageMs = nowMs - issuedAtMs;
  if (ageMs < 0) return `\`iat\` lies ${-ageMs} ms in the future.`;
  if (ageMs >= longestAgeMs) return `The token is ${ageMs} ms old; it must be less than 1000 ms.`;
  if (expiresAtMs - issuedAtMs > longestLifetimeMs) return 'The token holds for more than 30 s.';
  if (expiresAtMs <= nowMs) return 'The token has expired.';
  return undefined;
}

function signature(signed: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(signed).digest();
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): CallParameters | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Compares in a time that does not depend on where the texts differ. */
function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
