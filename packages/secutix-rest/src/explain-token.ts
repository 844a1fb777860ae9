import { isPlainObject } from '@vendorkit/core';
import type { TimestampUnit } from './options.ts';

/** What a token says, and what the vendor would say to it. */
export interface TokenExplanation {
  /** The token's header; `undefined` if it cannot be read. */
  readonly header: Readonly<Record<string, unknown>> | undefined;
  /** The token's claims; `undefined` if they cannot be read. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** How old the token is, in milliseconds; negative if it lies in the future. */
  readonly ageMs: number | undefined;
  /** From `iat` to `exp`, in milliseconds. */
  readonly lifetimeMs: number | undefined;
  /** Why the vendor would refuse it, a sentence each; empty if nothing is wrong that can be seen. */
  readonly problems: readonly string[];
}

/** What a token is compared with. */
export interface TokenExpectation {
  /** The expected `sub`. */
  institution?: string | undefined;
  /** The expected `aud`. */
  operator?: string | undefined;
  /** The expected `iss`. */
  partner?: string | undefined;
  /**
   * The unit of `iat` and `exp`.
   * @defaultValue 's'
   */
  timestampUnit?: TimestampUnit | undefined;
  /**
   * The moment at which the token arrives, in milliseconds since the Unix epoch.
   * @defaultValue now
   */
  nowMs?: number | undefined;
}

/** The longest age and lifetime that the vendor accepts, in milliseconds (SecuTix REST 4.1.1). */
const longestAgeMs = 1_000;
const longestLifetimeMs = 30_000;

/**
 * Tells a token's claims, age and lifetime, and why SecuTix would refuse it. The signature is not
 * checked, and nothing is thrown.
 *
 * @param token - The token, without `Bearer`.
 * @param expected - What it is compared with. A claim without an expected value need only be there.
 *
 * @example
 * ```ts
 * explainToken(token, { operator: 'MOSA_B2C' }).problems; // ['It is 4096 ms old; it must …']
 * ```
 */
export function explainToken(token: unknown, expected: TokenExpectation = {}): TokenExplanation {
  const header = readPart(token, 0);
  const claims = readPart(token, 1);
  if (header === undefined || claims === undefined) {
    const problems = ['It is not a JSON Web Token: three parts, the first two base64url of JSON.'];
    return { header, claims, ageMs: undefined, lifetimeMs: undefined, problems };
  }
  const scale = expected.timestampUnit === 'ms' ? 1 : 1000;
  const issuedAtMs = milliseconds(claims['iat'], scale);
  const expiresAtMs = milliseconds(claims['exp'], scale);
  const { nowMs = Date.now() } = expected;
  const ageMs = issuedAtMs === undefined ? undefined : nowMs - issuedAtMs;
  const lifetimeMs =
    issuedAtMs === undefined || expiresAtMs === undefined ? undefined : expiresAtMs - issuedAtMs;
  const problems = [
    ...headerProblems(header),
    ...identityProblems(claims, expected),
    ...timeProblems({ ageMs, lifetimeMs, scale, claims }),
  ];
  return { header, claims, ageMs, lifetimeMs, problems };
}

/** The claims of a token, unverified; `undefined` if they cannot be read. */
export function readClaims(token: unknown): Readonly<Record<string, unknown>> | undefined {
  return readPart(token, 1);
}

function headerProblems(header: Readonly<Record<string, unknown>>): string[] {
  const problems = [];
  if (header['alg'] !== 'HS256') problems.push('Its `alg` is not HS256.');
  if (header['typ'] !== 'JWT') problems.push('Its `typ` is not JWT.');
  return problems;
}

function identityProblems(
  claims: Readonly<Record<string, unknown>>,
  { institution, operator, partner }: TokenExpectation,
): string[] {
  const pairs = [
    ['sub', institution, 'institution'],
    ['aud', operator, 'operator'],
    ['iss', partner, 'partner'],
  ] as const;
  return pairs
    .filter(([claim, value]) =>
      value === undefined ? typeof claims[claim] !== 'string' : claims[claim] !== value,
    )
    .map(([claim, , name]) => `Its \`${claim}\` is not the ${name}.`);
}

function timeProblems(times: {
  ageMs: number | undefined;
  lifetimeMs: number | undefined;
  scale: number;
  claims: Readonly<Record<string, unknown>>;
}): string[] {
  const { ageMs, lifetimeMs, scale, claims } = times;
  if (ageMs === undefined) return ['Its `iat` is missing or not a number.'];
  if (isOtherUnit(claims['iat'], scale)) {
    return [
      `Its times are in ${scale === 1 ? 'seconds' : 'milliseconds'}, but ${scale === 1 ? 'milliseconds' : 'seconds'} are expected.`,
    ];
  }
  const problems = [];
  if (ageMs < 0) problems.push(`It lies ${-ageMs} ms in the future.`);
  if (ageMs >= longestAgeMs)
    problems.push(`It is ${ageMs} ms old; it must arrive within a second.`);
  if (lifetimeMs === undefined) problems.push('Its `exp` is missing or not a number.');
  else if (lifetimeMs > longestLifetimeMs)
    problems.push(`It lives for ${lifetimeMs} ms; 30 seconds are allowed.`);
  else if (ageMs >= lifetimeMs) problems.push('It has expired.');
  return problems;
}

/** Seconds since 1970 have ten digits until 2286, milliseconds have thirteen. */
function isOtherUnit(issuedAt: unknown, scale: number): boolean {
  if (typeof issuedAt !== 'number') return false;
  return scale === 1 ? issuedAt < 1e11 : issuedAt >= 1e11;
}

function milliseconds(claim: unknown, scale: number): number | undefined {
  return typeof claim === 'number' && Number.isFinite(claim) ? claim * scale : undefined;
}

function readPart(token: unknown, index: number): Readonly<Record<string, unknown>> | undefined {
  if (typeof token !== 'string') return undefined;
  const parts = token.replace(/^Bearer /i, '').split('.');
  const part = parts[index];
  if (parts.length !== 3 || part === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isPlainObject(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
