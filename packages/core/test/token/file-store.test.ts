import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { FileTokenStore } from '../../src/token/file-store.ts';
import type { StoredToken } from '../../src/token/token-store.ts';
import { failure } from '../acme.ts';

let parent = '';
let directory = '';
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'vendorkit-tokens-'));
  directory = join(parent, 'tokens');
});
afterEach(async () => rm(parent, { recursive: true, force: true }));

const token: StoredToken = {
  token: canaries.accessToken,
  obtainedAtMs: 1_767_225_600_000,
  expiresAtMs: 1_767_312_000_000,
  attributes: { mode: 'test' },
};

const nameOf = (key: string) => createHash('sha256').update(key).digest('hex');
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

describe('a file store', () => {
  test('keeps a token for the next process', async () => {
    await new FileTokenStore(directory).set('key', token);
    expect(await new FileTokenStore(directory).get('key')).toEqual(token);
  });

  test('knows nothing at first, and forgets what it is told to', async () => {
    const store = new FileTokenStore(directory);
    expect(await store.get('key')).toBeUndefined();
    await store.delete('key');
    await store.set('key', token);
    await store.delete('key');
    expect(await store.get('key')).toBeUndefined();
  });

  test('makes its directory and files for this user alone, whatever the umask', async () => {
    const umask = process.umask(0);
    try {
      await new FileTokenStore(join(directory, 'deeper')).set('key', token);
    } finally {
      process.umask(umask);
    }
    expect(await modeOf(join(directory, 'deeper'))).toBe('700');
    expect(await modeOf(join(directory, 'deeper', nameOf('key')))).toBe('600');
  });

  test('names files after nothing that a key tells', async () => {
    const key = `../../${canaries.clientSecret}\0/`;
    const store = new FileTokenStore(directory);
    await store.set(key, token);
    await store.lock(key, async () => {
      const names = await readdir(directory);
      expect(names.toSorted()).toEqual([nameOf(key), `${nameOf(key)}.lock`]);
      const lock = await readFile(join(directory, `${nameOf(key)}.lock`), 'utf8');
      expect(lock).not.toMatch(/canary/);
    });
    expect(await store.get(key)).toEqual(token);
    expect(await readdir(directory)).toEqual([nameOf(key)]);
  });

  test('replaces a file as a whole, so that whoever has it open keeps the old one', async () => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    const kept = join(parent, 'kept');
    await link(join(directory, nameOf('key')), kept);
    await store.set('key', { ...token, obtainedAtMs: 7 });
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual(token);
    expect(await readdir(directory)).toEqual([nameOf('key')]);
  });

  test('gives a whole token or none to whoever reads while others write', async () => {
    const store = new FileTokenStore(directory);
    const long = (number: number) => ({ token: 'x'.repeat(50_000), obtainedAtMs: number });
    const write = async () => {
      for (let number = 1; number <= 60; number += 1) await store.set('key', long(number));
    };
    const read = async () => {
      const seen: number[] = [];
      while (seen.at(-1) !== 60) seen.push((await store.get('key'))?.obtainedAtMs ?? 0);
      return seen;
    };
    const [seen] = await Promise.all([read(), write()]);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  });

  test('removes what a process left that ended while it wrote, and nothing else', async () => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    const [hash, id] = ['a'.repeat(64), 'b'.repeat(16)];
    const left = [`${hash}.${id}.new`, `${hash}.lock.${id}`, `${hash}.lock.${id}.${id}.new`];
    const ours = [nameOf('key'), hash, `${hash}.lock`, 'a-file-of-the-users.new'];
    const names = [...left, ...ours.slice(1)];
    for (const name of names) await writeFile(join(directory, name), 'half a tok', { mode: 0o600 });
    await store.set('key', token);
    expect((await readdir(directory)).length).toBe(7);
    for (const name of names) await utimes(join(directory, name), 1, 1);
    await store.set('key', token);
    expect(new Set(await readdir(directory))).toEqual(new Set(ours));
  });

  test('shows no token to inspect and JSON', async () => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    expect(inspect(store, { depth: 12, showHidden: true })).not.toContain(canaries.accessToken);
    expect(JSON.stringify(store)).toBe('{}');
  });
});

describe('damaged content is no token', () => {
  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"token":7}',
    '{"token":""}',
    '\0\0\0',
    'x'.repeat(2_000_000),
  ])('content %#', async (content) => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    await writeFile(join(directory, nameOf('key')), content);
    expect(await store.get('key')).toBeUndefined();
    await store.set('key', token);
    expect(await store.get('key')).toEqual(token);
  });

  test('a file that was cut anywhere, or has any byte changed, is a token or none', async () => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    const path = join(directory, nameOf('key'));
    const bytes = await readFile(path);
    const place = fc.nat(bytes.length - 1);
    await fc.assert(
      fc.asyncProperty(place, fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
        const changed = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
        if (!isCut) changed[at] = byte;
        await writeFile(path, changed);
        const read = await store.get('key');
        expect(isCut ? read : typeof (read?.token ?? '')).toBe(isCut ? undefined : 'string');
      }),
      { numRuns: 100 },
    );
  });
});

