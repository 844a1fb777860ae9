/**
 * One limit of a vendor's quota: at most `limit` calls in any `windowMs`, counted apart for each value
 * of a scope. Several rules may apply to one call; then all of them must have room.
 */
export interface QuotaRule {
  /** The scope that is counted: one of the names that the vendor package gives, say `service`. */
  key: string;
  /** How many calls the vendor allows in one window: 1 to 1,000,000. */
  limit: number;
  /** The length of the window in milliseconds: up to 31 days. */
  windowMs: number;
  /** Counts only the calls whose scope has exactly this value, for instance one method. */
  value?: string;
  /**
   * Whether asking again after a long-running operation counts like a call of its own.
   * @defaultValue true
   */
  polls?: boolean;
}

/** Who goes first when several calls wait for the same quota: `interactive`, then `batch`. */
export type Priority = 'interactive' | 'batch';

/** What is wrong with a list of rules, and where. */
export interface RuleProblem {
  /** The way to the wrong value from the list on, for instance `[0].limit`. Empty for the list. */
  path: string;
  /** What is expected, without the value that was found. */
  message: string;
}

const highestLimit = 1_000_000;
const longestWindowMs = 31 * 24 * 60 * 60 * 1000;

const members: readonly string[] = ['key', 'limit', 'windowMs', 'value', 'polls'];

/**
 * Looks for the first mistake in a list of rules that a caller wrote.
 *
 * @param scopes - The scopes that the vendor package knows; any name will do if absent.
 * @returns `undefined` if the list is right.
 */
export function validateRules(rules: unknown, scopes?: readonly string[]): RuleProblem | undefined {
  if (!Array.isArray(rules)) return { path: '', message: 'Expected an array of quota rules' };
  const seen = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const problem = validateRule(rule, scopes) ?? validateUnseen(rule as QuotaRule, seen);
    if (problem) return { ...problem, path: `[${index}]${problem.path}` };
  }
  return undefined;
}

function validateRule(rule: unknown, scopes?: readonly string[]): RuleProblem | undefined {
  if (typeof rule !== 'object' || rule === null) {
    return { path: '', message: 'Expected a rule: { key, limit, windowMs }' };
  }
  const { key, limit, windowMs, value, polls } = rule as Record<keyof QuotaRule, unknown>;
  if (typeof key !== 'string' || key === '' || scopes?.includes(key) === false) {
    const names = scopes === undefined ? 'a vendor knows' : scopes.join(', ');
    return { path: '.key', message: `Expected one of the scopes ${names}` };
  }
  if (!isIntegerUpTo(highestLimit, limit)) {
    return { path: '.limit', message: `Expected an integer from 1 to ${highestLimit}` };
  }
  if (!isIntegerUpTo(longestWindowMs, windowMs)) {
    return { path: '.windowMs', message: 'Expected whole milliseconds, from 1 to 31 days' };
  }
  if (value !== undefined && (typeof value !== 'string' || value === '')) {
    return { path: '.value', message: 'Expected the value of a scope, or nothing' };
  }
  if (polls !== undefined && typeof polls !== 'boolean') {
    return { path: '.polls', message: 'Expected true, false, or nothing' };
  }
  const unknown = Object.keys(rule).find((name) => !members.includes(name));
  return unknown === undefined
    ? undefined
    : { path: `.${unknown}`, message: 'Not known in a rule' };
}

function validateUnseen(rule: QuotaRule, seen: Set<string>): RuleProblem | undefined {
  const identity = identifyRule(rule);
  if (seen.has(identity)) return { path: '', message: 'Says the same as a rule before it' };
  seen.add(identity);
  return undefined;
}

function isIntegerUpTo(highest: number, value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= highest;
}

/** Rules with the same identity count the same calls; only their limits may differ. */
export function identifyRule({ key, value, windowMs }: QuotaRule): string {
  return JSON.stringify([key, value ?? null, windowMs]);
}

/**
 * Several lists of rules that hold at once, as one list: of rules that count the same calls the lower
 * limit holds, and polls count if any of them counts polls.
 */
export function mergeRules(lists: Iterable<readonly QuotaRule[]>): QuotaRule[] {
  const merged = new Map<string, QuotaRule>();
  for (const rule of [...lists].flat()) {
    const identity = identifyRule(rule);
    const same = merged.get(identity) ?? rule;
    const limit = Math.min(same.limit, rule.limit);
    const polls = (same.polls ?? true) || (rule.polls ?? true);
    merged.set(identity, { ...rule, limit, polls });
  }
  return [...merged.values()];
}

/** The differences between the rules of a new client and those in force, in words for a person. */
export function describeConflicts(
  own: readonly QuotaRule[],
  inForce: readonly QuotaRule[],
): string[] {
  const others = new Map(inForce.map((rule) => [identifyRule(rule), rule]));
  const mine = new Map(own.map((rule) => [identifyRule(rule), rule]));
  const limits = own.flatMap((rule) => {
    const other = others.get(identifyRule(rule));
    return other && other.limit !== rule.limit ? [describeLimits(rule, other)] : [];
  });
  const onlyMine = own.filter((rule) => !others.has(identifyRule(rule)));
  const onlyTheirs = inForce.filter((rule) => !mine.has(identifyRule(rule)));
  return [...limits, ...[...onlyMine, ...onlyTheirs].map(describeExtra)];
}

function describeLimits(rule: QuotaRule, other: QuotaRule): string {
  const [lower, higher] = [rule.limit, other.limit].toSorted((one, two) => one - two);
  return `Clients of one account allow ${lower} and ${higher} calls in ${rule.windowMs} ms for ${describeScope(rule)}: ${lower} holds for all.`;
}

function describeExtra(rule: QuotaRule): string {
  return `Only some clients of one account allow ${rule.limit} calls in ${rule.windowMs} ms for ${describeScope(rule)}: it holds for all.`;
}

function describeScope({ key, value }: QuotaRule): string {
  return value === undefined ? `each ${key}` : `the ${key} ${value}`;
}
