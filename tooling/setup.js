// What `npm run demo` and `npm test` are: sets up what is missing, with nothing but Node and npm, and
// does the work.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pnpm, quietPnpm } from './pnpm.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.vendorkit-setup`;

const work = {
  demo: () => node('tooling/demo/dist/night.js'),
  test: () => pnpm('run', 'test:jest', ...process.argv.slice(3)),
};

const name = process.argv[2] ?? '';
if (!Object.hasOwn(work, name)) throw new Error(`Expected one of: ${Object.keys(work).join(', ')}`);
install();
quietPnpm('run', 'build', '--output-logs=errors-only');
work[name]();

/** Installs if the lock file has changed since the last time. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(`${root}pnpm-lock.yaml`))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing the dependencies that the lock file names …');
  quietPnpm('install', '--frozen-lockfile', '--reporter=append-only');
  writeFileSync(stamp, lock);
}

function node(program) {
  const { status, error } = spawnSync(process.execPath, [program], { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  process.exitCode = status ?? 1;
}
