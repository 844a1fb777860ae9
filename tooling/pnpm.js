// Runs the pnpm that package.json pins: from the PATH if it is there in that very version, else
// through npx. `node tooling/pnpm.js run check` works where only npm is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1' };
const options = { cwd: root, env, shell: process.platform === 'win32' };

/** Runs pnpm in the workspace's root and ends this process if it fails. */
export function pnpm(...args) {
  run(args, 'inherit');
}

/** The same, but what it prints is shown only if it fails. */
export function quietPnpm(...args) {
  run(args, 'pipe');
}

function run(args, stdio) {
  const [program, ...before] = findPnpm();
  const result = spawnSync(program, [...before, ...args], { ...options, stdio, encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status === 0) return;
  console.error(result.stdout ?? '', result.stderr ?? '');
  process.exit(result.status ?? 1);
}

function findPnpm() {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const found = spawnSync('pnpm', ['--version'], { ...options, encoding: 'utf8' });
  const isPinned = `pnpm@${found.stdout?.trim()}` === packageManager;
  return isPinned ? ['pnpm'] : ['npx', '--yes', packageManager];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) pnpm(...process.argv.slice(2));
