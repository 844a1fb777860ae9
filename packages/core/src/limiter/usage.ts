import { createHash } from 'node:crypto';

/** What one account has used in the current calendar month (UTC), as far as this process knows. */
export interface UsagePeek {
  /** The month, for instance `2026-03`. */
  readonly month: string;
  /** Requests sent, polls and retries included. */
  readonly calls: number;
  /** Bytes received, as they came over the wire. */
  readonly bytes: number;
  /** What the vendor's contract includes in a month, if that is known. It is never enforced. */
  readonly included?: { readonly calls: number; readonly bytes: number } | undefined;
}

interface Account {
  month: string;
  calls: number;
  bytes: number;
}

/** Shared by all copies of this package in the process, as the quota itself is. */
const accounts: unique symbol = Symbol.for('vendorkit.usage@1');

/** Counts what an account uses. All clients of one account in one process share the counter. */
export class UsageCounter {
  readonly #account: Account;
  readonly #now: () => number;
  #pageEndsAtMs = 0;

  constructor(identity: { vendor: string; host: string; account: string }, now: () => number) {
    const scope = globalThis as { [accounts]?: Map<string, Account> };
    const all = (scope[accounts] ??= new Map<string, Account>());
    const { vendor, host, account } = identity;
    const key = createHash('sha256')
      .update(JSON.stringify([vendor, host, account]))
      .digest('hex');
    this.#account = all.get(key) ?? { month: '', calls: 0, bytes: 0 };
    all.set(key, this.#account);
    this.#now = now;
  }

  /** Counts one answered request and the size of its answer. */
  count(bytes: number): void {
    this.#turnPage();
    this.#account.calls += 1;
    this.#account.bytes += bytes;
  }

  /** What has been used so far. */
  peek(): UsagePeek {
    this.#turnPage();
    return { ...this.#account };
  }

  /** A month begins: all clients of the account count from zero. */
  #turnPage(): void {
    const now = this.#now();
    if (now < this.#pageEndsAtMs) return;
    const date = new Date(now);
    const month = date.toISOString().slice(0, 7);
    this.#pageEndsAtMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
    if (this.#account.month !== month) Object.assign(this.#account, { month, calls: 0, bytes: 0 });
  }
}
