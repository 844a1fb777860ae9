import { VendorError } from '../errors/vendor-error.ts';
import { callSafely } from '../telemetry/call-safely.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import {
  isAgeing,
  isUsable,
  readStoredToken,
  receivedToken,
  type TokenMargins,
} from './token-life.ts';
import { memoryTokenStore, type StoredToken, type TokenStore } from './token-store.ts';

/** Where tokens come from, and where they are kept. */
export interface TokenSourceOptions {
  /** The clock that lifetimes and waits are read on. */
  clock: Clock;
  /**
   * Gets a new token from the vendor. It ends when the deadline's signal says so. `expiresAtMs` is in
   * milliseconds since the Unix epoch, absent if the token is not known to end.
   */
  fetch: (deadline: Deadline) => Promise<{ token: string; expiresAtMs?: number | undefined }>;
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

type Outcome = { readonly token: StoredToken } | { readonly error: unknown };

/** Gets tokens, one at a time among all processes that share the store. */
export class TokenSource {
  /** How much of a token's life is kept back. */
  readonly margins: TokenMargins;
  readonly #options: TokenSourceOptions;
  readonly #store: TokenStore;

  constructor(options: TokenSourceOptions) {
    const { store, refreshAheadMs = 120_000, minLifetimeMs = 30_000 } = options;
    this.margins = { refreshAheadMs, minLifetimeMs };
    this.#options = options;
    this.#store = store ?? memoryTokenStore();
  }

  /** Takes, under the store's lock, what another process has got meanwhile, or fetches. */
  async obtain(deadline: Deadline, wanted: WantedToken): Promise<StoredToken> {
    let outcome: Outcome | undefined;
    const task = async () => {
      try {
        outcome = { token: (await this.#stored(wanted)) ?? (await this.#fetch(deadline)) };
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
    return outcome.token;
  }

  async #stored({ isAhead, rejected }: WantedToken): Promise<StoredToken | undefined> {
    const { clock, key } = this.#options;
    const token = readStoredToken(await this.#ask('get', () => this.#store.get(key)));
    if (token === undefined) return undefined;
    if (token.token === rejected) {
      await this.#ask('delete', () => this.#store.delete(key));
      return undefined;
    }
    const isGood = isUsable(token, clock.now(), this.margins);
    // What is to be replaced is in the store as well.
    const isTooOld = isAhead && isAgeing(token, clock.now(), this.margins);
    return isGood && !isTooOld ? token : undefined;
  }

  async #fetch(deadline: Deadline): Promise<StoredToken> {
    deadline.check();
    const { clock, fetch, key, onStoreFailure } = this.#options;
    const token = receivedToken(await fetch(deadline), clock.now());
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
    } catch {
      throw storeFailure(method);
    }
  }
}

function storeFailure(method: string): VendorError {
  // What the store threw may hold its address with a password in it: it is not repeated.
  return new VendorError(`The token store's \`${method}\` failed.`, {
    code: 'CONNECTION',
    outcome: 'not-sent',
    retryable: true,
  });
}
