import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, rename, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { VendorError } from '../errors/vendor-error.ts';
import { withFileLock } from './file-lock.ts';
import {
  codeOf,
  createPrivateFile,
  ensurePrivateDirectory,
  readPrivateFile,
  removeFile,
  unsafe,
} from './private-files.ts';
import { readStoredToken } from './token-life.ts';
import { memoryTokenStore, type StoredToken, type TokenStore } from './token-store.ts';

/** What a process has left that ended while it wrote or locked is removed after this, in milliseconds. */
const leftoverMs = 3_600_000;

/** What does not pass by itself, and is for the user to mend. */
const lastingFailures: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EEXIST',
  'EISDIR',
  'ELOOP',
  'ENAMETOOLONG',
  'ENOENT',
  'ENOTDIR',
  'EPERM',
  'EROFS',
]);

/**
 * Keeps tokens in the files of a directory, for all processes of one user: a token outlives the
 * process, and is fetched by one of them only.
 *
 * The directory (mode 700, made if it is missing) and its files (mode 600, one for each key, named
 * after the key's SHA-256) must belong to the user, be closed to others, and be no links. A file is
 * replaced as a whole, or not at all. Damaged content counts as no token. Windows knows no such modes:
 * there the directory's own access rules count.
 *
 * `lock` works among processes that see the same files. If one ends while it holds a lock, the next is
 * let in at once; on another machine, or if it hangs, after five minutes.
 *
 * @example
 * ```ts
 * const s1 = new S1Seven({ ...options, tokenStore: new FileTokenStore('/var/lib/my-service/tokens') });
 * ```
 */
export class FileTokenStore implements TokenStore {
  readonly #directory: string;
  /** Within the process, no file is needed to wait one's turn. */
  readonly #queue = memoryTokenStore();

  /**
   * @param directory - Where to keep the tokens; relative to the current directory. It is made when
   * it is first used.
   */
  constructor(directory: string) {
    this.#directory = resolve(directory);
  }

  /** @throws VendorError `CONFIGURATION` naming the path, if the directory or the file is not safe. */
  async get(key: string): Promise<StoredToken | undefined> {
    return this.#inDirectory(async () => {
      const file = await readPrivateFile(this.#pathOf(key));
      return file && readStoredToken(parsed(file.text));
    });
  }

  /** @throws VendorError `CONFIGURATION` naming the path, if the directory is not safe. */
  async set(key: string, token: StoredToken): Promise<void> {
    await this.#inDirectory(async () => {
      const path = this.#pathOf(key);
      await this.#removeLeftovers();
      const temporary = `${path}.${randomBytes(8).toString('hex')}.new`;
      try {
        await writeDurably(temporary, JSON.stringify(token));
        await rename(temporary, path);
      } catch (error) {
        await removeFile(temporary);
        throw error;
      }
      await syncDirectory(this.#directory);
    });
  }

  /** @throws VendorError `CONFIGURATION` naming the path, if the directory is not safe. */
  async delete(key: string): Promise<void> {
    await this.#inDirectory(() => removeFile(this.#pathOf(key)));
  }

  /** @throws VendorError `CONFIGURATION` naming the path, if the directory is not safe. */
  async lock(key: string, task: () => Promise<void>): Promise<void> {
    await this.#queue.lock(key, async () => {
      let failure: { readonly error: unknown } | undefined;
      await this.#inDirectory(() =>
        withFileLock(`${this.#pathOf(key)}.lock`, () =>
          task().catch((error: unknown) => {
            failure = { error };
          }),
        ),
      );
      // The task's own failure is none of the directory's.
      if (failure !== undefined) throw failure.error;
    });
  }

  /** A key may be long, and may name what is better not seen in a listing. */
  #pathOf(key: string): string {
    return join(this.#directory, createHash('sha256').update(key).digest('hex'));
  }

  async #inDirectory<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      await ensurePrivateDirectory(this.#directory);
      return await work();
    } catch (error) {
      const code = codeOf(error);
      if (VendorError.is(error) || !lastingFailures.has(code)) throw error;
      throw unsafe(this.#directory, `it cannot be used (${String(code)})`);
    }
  }

  async #removeLeftovers(): Promise<void> {
    const names = await readdir(this.#directory);
    for (const name of names.filter((text) => /^[0-9a-f]{64}\.(?!lock$)/.test(text))) {
      const path = join(this.#directory, name);
      const writtenAtMs = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      );
      if (Date.now() - writtenAtMs > leftoverMs) await removeFile(path);
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await createPrivateFile(path, text);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** So that the new name, too, survives a power cut. Not every system can do that: it is no failure. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r');
    await handle.sync().catch(() => {});
    await handle.close();
  } catch {
    // Windows opens no directories.
  }
}
