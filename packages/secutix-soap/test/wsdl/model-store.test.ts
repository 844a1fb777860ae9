import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@vendorkit/core/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ModelStore } from '../../src/wsdl/model-store.ts';
import { compile } from './compile.ts';

const model = compile(`<xs:complexType name="In"><xs:sequence>
  <xs:element name="__proto__" type="xs:long"/></xs:sequence></xs:complexType>`);
const key = { url: 'https://vendor.example/service?wsdl' };
const hourMs = 3_600_000;

let root = '';
let directory = '';
let clock = new VirtualClock();

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'store-'));
  directory = join(root, 'new', 'cache');
  clock = new VirtualClock(new Date('2026-03-01T12:00:00Z'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

const store = (folder = directory) =>
  new ModelStore({ directory: folder, maxAgeMs: hourMs, clock });

/** The one file that the store has written. */
async function file(): Promise<string> {
  const [name, ...others] = await readdir(directory);
  if (name === undefined || others.length > 0) throw new Error('There should be one file.');
  return join(directory, name);
}

describe('a model that was kept', () => {
  test('is read again as it was', async () => {
    expect(await store().write(key, model)).toBeUndefined();
    const read = await store().read(key);
    expect(read).toStrictEqual(model);
    expect(Object.isFrozen(read?.types[0])).toBe(true);
    expect(JSON.stringify(read)).toBe(JSON.stringify(model));
  });

  test('is in a file of this user alone, in a folder of this user alone', async () => {
    await store().write(key, model);
    expect((await stat(await file())).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await file()).toMatch(/\/[0-9a-f]{64}\.json$/);
  });

  test('is not that of another URL, service or port', async () => {
    await store().write(key, model);
    expect(await store().read({ url: `${key.url}2` })).toBeUndefined();
    expect(await store().read({ ...key, service: 'S' })).toBeUndefined();
    expect(await store().read({ ...key, port: 'S' })).toBeUndefined();
    expect(await store().read({ ...key, service: undefined })).toStrictEqual(model);
  });

  test('takes the place of the one before', async () => {
    await store().write(key, { ...model, name: 'Before' });
    await store().write(key, model);
    expect((await store().read(key))?.name).toBe('S');
    expect(await readdir(directory)).toHaveLength(1);
  });

  test('is not read when it is too old', async () => {
    await store().write(key, model);
    await clock.advance(hourMs);
    expect(await store().read(key)).toBeDefined();
    await clock.advance(1);
    expect(await store().read(key)).toBeUndefined();
  });

  test('is not read when it comes from the future', async () => {
    await store().write(key, model);
    clock = new VirtualClock(new Date('2026-03-01T11:00:00Z'));
    expect(await store().read(key)).toBeUndefined();
  });

  test('is written by many at once without harm', async () => {
    await Promise.all(Array.from({ length: 20 }, () => store().write(key, model)));
    expect(await store().read(key)).toStrictEqual(model);
    expect(await readdir(directory)).toHaveLength(1);
  });
});

describe('not there is', () => {
  test('what nobody kept', async () => {
    expect(await store().read(key)).toBeUndefined();
  });

  test.each([
    ['cut', (text: string) => text.slice(0, -10)],
    ['changed', (text: string) => text.replace('"long"', '"lung"')],
    ['of another format', (text: string) => text.replace('{"format":1', '{"format":0')],
    ['empty', () => ''],
    ['no JSON', () => 'x\ny'],
    ['null', () => 'null\nnull'],
  ])('what is %s', async (_, change) => {
    await store().write(key, model);
    const path = await file();
    await writeFile(path, change(await readFile(path, 'utf8')));
    expect(await store().read(key)).toBeUndefined();
  });

  test('a file of another key under this name', async () => {
    await store().write({ url: 'https://other.example/?wsdl' }, model);
    const text = await readFile(await file());
    await rm(await file());
    await store().write(key, model);
    await writeFile(await file(), text);
    expect(await store().read(key)).toBeUndefined();
  });

  test('a symbolic link', async () => {
    await store().write(key, model);
    const path = await file();
    await writeFile(join(root, 'target'), await readFile(path), { mode: 0o600 });
    await rm(path);
    await symlink(join(root, 'target'), path);
    expect(await store().read(key)).toBeUndefined();
  });

  test('a file that others may write', async () => {
    await store().write(key, model);
    await chmod(await file(), 0o620);
    expect(await store().read(key)).toBeUndefined();
  });

  test('a folder in the place of the file', async () => {
    await store().write(key, model);
    const path = await file();
    await rm(path);
    await mkdir(path);
    expect(await store().read(key)).toBeUndefined();
    expect(await store().write(key, model)).toMatch(/^The WSDL cache cannot be written: E\w+\.$/);
    expect(await readdir(directory)).toHaveLength(1);
  });
});

describe('a folder', () => {
  const unusable =
    'The folder of the WSDL cache is a link, or others may write in it: it is not used.';

  test('that others may write in is used neither for reading nor for writing', async () => {
    await store().write(key, model);
    await chmod(directory, 0o770);
    expect(await store().read(key)).toBeUndefined();
    expect(await store().write(key, model)).toBe(unusable);
  });

  test('that is a link is not used', async () => {
    await store().write(key, model);
    const link = join(root, 'link');
    await symlink(directory, link);
    expect(await store(link).read(key)).toBeUndefined();
    expect(await store(link).write(key, model)).toBe(unusable);
  });

  test('that is a file is told', async () => {
    await writeFile(join(root, 'file'), '');
    const here = store(join(root, 'file'));
    expect(await here.write(key, model)).toBe('The WSDL cache cannot be written: EEXIST.');
    expect(await here.read(key)).toBeUndefined();
  });
});
