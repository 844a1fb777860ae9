import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withFileLock, type LockTimings } from '../../src/token/file-lock.ts';
import { hasEnded, newHolder, readHolder } from '../../src/token/lock-holder.ts';
import { delay } from '../acme.ts';

const root = join(__dirname, '../../../..');
const children: ChildProcess[] = [];
let directory = '';
let path = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vendorkit-lock-'));
  path = join(directory, `${createHash('sha256').update('key').digest('hex')}.lock`);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

/** Starts lock-process.ts as a process of its own. */
function start(command: string, ...more: string[]): ChildProcess {
  const loader = join(root, 'tooling/typescript-loader.mjs');
  const program = join(__dirname, 'lock-process.ts');
  const args = ['--import', loader, program, command, directory, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

/** Starts a process that holds the lock for ever. */
async function startHolder(): Promise<ChildProcess> {
  const child = start('hold');
  if (child.stdout) await once(child.stdout, 'data');
  return child;
}

const soon: LockTimings = { heartbeatMs: 20, silenceMs: 60_000, watchMs: 150, pollMs: 5 };
const foreign = { id: '0123456789abcdef', pid: process.pid, host: 'elsewhere', startedAt: '1' };

/** Runs many tasks at once, each on its own, and tells how many ran at a time at most. */
async function crowd(size: number, timings = soon): Promise<{ most: number; ran: number }> {
  let running = 0;
  let most = 0;
  let ran = 0;
  const task = async () => {
    most = Math.max(most, (running += 1));
    await delay(Math.random() * 4);
    running -= 1;
    ran += 1;
  };
  await Promise.all(Array.from({ length: size }, async () => withFileLock(path, task, timings)));
  return { most, ran };
}

describe('several processes', () => {
  test('20 that increment a number 20 times each lose none', async () => {
    await writeFile(join(directory, 'count'), '0');
    const processes = Array.from({ length: 20 }, () => start('increment', '20'));
    const codes = await Promise.all(
      processes.map(async (child) => (await once(child, 'exit'))[0] as number),
    );
    expect(new Set(codes)).toEqual(new Set([0]));
    expect(await readFile(join(directory, 'count'), 'utf8')).toBe('400');
    expect(await readdir(directory)).toEqual(['count']);
  }, 120_000);

  test('a lock whose holder is killed is free at once', async () => {
    const holder = await startHolder();
    let isIn = false;
    const waiting = withFileLock(path, async () => void (isIn = true));
    await delay(300);
    expect(isIn).toBe(false);
    const killedAt = performance.now();
    holder.kill('SIGKILL');
    await waiting;
    expect(performance.now() - killedAt).toBeLessThan(20_000);
    expect(await readdir(directory)).toEqual([]);
  }, 60_000);

  test('of 30 that wait for a holder that is killed, one at a time is let in', async () => {
    const holder = await startHolder();
    const waiting = crowd(30);
    await delay(100);
    holder.kill('SIGKILL');
    expect(await waiting).toEqual({ most: 1, ran: 30 });
    expect(await readdir(directory)).toEqual([]);
  }, 60_000);

  test('a process that waits for nothing else ends', async () => {
    await startHolder();
    const waiter = start('wait');
    expect(waiter.stdout && (await text(waiter.stdout))).toBe('waited\n');
    if (waiter.exitCode === null) await once(waiter, 'exit');
    expect(waiter.exitCode).toBe(0);
  }, 60_000);
});

describe('a lock that was left', () => {
  const leave = async (content: string, touchedSecondsAgo: number) => {
    await writeFile(path, content, { mode: 0o600 });
    const at = new Date(Date.now() - touchedSecondsAgo * 1_000);
    await utimes(path, at, at);
  };

  test.each([
    ['on another machine', JSON.stringify(foreign)],
    ['without a name', ''],
    ['in a damaged file', '{"id":'],
  ])('%s is taken after a silence, by one at a time', async (_where, content) => {
    await leave(content, 61);
    expect(await crowd(20)).toEqual({ most: 1, ran: 20 });
    expect(await readdir(directory)).toEqual([]);
  });

  test('is left alone as long as somebody touches it', async () => {
    await leave(JSON.stringify(foreign), 10);
    let isIn = false;
    const waiting = withFileLock(path, async () => void (isIn = true), soon);
    await delay(400);
    expect(isIn).toBe(false);
    await rm(path);
    await waiting;
  });

  test('is left alone if it is touched while the silence is watched', async () => {
    await leave(JSON.stringify(foreign), 61);
    let isIn = false;
    const patient = { ...soon, watchMs: 2_000 };
    const waiting = withFileLock(path, async () => void (isIn = true), patient);
    await delay(100);
    await utimes(path, new Date(), new Date());
    await delay(2_500);
    expect(isIn).toBe(false);
    await rm(path);
    await waiting;
  });

  test('is taken though somebody ended while taking it', async () => {
    const dead = { ...(await newHolder()), pid: 2 ** 22 + 1 };
    await leave(JSON.stringify(dead), 0);
    const taker = JSON.stringify({ ...dead, id: 'f'.repeat(16) });
    await writeFile(`${path}.${dead.id}`, taker, { mode: 0o600 });
    expect(await crowd(20)).toEqual({ most: 1, ran: 20 });
    expect(await readdir(directory)).toEqual([]);
  });

  test('by an earlier process of the same number is taken', async () => {
    const earlier = { ...(await newHolder()), startedAt: '1' };
    if (process.platform !== 'linux') return;
    await leave(JSON.stringify(earlier), 0);
    expect(await crowd(5)).toEqual({ most: 1, ran: 5 });
  });
});

describe('a holder', () => {
  test('shows every few seconds that it lives', async () => {
    const startedAt = Date.now() - 1_000;
    const hold = async () => {
      await utimes(path, 1, 1);
      while ((await stat(path)).mtimeMs < startedAt) await delay(5);
    };
    await withFileLock(path, hold, soon);
    expect(await readdir(directory)).toEqual([]);
  });

  test('that was taken for dead does not remove the lock of its successor', async () => {
    await withFileLock(
      path,
      async () => {
        await rm(path);
        await writeFile(path, JSON.stringify(foreign), { mode: 0o600 });
      },
      soon,
    );
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(foreign);
  });

  test('that runs has not ended; one elsewhere is not known to have', async () => {
    const holder = await newHolder();
    expect(holder.host).toContain(hostname());
    expect(await hasEnded(holder)).toBe(false);
    expect(await hasEnded({ ...holder, pid: 2 ** 22 + 1 })).toBe(true);
    expect(await hasEnded({ ...foreign, pid: 2 ** 22 + 1 })).toBe(false);
    expect((await newHolder()).id).not.toBe(holder.id);
  });

  test('that ended, and that its parent did not bury, has ended', async () => {
    if (process.platform !== 'linux') return;
    // The shell becomes a program that knows nothing of its child.
    const child = spawn('sh', ['-c', 'sleep 0.01 & echo $!; exec sleep 60']);
    children.push(child);
    const [pid] = (await once(child.stdout, 'data')) as [Buffer];
    const holder = { ...(await newHolder()), pid: Number(pid.toString()) };
    while (!(await hasEnded(holder))) await delay(10);
    expect(process.kill(holder.pid, 0)).toBe(true);
  });

  test('is read as it was written, and anything else is nobody', async () => {
    const holder = await newHolder();
    expect(readHolder(JSON.stringify(holder))).toEqual(holder);
    expect(readHolder(JSON.stringify({ ...holder, id: '../../x' }))).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        expect(readHolder(content)).toBeUndefined();
      }),
    );
  });
});
