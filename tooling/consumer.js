// Installs the packed packages with plain npm in an empty folder outside the workspace, as a user
// would, and uses them there: by import, by require, and from TypeScript in two module systems.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vendorkit-consumer-'));
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, stdio: 'inherit' });

try {
  for (const name of readdirSync(join(root, 'packages'))) {
    pnpm('--dir', join(root, 'packages', name), 'pack', '--out', join(folder, `${name}.tgz`));
  }
  const tarballs = readdirSync(folder).map((file) => `./${file}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tools = ['typescript', '@types/node'].map((tool) => `${tool}@${devDependencies[tool]}`);
  run('npm', 'install', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs, ...tools);
  cpSync(join(root, 'tooling/consumer'), folder, { recursive: true });
  run('node', 'use.mjs');
  run('node', 'use.cjs');
  run('node', 'types.mjs');
  run('npx', 'tsc', '--project', 'tsconfig.nodenext.json');
  run('npx', 'tsc', '--project', 'tsconfig.bundler.json');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('The packed packages work outside the workspace.');