describe('a place that is not safe is refused, and named', () => {
  const refusal = async (path = directory) => {
    const store = new FileTokenStore(path);
    const errors = await Promise.all([
      failure(store.get('key')),
      failure(store.set('key', token)),
      failure(store.delete('key')),
      failure(store.lock('key', async () => expect('the task').toBe('not run'))),
    ]);
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'CONFIGURATION', outcome: 'not-sent' });
      expect(error.message).toContain(path);
      expect(error.message).not.toContain(canaries.accessToken);
    }
    return errors[0]?.message;
  };

  test.each([0o755, 0o750, 0o701, 0o770])('a directory of mode %i', async (mode) => {
    await mkdir(directory);
    await chmod(directory, mode);
    const message = await refusal();
    expect(message).toContain(`mode is ${mode.toString(8)}`);
    expect(message).toContain(`chmod 700 ${directory}`);
  });

  test('a directory where none can be made, without trying for ever', async () => {
    const nowhere = process.platform === 'linux' ? '/proc/vendorkit/tokens' : '/dev/null/tokens';
    const message = await refusal(nowhere);
    expect(message).toMatch(/ENOENT|ENOTDIR|EACCES|EPERM|EROFS/);
  }, 5_000);

  test('a link to a directory', async () => {
    await mkdir(join(parent, 'elsewhere'), { mode: 0o700 });
    await symlink(join(parent, 'elsewhere'), directory);
    expect(await refusal()).toContain('no directory');
    expect(await readdir(join(parent, 'elsewhere'))).toEqual([]);
  });

  test('a file, or a path below one', async () => {
    await writeFile(directory, '');
    expect(await refusal()).toContain('it is no directory');
    expect(await refusal(join(directory, 'deeper'))).toContain('ENOTDIR');
  });

  test('a directory of another user', async () => {
    const geteuid = process.geteuid;
    process.geteuid = () => (geteuid?.() ?? 0) + 1;
    try {
      await mkdir(directory, { mode: 0o700 });
      expect(await refusal()).toContain('belongs to another user');
    } finally {
      if (geteuid) process.geteuid = geteuid;
    }
  });

  test('a file that others may read', async () => {
    const store = new FileTokenStore(directory);
    await store.set('key', token);
    await chmod(join(directory, nameOf('key')), 0o640);
    const error = await failure(store.get('key'));
    expect(error).toMatchObject({ code: 'CONFIGURATION' });
    expect(error.message).toContain(nameOf('key'));
    expect(error.message).toContain(`chmod 600 ${join(directory, nameOf('key'))}`);
  });

  test('makes the directories above its own as well, all of them private', async () => {
    const deep = join(directory, 'a', 'b');
    await new FileTokenStore(deep).set('key', token);
    const modes = await Promise.all(
      [directory, join(directory, 'a'), deep].map(async (path) => (await stat(path)).mode & 0o777),
    );
    expect(modes).toEqual([0o700, 0o700, 0o700]);
  });

  test('a link in place of a file is neither followed nor written through', async () => {
    const store = new FileTokenStore(directory);
    await store.set('other', token);
    const target = join(parent, 'target');
    await writeFile(target, JSON.stringify(token), { mode: 0o600 });
    await symlink(target, join(directory, nameOf('key')));
    expect((await failure(store.get('key'))).message).toContain('it is a link');
    await store.set('key', { ...token, obtainedAtMs: 7 });
    expect(JSON.parse(await readFile(target, 'utf8'))).toEqual(token);
    expect(await store.get('key')).toMatchObject({ obtainedAtMs: 7 });
  });

  test('a directory in place of a file', async () => {
    const store = new FileTokenStore(directory);
    await store.set('other', token);
    await mkdir(join(directory, nameOf('key')));
    expect((await failure(store.get('key'))).message).toContain('it is no file');
    expect(await failure(store.set('key', token))).toMatchObject({ code: 'CONFIGURATION' });
    expect(await readdir(directory)).toHaveLength(2);
  });

  test('a link in place of the lock is not followed', async () => {
    const store = new FileTokenStore(directory);
    await store.set('other', token);
    await symlink('/nowhere', join(directory, `${nameOf('key')}.lock`));
    const error = await failure(store.lock('key', async () => {}));
    expect(error.message).toContain('it is a link');
  });
});

describe('lock', () => {
  test('passes on what the task throws, also if it looks like a system error', async () => {
    const store = new FileTokenStore(directory);
    const thrown = Object.assign(new Error('mine'), { code: 'EACCES' });
    const fail = async () => {
      throw thrown;
    };
    await expect(store.lock('key', fail)).rejects.toBe(thrown);
    await expect(store.lock('key', async () => {})).resolves.toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });

  test('lets the tasks of one store run in the order in which they came', async () => {
    const store = new FileTokenStore(directory);
    const order: number[] = [];
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    await Promise.all(
      numbers.map(async (number) => store.lock('key', async () => void order.push(number))),
    );
    expect(order).toEqual(numbers);
  });

  test('is not held up by the lock of another key', async () => {
    const store = new FileTokenStore(directory);
    let hasRun = false;
    await store.lock('a', async () => {
      await new FileTokenStore(directory).lock('b', async () => void (hasRun = true));
    });
    expect(hasRun).toBe(true);
  });
});

test('an error of the store is a VendorError that other copies of the package recognise', async () => {
  await writeFile(directory, '');
  expect(VendorError.is(await failure(new FileTokenStore(directory).get('key')))).toBe(true);
});
