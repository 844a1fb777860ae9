import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { helloSchema, helloTypes, helloWsdl } from './types/command/hello-wsdl.ts';

const cli = join(__dirname, '../src/cli.ts');
const loader = join(__dirname, '../../../tooling/typescript-loader.mjs');

// Each test starts processes that compile what they load.
jest.setTimeout(30_000);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secutix-soap-cli-'));
  writeFileSync(join(folder, 'hello.wsdl'), helloWsdl);
  writeFileSync(join(folder, 'hello.xsd'), helloSchema);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts the program as a process of its own, in the folder. */
function start(args: readonly string[], program = cli) {
  const flags = ['--conditions=@vendorkit/source', '--import', loader];
  return spawn(process.execPath, [...flags, program, ...args], { cwd: folder });
}

async function run(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const process = start(args);
  const ended = new Promise<number | null>((resolve) => process.once('close', resolve));
  const [code, out, err] = await Promise.all([ended, text(process.stdout), text(process.stderr)]);
  return { code, out, err };
}

test('the program prints what was asked for and exits with 0', async () => {
  expect(await run('types', 'hello.wsdl')).toEqual({ code: 0, out: helloTypes, err: '' });
});

test('the program writes the file that was asked for', async () => {
  expect(await run('types', 'hello.wsdl', '--out', 'a.ts')).toEqual({ code: 0, out: '', err: '' });
  expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe(helloTypes);
});

test('the program exits with 1 after a failure, and prints one line without a stack', async () => {
  const { code, out, err } = await run('types', 'nothing.wsdl');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^secutix-soap: [^\n]+\n$/);
});

test('the program exits with 2 if it is used wrongly', async () => {
  const { code, out, err } = await run();
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^secutix-soap: [^\n]+\n$/);
});

test('the program finds its version when it is started through a link, as npm does', async () => {
  const link = join(folder, 'secutix-soap.ts');
  symlinkSync(cli, link);
  expect(await text(start(['--version'], link).stdout)).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('the program does not mind if nobody reads its output to the end', async () => {
  const process = start(['types', 'hello.wsdl']);
  process.stdout.destroy();
  const ended = new Promise<number | null>((resolve) => process.once('close', resolve));
  expect([await text(process.stderr), await ended]).toEqual(['', 0]);
});

test('the program says that Node runs it', () => {
  expect(readFileSync(cli, 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
});
