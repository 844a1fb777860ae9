import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { writeTypes } from '../../src/types/write-types.ts';
import { parseWsdl } from '../../src/wsdl/parse-wsdl.ts';
import { readWsdlFile } from '../../src/wsdl/read-wsdl-file.ts';
import { arbitraryModel } from './arbitrary-model.ts';
import type { rightUses } from './fixtures/uses-catalog-service.ts';

const root = join(__dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'secutix-soap-types-'));
const seconds = 1000;

afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler has to say. */
async function complaintsAbout(files: readonly string[], options: object): Promise<string> {
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = { typeRoots: [join(root, 'node_modules/@types')], ...options };
  const extended = join(root, 'tooling/tsconfig/library.json');
  writeFileSync(project, JSON.stringify({ extends: extended, compilerOptions, files }));
  const tsc = join(root, 'node_modules/.bin/tsc');
  try {
    await promisify(execFile)(tsc, ['--project', project]);
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

test(
  'the types of any model compile, in the strictest mode',
  async () => {
    const seed = Date.now() % 1_000_000;
    const models = fc.sample(arbitraryModel, { seed, numRuns: 150 });
    const files = models.map((model, index) => {
      const file = join(folder, `seed-${seed}-model-${index}.ts`);
      writeFileSync(file, writeTypes(model));
      return file;
    });
    expect(await complaintsAbout(files, { skipLibCheck: false })).toBe('');
  },
  60 * seconds,
);

test(
  'the types of real descriptions compile',
  async () => {
    const names = ['catalog/catalog-service', 'everything/everything'];
    const files = names.map(async (name) => {
      const wsdl = join(__dirname, '../wsdl/fixtures', `${name}.wsdl`);
      const file = join(folder, `${basename(name)}.ts`);
      writeFileSync(file, writeTypes(parseWsdl(await readWsdlFile(wsdl))));
      return file;
    });
    expect(await complaintsAbout(await Promise.all(files), { skipLibCheck: false })).toBe('');
  },
  60 * seconds,
);

test(
  'a client with the types takes what is right and refuses what is wrong',
  async () => {
    const program: (typeof rightUses)['name'] = 'uses-catalog-service.ts';
    const file = join(__dirname, 'fixtures', program);
    expect(await complaintsAbout([file], {})).toBe('');
  },
  60 * seconds,
);
