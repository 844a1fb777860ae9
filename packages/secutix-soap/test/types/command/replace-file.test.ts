import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { replaceFile } from '../../../src/types/command/replace-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secutix-soap-replace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is made', async () => {
  await replaceFile(join(folder, 'a.ts'), 'one');
  expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('one');
});

test('a file that is there is replaced, and nothing else is left', async () => {
  writeFileSync(join(folder, 'a.ts'), 'a longer text than the new one');
  await replaceFile(join(folder, 'a.ts'), 'two');
  expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['a.ts']);
});

test('a folder is not replaced, and nothing is left beside it', async () => {
  mkdirSync(join(folder, 'a.ts'));
  await expect(replaceFile(join(folder, 'a.ts'), 'one')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(readdirSync(folder)).toEqual(['a.ts']);
});

test('a file in a folder that is not there is not made', async () => {
  const file = join(folder, 'b/a.ts');
  await expect(replaceFile(file, 'one')).rejects.toMatchObject({ code: 'ENOENT' });
});
