import { isSystemClock, type Clock } from '../time/clock.ts';
import { memoryTokenStore, type TokenStore } from './token-store.ts';

/**
 * What all copies of this package in a process share. Its shape is a contract with copies of other
 * versions: a change of it needs another symbol.
 */
interface SharedStores {
  readonly store: TokenStore;
  /** The same for each clock that is not the computer's own. */
  readonly storesByClock: WeakMap<Clock, TokenStore>;
}

const storesKey: unique symbol = Symbol.for('vendorkit.tokens@1');

/**
 * The store in memory that all clients of this process share, across all copies of this package (ESM
 * beside CommonJS, or two versions). What it holds is seen neither by `util.inspect` nor in JSON.
 *
 * @param clock - Whose tokens: a token that a virtual clock lets live is of no use on another.
 */
export function processTokenStore(clock: Clock): TokenStore {
  const scope = globalThis as { [storesKey]?: SharedStores };
  const shared = (scope[storesKey] ??= {
    store: memoryTokenStore(),
    storesByClock: new WeakMap(),
  });
  if (isSystemClock(clock)) return shared.store;
  const store = shared.storesByClock.get(clock) ?? memoryTokenStore();
  shared.storesByClock.set(clock, store);
  return store;
}
