import { link, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, newHolder, readHolder, type LockHolder } from './lock-holder.ts';
import { codeOf, createPrivateFile, readPrivateFile, removeFile } from './private-files.ts';

/** How a lock waits, all in milliseconds. */
export interface LockTimings {
  /** How often a holder shows that it lives. */
  readonly heartbeatMs: number;
  /** A holder that has not shown it for so long is gone. */
  readonly silenceMs: number;
  /** How long such a silence is watched before it is believed: a clock may have jumped. */
  readonly watchMs: number;
  /** Who waits looks again after this, or up to three times as long. */
  readonly pollMs: number;
}

const usualTimings: LockTimings = {
  heartbeatMs: 2_000,
  silenceMs: 300_000,
  watchMs: 6_000,
  pollMs: 20,
};

/** A lock that somebody holds. */
interface SeenLock {
  /** Absent if the file is damaged, or was not written to its end. */
  readonly holder: LockHolder | undefined;
  readonly touchedAtMs: number;
}

/** A lock that this process holds. */
interface HeldLock {
  readonly id: string;
  readonly handle: FileHandle;
}

/** What stands for the id of a holder that did not come to write it down. */
const nobody = 'unnamed';

/**
 * Runs a task while nobody else, in any process that uses the same file, runs one.
 *
 * The lock is a file that exists. Who holds it touches it every few seconds. If its holder's process
 * has ended, or it was not touched for five minutes, the first to notice takes it away. Who waits looks
 * again every now and then, and is not kept running by that.
 *
 * @param path - In a directory that only this user can write to.
 */
export async function withFileLock(
  path: string,
  task: () => Promise<void>,
  timings: LockTimings = usualTimings,
): Promise<void> {
  const held = await acquire(path, timings);
  const heartbeat = setInterval(() => void touch(held), timings.heartbeatMs).unref();
  try {
    await task();
  } finally {
    clearInterval(heartbeat);
    await release(path, held, timings);
  }
}

async function acquire(path: string, timings: LockTimings): Promise<HeldLock> {
  const isSilent = silenceWatch(timings);
  for (;;) {
    const lock = await look(path);
    const held = lock === undefined ? await create(path) : undefined;
    if (held !== undefined) return held;
    if (lock !== undefined && (isSilent(lock) || (await isOrphaned(lock)))) {
      await remove(path, idOf(lock), timings);
    }
    // Chance gives everybody a turn.
    await sleep(timings.pollMs * (1 + 2 * Math.random()), undefined, { ref: false });
  }
}

/**
 * Makes the lock, unless there is one. It is written under another name first: a process that ends at
 * any moment leaves no lock that does not say whose it is.
 */
async function create(path: string): Promise<HeldLock | undefined> {
  const holder = await newHolder();
  const temporary = `${path}.${holder.id}.new`;
  const handle = await createPrivateFile(temporary, JSON.stringify(holder));
  try {
    await link(temporary, path);
    return { id: holder.id, handle };
  } catch (error) {
    await handle.close();
    if (isTaken(error)) return undefined;
    return await createInPlace(path, holder);
  } finally {
    await removeFile(temporary);
  }
}

/** Some file systems know no links. */
async function createInPlace(path: string, holder: LockHolder): Promise<HeldLock | undefined> {
  try {
    return { id: holder.id, handle: await createPrivateFile(path, JSON.stringify(holder)) };
  } catch (error) {
    if (isTaken(error)) return undefined;
    throw error;
  }
}

/** Windows says of a file that is just being removed that it may not be made. */
function isTaken(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM');
}

async function look(path: string): Promise<SeenLock | undefined> {
  const file = await readPrivateFile(path);
  return file && { holder: readHolder(file.text), touchedAtMs: file.touchedAtMs };
}

async function release(
  path: string,
  { id, handle }: HeldLock,
  timings: LockTimings,
): Promise<void> {
  await handle.close();
  try {
    await remove(path, id, timings);
  } catch {
    // A full disk takes no claim. A holder that lives is not succeeded, so that it need not make one.
    await removeIfStill(path, id);
  }
}

async function isOrphaned({ holder }: SeenLock): Promise<boolean> {
  return holder !== undefined && hasEnded(holder);
}

function idOf({ holder }: SeenLock): string {
  return holder?.id ?? nobody;
}

/** Tells whether a holder has been silent for too long, and stays so while it is watched. */
function silenceWatch({ silenceMs, watchMs }: LockTimings): (lock: SeenLock) => boolean {
  let watched = '';
  let sinceMs = 0;
  return (lock) => {
    const isQuiet = Date.now() - lock.touchedAtMs > silenceMs;
    const seen = isQuiet ? `${idOf(lock)} ${lock.touchedAtMs}` : '';
    if (seen !== watched) sinceMs = performance.now();
    watched = seen;
    return isQuiet && performance.now() - sinceMs >= watchMs;
  };
}

/**
 * Removes the lock if it is still this holder's. Between looking and removing, nobody else may remove
 * it and make a new one: so whoever wants to remove this holder's lock, itself or a successor, first
 * takes a lock of that name.
 */
async function remove(path: string, id: string, timings: LockTimings): Promise<void> {
  const claimPath = `${path}.${id}`;
  const claim = await create(claimPath);
  if (claim === undefined) return removeOrphan(path, id, timings);
  try {
    await removeIfStill(path, id);
  } finally {
    await claim.handle.close();
    await removeFile(claimPath);
  }
}

async function removeIfStill(path: string, id: string): Promise<void> {
  const lock = await look(path);
  if (lock !== undefined && idOf(lock) === id) await removeFile(path);
}

/** Somebody else is about to remove the lock, unless it ended on the way. */
async function removeOrphan(path: string, id: string, timings: LockTimings): Promise<void> {
  const claimPath = `${path}.${id}`;
  const claim = await look(claimPath);
  if (claim === undefined) return;
  const isSilent = Date.now() - claim.touchedAtMs > timings.silenceMs;
  if (!isSilent && !(await isOrphaned(claim))) return;
  await remove(claimPath, idOf(claim), timings);
  await remove(path, id, timings);
}

/** A lock that was taken away meanwhile is touched in vain. */
async function touch({ handle }: HeldLock): Promise<void> {
  const now = new Date();
  await handle.utimes(now, now).catch(() => {});
}
