import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VendorError } from '../errors/vendor-error.ts';

/** A longer file is none of ours, in bytes. */
const longestFile = 1024 * 1024;

/** Windows lacks some of these. A pipe in place of a file must not block. */
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK }: Partial<typeof constants> = constants;
const readFlags = (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0);

/** A file as it was when it was read. */
export interface PrivateFile {
  readonly text: string;
  /** When it was written or touched last, in milliseconds since the Unix epoch. */
  readonly touchedAtMs: number;
}

/**
 * Makes a directory that nobody else may look into, or makes sure that it is one.
 *
 * @throws VendorError `CONFIGURATION` naming the path, if it is not this user's alone.
 */
export async function ensurePrivateDirectory(path: string): Promise<void> {
  const status = (await statusOf(path)) ?? (await makeDirectory(path));
  if (!status.isDirectory()) throw unsafe(path, 'it is no directory');
  checkOwner(path, status, '700');
}

/**
 * One directory at a time: below `/proc`, where none can be made, Node's own recursive `mkdir` tries
 * for ever (Node 20, measured).
 */
async function makeDirectory(path: string): Promise<Stats> {
  const parent = dirname(path);
  if ((await statusOf(parent)) === undefined && parent !== path) await makeDirectory(parent);
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    // Another process was faster.
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  return lstat(path);
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads a file of this user's.
 *
 * @returns `undefined` if there is none.
 * @throws VendorError `CONFIGURATION` naming the path, if it is a link, or not this user's alone.
 */
export async function readPrivateFile(path: string): Promise<PrivateFile | undefined> {
  const handle = await openFile(path);
  if (handle === undefined) return undefined;
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw unsafe(path, 'it is no file');
    checkOwner(path, status, '600');
    const isOurs = status.size <= longestFile;
    return { text: isOurs ? await handle.readFile('utf8') : '', touchedAtMs: status.mtimeMs };
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, readFlags);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return undefined;
    throw code === 'ELOOP' ? unsafe(path, 'it is a link') : error;
  }
}

/**
 * Makes a file that only this user may read, and leaves it open. If there is one of this name, even a
 * link, it fails with `EEXIST`.
 */
export async function createPrivateFile(path: string, text: string): Promise<FileHandle> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    return handle;
  } catch (error) {
    await handle.close();
    await removeFile(path);
    throw error;
  }
}

/** Removes a file. If there is none, that is as good. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

/** The name of a system error: `ENOENT`. */
export function codeOf(error: unknown): unknown {
  return (Object(error) as { code?: unknown }).code;
}

/** The error of a place that is not safe, or not fit, for tokens. */
export function unsafe(path: string, reason: string): VendorError {
  return new VendorError(`Tokens are not kept in ${path}: ${reason}.`, {
    code: 'CONFIGURATION',
    outcome: 'not-sent',
    hint: 'Tokens are kept in a directory of your own of mode 700, in files of mode 600.',
  });
}

/** Windows has neither such owners nor such modes. */
function checkOwner(path: string, { uid, mode }: Stats, wantedMode: '700' | '600'): void {
  const user = process.geteuid?.();
  if (user === undefined) return;
  if (uid !== user) throw unsafe(path, 'it belongs to another user');
  if ((mode & 0o077) === 0) return;
  const octal = (mode & 0o777).toString(8);
  const remedy = `\`chmod ${wantedMode} ${path}\` mends it`;
  throw unsafe(path, `others have access to it (its mode is ${octal}); ${remedy}`);
}
