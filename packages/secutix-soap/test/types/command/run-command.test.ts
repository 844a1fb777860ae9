import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startServer } from '@vendorkit/core/testing';
import { runCommand } from '../../../src/types/command/run-command.ts';
import { canaries } from '../../../../../tooling/canary/canary.ts';
import { helloSchema, helloTypes, helloWsdl } from './hello-wsdl.ts';

let folder = '';
let wsdl = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secutix-soap-command-'));
  wsdl = join(folder, 'hello.wsdl');
  writeFileSync(wsdl, helloWsdl);
  writeFileSync(join(folder, 'hello.xsd'), helloSchema);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a command prints and returns. */
async function run(...args: string[]): Promise<{ code: number; output: string; lines: string[] }> {
  let output = '';
  const lines: string[] = [];
  const program = join(__dirname, '../../../src/cli.ts');
  const print = (text: string) => {
    output += text;
  };
  const complain = (line: string) => {
    lines.push(line);
  };
  const code = await runCommand(args, { print, complain, program });
  return { code, output, lines };
}

describe('types are written', () => {
  test('of a file, to the standard output', async () => {
    expect(await run('types', wsdl)).toEqual({ code: 0, output: helloTypes, lines: [] });
  });

  test('of the URL of a file', async () => {
    expect(await run('types', pathToFileURL(wsdl).href)).toMatchObject({ output: helloTypes });
  });

  test('of a URL, with the headers that it wants', async () => {
    const server = await startServer({
      handle: ({ path, headers }) => {
        if (headers['x-key'] !== canaries.accessToken) return { status: 401 };
        return { status: 200, body: path === '/hello.xsd' ? helloSchema : helloWsdl };
      },
    });
    const address = `${server.url}/hello?wsdl`;
    const right = await run('types', address, '--header', `X-Key: ${canaries.accessToken}`);
    const wrong = await run('types', address);
    await server.close();
    expect(right).toEqual({ code: 0, output: helloTypes, lines: [] });
    expect(wrong).toMatchObject({ code: 1, output: '' });
    expect(wrong.lines).toEqual([
      'secutix-soap: The server answered with HTTP 401. Give credentials: --header "Authorization: ..."',
    ]);
  });

  test('to a file, which is replaced', async () => {
    const out = join(folder, 'hello.ts');
    writeFileSync(out, 'old');
    expect(await run('types', wsdl, '--out', out)).toEqual({ code: 0, output: '', lines: [] });
    expect(readFileSync(out, 'utf8')).toBe(helloTypes);
    expect(readdirSync(folder).toSorted()).toEqual(['hello.ts', 'hello.wsdl', 'hello.xsd']);
  });

  test('of the service that is asked for', async () => {
    const { output } = await run('types', wsdl, '--service', 'SecondService');
    expect(output).toContain('export interface SecondService {');
  });
});

describe('a failure is one plain line, and leaves nothing behind', () => {
  test.each([
    ['a file that is not there', ['types', '/nowhere/at/all.wsdl'], /is not there/],
    ['a service that is not there', ['types', '$wsdl', '--service', 'Third'], /no service `Third`/],
    ['an address that is refused', ['types', 'http://example.com/a?wsdl'], /use https/],
    ['a URL of a file elsewhere', ['types', 'file://elsewhere/a.wsdl'], /host/],
    [
      'a folder to write to',
      ['types', '$wsdl', '--out', '$folder'],
      /cannot be written \(EISDIR\)/,
    ],
    ['a place that is not there', ['types', '$wsdl', '-o', '/nowhere/a.ts'], /\(ENOENT\)/],
  ])('with %s', async (_name, args, message) => {
    const filled = args.map((arg) => arg.replace('$wsdl', wsdl).replace('$folder', folder));
    const { code, output, lines } = await run(...filled);
    expect({ code, output, count: lines.length }).toEqual({ code: 1, output: '', count: 1 });
    expect(lines[0]).toMatch(/^secutix-soap: [^\n]+$/);
    expect(lines[0]).toMatch(message);
    expect(readdirSync(folder).toSorted()).toEqual(['hello.wsdl', 'hello.xsd']);
  });

  test('with what is no WSDL, so that an older file stays', async () => {
    const out = join(folder, 'hello.ts');
    writeFileSync(out, 'old');
    writeFileSync(wsdl, '<html/>');
    expect(await run('types', wsdl, '--out', out)).toMatchObject({ code: 1, output: '' });
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  test('with a name that would command the terminal', async () => {
    const { lines } = await run('types', `${folder}/\u001b[31m\nred.wsdl`);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/\p{C}/u);
  });
});

describe('the command line', () => {
  test('that makes no sense is told how to learn better', async () => {
    expect(await run('type', wsdl)).toEqual({
      code: 2,
      output: '',
      lines: ['secutix-soap: Expected the command: types <wsdl>. Try secutix-soap --help'],
    });
    const ambiguous = await run('types', wsdl, '--out', '--service', 'A');
    expect(ambiguous).toMatchObject({ code: 2, output: '' });
    expect(ambiguous.lines).toHaveLength(1);
  });

  test('explains itself', async () => {
    const { code, output, lines } = await run('--help');
    expect({ code, lines }).toEqual({ code: 0, lines: [] });
    for (const option of ['--out', '--service', '--header', '--help', '--version']) {
      expect(output).toContain(option);
    }
  });

  test('tells the version of the package', async () => {
    const manifest = readFileSync(join(__dirname, '../../../package.json'), 'utf8');
    const { version } = JSON.parse(manifest) as { version: string };
    expect(await run('--version')).toEqual({ code: 0, output: `${version}\n`, lines: [] });
  });
});
