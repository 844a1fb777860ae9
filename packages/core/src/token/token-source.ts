import { VendorError } from '../errors/vendor-error.ts';
import { callSafely } from '../telemetry/call-safely.ts';
import type { Clock } from '../time/clock.ts';
import { startDeadline, type Deadline } from '../time/deadline.ts';
import {
  isAgeing,
  isUsable,
  readStoredToken,
  receivedToken,
  type TokenMargins,
} from './token-life.ts';
import { memoryTokenStore, type StoredToken, type TokenStore } from './token-store.ts';

/** A token that an endpoint gave, or that is to be used again. */
export interface FetchedToken extends Omit<StoredToken, 'obtainedAtMs'> {
  /**
   * When it was received, in milliseconds since the Unix epoch, if it is not new.
   * @defaultValue now
   */
  readonly obtainedAtMs?: number | undefined;
}

/** Why a token is fetched. */
export interface FetchReason {
  /** The latest token that is known, from the store or from before, even if it may not be used. */
  readonly previous?: StoredToken | undefined;
  /** Whether the vendor has refused the previous token. */
  readonly isRefused: boolean;
}

/** Where tokens come from, and where they are kept. */
export interface TokenSourceOptions {
  /** The clock that lifetimes and waits are read on. */
  clock: Clock;
  /**
   * Gets a new token from the vendor. It ends when the deadline's signal says so.
   */
  fetch: (deadline: Deadline, reason: FetchReason) => Promise<FetchedToken>;
  /** Whose token it is: everything that tells one account's tokens from another's, no secret. */
  key: string;
  /**
   * Where the token is kept for other clients and processes.
   * @defaultValue a store of its own, in memory
   */
  store?: TokenStore | undefined;
  /**
   * How long before its end a token is replaced in the background, in milliseconds; at most a quarter
   * of its life.
   * @defaultValue 120_000
   */
  refreshAheadMs?: number | undefined;
  /**
   * How much life a token must have left to be used, in milliseconds; at most a tenth of its life.
   * @defaultValue 30_000
   */
  minLifetimeMs?: number | undefined;
  /** Hears that a token could not be kept in the store. It is used nevertheless. */
  onStoreFailure?: ((failure: VendorError) => void) | undefined;
}

/** Which token will not do. */
export interface WantedToken {
  /** It is to replace one that is ageing: another one that is ageing will not do. */
  readonly isAhead: boolean;
  /** The token that the vendor refused. */
  readonly rejected: string | undefined;
}

type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/** The longest that {@link TokenSource.forget} waits for the store, in milliseconds. */
const forgetTimeoutMs = 120_000;

/** Gets tokens, one at a time among all processes that share the store. */
export class TokenSource {
  /** How much of a token's life is kept back. */
  readonly margins: TokenMargins;
  readonly #options: TokenSourceOptions;
  readonly #store: TokenStore;
  /** The store may have lost it, or never kept it. */
  #latest: StoredToken | undefined;

  constructor(options: TokenSourceOptions) {
    const { store, refreshAheadMs = 120_000, minLifetimeMs = 30_000 } = options;
    this.margins = { refreshAheadMs, minLifetimeMs };
    this.#options = options;
    this.#store = store ?? memoryTokenStore();
  }

  /** Takes, under the store's lock, what another process has got meanwhile, or fetches. */
  async obtain(deadline: Deadline, wanted: WantedToken): Promise<StoredToken> {
    this.#latest = await this.#alone(deadline, async () => {
      const stored = await this.#stored();
      if (stored !== undefined && this.#isGoodEnough(stored, wanted)) return stored;
      const previous = laterOf(stored, this.#latest);
      const isRefused = previous !== undefined && previous.token === wanted.rejected;
      return this.#fetch(deadline, { previous, isRefused });
    });
    return this.#latest;
  }

  /** Deletes the token from the store, once nobody is busy with it. */
  async forget(): Promise<void> {
    const { clock, key } = this.#options;
    const deadline = startDeadline({ clock, deadlineMs: forgetTimeoutMs });
    this.#latest = undefined;
    await this.#alone(deadline, () => this.#ask('delete', () => this.#store.delete(key)));
  }

  /** Does something under the store's lock. */
  async #alone<Result>(deadline: Deadline, work: () => Promise<Result>): Promise<Result> {
    let outcome: Outcome<Result> | undefined;
    const task = async () => {
      try {
        outcome = { result: await work() };
      } catch (error) {
        outcome = { error };
      }
    };
    const locked = this.#ask('lock', () => this.#store.lock(this.#options.key, task));
    try {
      await deadline.until(locked);
    } catch (error) {
      // A lock that could not be given back does not make the token worse.
      if (outcome === undefined) throw error;
    }
    if (outcome === undefined) throw storeFailure('lock');
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  async #stored(): Promise<StoredToken | undefined> {
    const { key } = this.#options;
    return readStoredToken(await this.#ask('get', () => this.#store.get(key)));
  }

  #isGoodEnough(token: StoredToken, { isAhead, rejected }: WantedToken): boolean {
    const nowMs = this.#options.clock.now();
    if (token.token === rejected || !isUsable(token, nowMs, this.margins)) return false;
    // What is to be replaced is in the store as well.
    return !isAhead || !isAgeing(token, nowMs, this.margins);
  }

  async #fetch(deadline: Deadline, reason: FetchReason): Promise<StoredToken> {
    deadline.check();
    const { clock, fetch, key, onStoreFailure } = this.#options;
    const token = receivedToken(await fetch(deadline, reason), clock.now());
    await this.#ask('set', () => this.#store.set(key, token)).catch((failure: VendorError) => {
      callSafely(
        () => onStoreFailure?.(failure),
        () => {},
      );
    });
    return token;
  }

  async #ask<Result>(method: string, ask: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      // A store of ours says what is wrong with where it was told to keep tokens.
      if (VendorError.is(error) && error.code === 'CONFIGURATION') throw error;
      throw storeFailure(method);
    }
  }
}

function laterOf(
  one: StoredToken | undefined,
  other: StoredToken | undefined,
): StoredToken | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.obtainedAtMs > one.obtainedAtMs ? other : one;
}

function storeFailure(method: string): VendorError {
  // What the store threw may hold its address with a password in it: it is not repeated.
  return new VendorError(`The token store's \`${method}\` failed.`, {
    code: 'CONNECTION',
    outcome: 'not-sent',
    retryable: true,
  });
}
