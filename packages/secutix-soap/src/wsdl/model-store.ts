import { createHash, randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemClock, type Clock } from '@vendorkit/core';
import type { PortChoice } from './choose-port.ts';
import { deepFreeze } from './model-cache.ts';
import type { ServiceModel } from './model.ts';

/** Where compiled models are kept, and for how long. */
export interface ModelStoreOptions {
  /** A folder of this user alone. It is made if it is not there. */
  readonly directory: string;
  /** How old a model may be, in milliseconds. */
  readonly maxAgeMs: number;
  /** Where the time comes from. */
  readonly clock?: Clock;
}

/** What a model was made of. */
export interface ModelKey extends PortChoice {
  /** The URL of the WSDL. */
  readonly url: string;
}

/** The first line of a file. The model, as JSON, is the second one. */
interface Header {
  readonly format: ServiceModel['format'];
  readonly key: string;
  readonly storedAtMs: number;
  /** Of the second line. */
  readonly sha256: string;
}

const modelFormat: ServiceModel['format'] = 1;
const longestFileBytes = 64 * 1024 * 1024;
const writableByOthers = 0o022;

/**
 * Compiled models on disk. A model decides where credentials are sent and how values are read, so only
 * files that this user alone can have written are read: no links, nothing that others may write. What
 * is missing, old, damaged or of another format counts as not there.
 */
export class ModelStore {
  readonly #directory: string;
  readonly #maxAgeMs: number;
  readonly #clock: Clock;

  constructor({ directory, maxAgeMs, clock = systemClock }: ModelStoreOptions) {
    this.#directory = directory;
    this.#maxAgeMs = maxAgeMs;
    this.#clock = clock;
  }

  /** The model that was kept, frozen at every depth. It never rejects. */
  async read(key: ModelKey): Promise<ServiceModel | undefined> {
    try {
      if (!isOwnDirectory(await lstat(this.#directory))) return undefined;
      const text = await readOwnFile(this.#pathOf(key));
      return text === undefined ? undefined : this.#modelIn(text, key);
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a model. It never rejects: a cache that cannot be written is no reason for a call to fail.
   *
   * @returns What is wrong with the folder, as a sentence, or `undefined` if the model was kept.
   */
  async write(key: ModelKey, model: ServiceModel): Promise<string | undefined> {
    try {
      await makeFolder(this.#directory);
      if (!isOwnDirectory(await lstat(this.#directory))) {
        return 'The folder of the WSDL cache is a link, or others may write in it: it is not used.';
      }
      await writeWhole(this.#pathOf(key), this.#textOf(key, model));
      return undefined;
    } catch (error) {
      return `The WSDL cache cannot be written: ${codeOf(error) ?? 'an unknown error'}.`;
    }
  }

  #pathOf(key: ModelKey): string {
    return join(this.#directory, `${sha256(keyText(key))}.json`);
  }

  #textOf(key: ModelKey, model: ServiceModel): string {
    const json = JSON.stringify(model);
    const header: Header = {
      format: modelFormat,
      key: keyText(key),
      storedAtMs: this.#clock.now(),
      sha256: sha256(json),
    };
    return `${JSON.stringify(header)}\n${json}\n`;
  }

  #modelIn(text: string, key: ModelKey): ServiceModel | undefined {
    const [head = '', json = ''] = text.split('\n');
    const header = JSON.parse(head) as Partial<Header>;
    const ageMs = this.#clock.now() - (header.storedAtMs ?? Number.NaN);
    // A file of the future was written by a clock that was wrong: nobody knows how old it is.
    const isFresh = ageMs >= 0 && ageMs <= this.#maxAgeMs;
    if (header.format !== modelFormat || header.key !== keyText(key) || !isFresh) return undefined;
    if (header.sha256 !== sha256(json)) return undefined;
    return deepFreeze(JSON.parse(json) as ServiceModel);
  }
}

function keyText({ url, service, port }: ModelKey): string {
  return JSON.stringify([url, service ?? null, port ?? null]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isOwnDirectory(stats: Stats): boolean {
  return stats.isDirectory() && isOwn(stats);
}

/** Windows has neither owners nor modes of this kind; there the folder's own rights must do. */
function isOwn({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && (mode & writableByOthers) === 0);
}

/**
 * Makes a folder and those above it. Node's own `recursive` tries for ever where a folder that is there
 * denies one below it with `ENOENT`, as `/proc` does.
 */
async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory();
    if (!isThere) throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (Object(error) as { code?: string }).code;
}

async function readOwnFile(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  return closing(file, async () => {
    const stats = await file.stat();
    if (!stats.isFile() || !isOwn(stats) || stats.size > longestFileBytes) return undefined;
    return file.readFile('utf8');
  });
}

/** Others see the old file or the new one, never a part of it. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    await closing(file, () => file.writeFile(text));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function closing<Result>(file: FileHandle, task: () => Promise<Result>): Promise<Result> {
  try {
    return await task();
  } finally {
    await file.close();
  }
}
