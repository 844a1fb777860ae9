import { randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isPlainObject } from '../plain-object.ts';
import { codeOf } from './private-files.ts';

/** Who holds a lock, as its file says. */
export interface LockHolder {
  /** Made at random for this one time that the lock is held. */
  readonly id: string;
  readonly pid: number;
  /** The machine, down to its boot and its container: only there does `pid` mean anything. */
  readonly host: string;
  /** When the process started, since a new process may have the number of an old one. Linux only. */
  readonly startedAt?: string | undefined;
}

/** This process, holding a lock once more. */
export async function newHolder(): Promise<LockHolder> {
  const { pid } = process;
  const [host, startedAt] = await Promise.all([hostMark(), startOf(pid)]);
  return { id: randomBytes(8).toString('hex'), pid, host, startedAt };
}

/** What the file of a lock says. Damaged content is nobody. */
export function readHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder & Readonly<Record<string, unknown>> {
  if (!isPlainObject(value)) return false;
  const { id, pid, host } = value;
  // The id becomes part of a file's name.
  const isNamed = typeof id === 'string' && /^[0-9a-f]{16}$/.test(id);
  return isNamed && Number.isSafeInteger(pid) && Number(pid) > 0 && typeof host === 'string';
}

/** Whether the holder has certainly ended: a process of this machine that does not run any more. */
export async function hasEnded({ pid, host, startedAt }: LockHolder): Promise<boolean> {
  if (host !== (await hostMark())) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // A process of another user's, which may not be signalled, runs.
    return codeOf(error) === 'ESRCH';
  }
  const start = await startOf(pid);
  return start !== undefined && start !== startedAt;
}

/** Names alone may be shared: by machines that were copied, and by containers. */
async function hostMark(): Promise<string> {
  const marks = await Promise.all([
    known(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    known(readlink('/proc/self/ns/pid')),
  ]);
  return [hostname(), ...marks.map((mark) => mark?.trim() ?? '')].join(' ');
}

/** When a process started, in ticks since the machine did; `ended` for one that awaits its burial. */
async function startOf(pid: number): Promise<string | undefined> {
  const status = await known(readFile(`/proc/${pid}/stat`, 'utf8'));
  // proc_pid_stat(5): the name, in parentheses, may contain anything. State is field 3, start 22.
  const fields = status?.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? 'ended' : fields?.[19];
}

/** What cannot be had on this system is not known. */
async function known(text: Promise<string>): Promise<string | undefined> {
  return text.catch(() => undefined);
}
