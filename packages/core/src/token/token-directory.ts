import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** Where the default folder depends on. */
export interface TokenDirectoryPlace {
  /** @defaultValue this computer's, as `process.platform` names it */
  readonly platform?: NodeJS.Platform | undefined;
  /** @defaultValue this process's */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** @defaultValue this user's home, from `os.homedir()` */
  readonly home?: string | undefined;
}

/**
 * The folder in which the user's tokens are kept, unless another is chosen: `vendorkit` in the place
 * that the system has for data that can be had again. That is `$XDG_CACHE_HOME` or `~/.cache` (XDG Base
 * Directory Specification 0.8), `~/Library/Caches` on macOS, and `%LOCALAPPDATA%` on Windows.
 */
export function defaultTokenDirectory(place: TokenDirectoryPlace = {}): string {
  const { platform = process.platform, environment = process.env, home = homedir() } = place;
  const { LOCALAPPDATA: local, XDG_CACHE_HOME: cache } = environment;
  if (platform === 'win32') {
    return win32.join(given(local) ?? win32.join(home, 'AppData', 'Local'), 'vendorkit');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'vendorkit');
  // The specification says that a relative path is to be ignored.
  const isAbsolute = cache !== undefined && posix.isAbsolute(cache);
  return posix.join(isAbsolute ? cache : posix.join(home, '.cache'), 'vendorkit');
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
