import {
  defaultTokenDirectory,
  FileTokenStore,
  VendorError,
  type StoredToken,
  type TokenStore,
} from '@vendorkit/core';
import type { TokenContext } from '../token.ts';

/**
 * Keeps tokens in a private folder of this user's; if that cannot be used, in memory, with one warning:
 * a program must not fail for a folder that nobody chose.
 *
 * @param memory - Where to keep them then.
 * @param directoryOf - Where to keep them; it may throw.
 */
export function userTokenStore(
  warn: TokenContext['warn'],
  memory: TokenStore,
  directoryOf: () => string = () => defaultTokenDirectory(),
): TokenStore {
  let file: TokenStore | undefined;
  try {
    file = new FileTokenStore(directoryOf());
  } catch (error) {
    fallBack(error);
  }

  function fallBack(error: unknown): void {
    file = undefined;
    const reason = VendorError.is(error) ? ` ${error.message}` : '';
    warn(
      'token-store-in-memory',
      `The access token is kept in memory only, for this process alone, though S1SEVEN gives one a day: give a \`tokenStore\`.${reason}`,
    );
  }

  async function get(key: string): Promise<StoredToken | undefined> {
    try {
      return await (file ?? memory).get(key);
    } catch (error) {
      fallBack(error);
      return memory.get(key);
    }
  }

  async function lock(key: string, task: () => Promise<void>): Promise<void> {
    let hasBegun = false;
    const beginning = async () => {
      hasBegun = true;
      await task();
    };
    if (file === undefined) return memory.lock(key, task);
    try {
      await file.lock(key, beginning);
    } catch (error) {
      if (hasBegun) throw error;
      fallBack(error);
      await memory.lock(key, task);
    }
  }

  return {
    get,
    lock,
    set: async (key, token) => (file ?? memory).set(key, token),
    delete: async (key) => (file ?? memory).delete(key),
  };
}
