import { refusedInput } from '../errors/validate.ts';
import type { Telemetry } from '../telemetry/channels.ts';
import type { Clock } from '../time/clock.ts';
import { Limiter, type QuotaLimiter, type QuotaPeek } from './limiter.ts';
import { sharedLimiter } from './registry.ts';
import { validateRules, type QuotaRule } from './rule.ts';
import { UsageCounter, type UsagePeek } from './usage.ts';

/** What is left of the quota, and what has been used of the month. */
export interface QuotaStatus extends QuotaPeek {
  /** What this process has used in the current month. */
  readonly usage: UsagePeek;
}

/** One client's part in the quota of its account. */
export interface ClientQuota {
  /** Grants the permits. */
  readonly limiter: QuotaLimiter;
  /** Counts what is used. */
  readonly usage: UsageCounter;
  /** Tells what is left. */
  peek(): QuotaStatus;
  /** Leaves the shared quota. What was used stays counted. */
  release(): void;
}

/** Finds the limiter that a client shares with all others of its account, or takes the caller's. */
export function joinQuota(options: {
  vendor: string;
  host: string;
  account: string;
  scopes: readonly string[];
  rules: readonly QuotaRule[];
  monthly?: { readonly calls: number; readonly bytes: number } | undefined;
  quota: readonly QuotaRule[] | QuotaLimiter | undefined;
  clock: Clock;
  telemetry: Telemetry;
}): ClientQuota {
  const { vendor, host, account, monthly, clock, telemetry } = options;
  const usage = new UsageCounter({ vendor, host, account }, () => clock.now());
  const { limiter, conflicts, release } = chooseLimiter(options);
  for (const message of conflicts) {
    telemetry.emit('warning', { vendor, warning: 'quota-rules-differ', message });
  }
  return {
    limiter,
    usage,
    release,
    peek: () => ({ ...limiter.peek(), usage: { ...usage.peek(), included: monthly } }),
  };
}

const unshared = { conflicts: [], release: () => undefined };

function chooseLimiter(options: Parameters<typeof joinQuota>[0]): {
  limiter: QuotaLimiter;
  conflicts: readonly string[];
  release: () => void;
} {
  const { vendor, host, account, scopes, clock } = options;
  const quota = options.quota ?? options.rules;
  if (!isRuleList(quota)) return { limiter: knownScopes(quota, scopes), ...unshared };
  if (quota.length === 0) return { limiter: new Limiter([], { clock }), ...unshared };
  const problem = validateRules(quota, scopes);
  if (problem) throw refusedInput('CONFIGURATION', `quota${problem.path}`, problem.message);
  return sharedLimiter({ vendor, host, account, rules: quota, clock });
}

/** A rule for a scope that the vendor does not have would limit nothing, and nobody would notice. */
function knownScopes(limiter: QuotaLimiter, scopes: readonly string[]): QuotaLimiter {
  const strange = limiter.peek().rules.find(({ key }) => !scopes.includes(key));
  if (strange === undefined) return limiter;
  const expected = `Expected rules for the scopes ${scopes.join(', ')}`;
  throw refusedInput('CONFIGURATION', 'quota', expected);
}

function isRuleList(quota: readonly QuotaRule[] | QuotaLimiter): quota is readonly QuotaRule[] {
  return Array.isArray(quota);
}
