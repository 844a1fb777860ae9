import { createHash } from 'node:crypto';
import { isSystemClock, type Clock } from '../time/clock.ts';
import { Limiter, type QuotaLimiter } from './limiter.ts';
import { describeConflicts, mergeRules, type QuotaRule } from './rule.ts';

/** What one copy of this package must know of a limiter that another copy may have made. */
interface HubLimiter extends QuotaLimiter {
  replaceRules(rules: readonly QuotaRule[]): void;
  isIdle(): boolean;
}

/** The quota of one account. */
interface Account {
  readonly limiter: HubLimiter;
  /** The rules of each client that is open. */
  readonly registrations: Set<readonly QuotaRule[]>;
  /** The differences that were told already. */
  readonly told: Set<string>;
}

/**
 * What all copies of this package in a process share. Its shape is a contract with copies of other
 * versions: a change of it needs another symbol.
 */
interface Hub {
  /** By the hash of vendor, host and account. */
  readonly accounts: Map<string, Account>;
  /** The same for each clock that is not the computer's own. */
  readonly accountsByClock: WeakMap<Clock, Map<string, Account>>;
}

const hubKey: unique symbol = Symbol.for('vendorkit.hub@1');

/** Where one client finds the quota that it shares. */
export interface SharedLimiter {
  /** The limiter of the account, made by this copy of the package or by another. */
  readonly limiter: QuotaLimiter;
  /** How the client's rules differ from those of others, in words for a person; each told once. */
  readonly conflicts: string[];
  /**
   * The client is closed: its rules hold no more. What was used stays counted until it is over, so that
   * a new client made at once respects it.
   */
  readonly release: () => void;
}

/**
 * Finds the limiter that all clients of one account in this process share, across all copies of this
 * package. The rules of all open clients hold together.
 */
export function sharedLimiter(options: {
  vendor: string;
  host: string;
  account: string;
  rules: readonly QuotaRule[];
  clock: Clock;
}): SharedLimiter {
  const { clock } = options;
  const accounts = accountsOf(clock);
  forgetUnused(accounts);
  const key = hash(options.vendor, options.host.toLowerCase(), options.account);
  const account = accounts.get(key) ?? openAccount(clock);
  accounts.set(key, account);
  const rules = options.rules.map((rule) => ({ ...rule }));
  const conflicts = newConflicts(account, rules);
  account.registrations.add(rules);
  account.limiter.replaceRules(mergeRules(account.registrations));
  return { limiter: account.limiter, conflicts, release: () => release(account, rules) };
}

function release({ limiter, registrations }: Account, rules: readonly QuotaRule[]): void {
  if (!registrations.delete(rules) || registrations.size === 0) return;
  limiter.replaceRules(mergeRules(registrations));
}

function openAccount(clock: Clock): Account {
  return { limiter: new Limiter([], { clock }), registrations: new Set(), told: new Set() };
}

function newConflicts({ registrations, told }: Account, rules: readonly QuotaRule[]): string[] {
  if (registrations.size === 0) return [];
  const conflicts = describeConflicts(rules, mergeRules(registrations));
  const fresh = conflicts.filter((conflict) => !told.has(conflict));
  for (const conflict of fresh) told.add(conflict);
  return fresh;
}

/** Nobody is told when the last slot of a closed client becomes free, so that this is looked up. */
function forgetUnused(accounts: Map<string, Account>): void {
  for (const [key, { limiter, registrations }] of accounts) {
    if (registrations.size === 0 && limiter.isIdle()) accounts.delete(key);
  }
}

function accountsOf(clock: Clock): Map<string, Account> {
  const scope = globalThis as { [hubKey]?: Hub };
  const hub = (scope[hubKey] ??= { accounts: new Map(), accountsByClock: new WeakMap() });
  if (isSystemClock(clock)) return hub.accounts;
  const accounts = hub.accountsByClock.get(clock) ?? new Map<string, Account>();
  hub.accountsByClock.set(clock, accounts);
  return accounts;
}

/** Account names may be confidential; a hash keeps them out of heap dumps and global state. */
function hash(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
