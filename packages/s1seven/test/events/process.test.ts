import { afterEach, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { secretsIn } from '../../../../tooling/canary/leaks.ts';
import type { EmulatedBroker } from '../../src/testing/emulated-broker.ts';
import { eventually } from './eventually.ts';
import { closeAll, closeLater, count, startBroker, topic } from './harness.ts';

// Processes take their time to start on a busy machine.
jest.setTimeout(120_000);
afterEach(closeAll);

/** Runs a scenario of lonely-process.ts. */
function run(
  scenario: string,
  { url }: EmulatedBroker,
  more: { file?: string; env?: object } = {},
) {
  const loader = resolve(__dirname, '../../../../tooling/real-server/typescript.cjs');
  const script = join(__dirname, 'lonely-process.ts');
  const flags = ['--conditions', '@vendorkit/source', loader, script];
  const child: ChildProcess = spawn(process.execPath, [...flags, scenario, url, more.file ?? ''], {
    env: { ...process.env, NODE_OPTIONS: '', ...more.env },
  });
  const state = { printed: '' };
  for (const output of [child.stdout, child.stderr]) {
    output?.on('data', (text: Buffer) => (state.printed += text.toString()));
  }
  closeLater({ close: async () => void child.kill('SIGKILL') });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, state, exited };
}

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vendorkit-lonely-'));
  closeLater({ close: async () => rmSync(folder, { recursive: true }) });
  return join(folder, 'handled');
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(0, -1);
  } catch {
    return [];
  }
}

test('nothing is lost when the process is killed while it handles events', async () => {
  const broker = await startBroker();
  const file = temporaryFile();
  const first = run('consume', broker, { file });
  await eventually(() => count(broker, 'subscribe') === 1);
  for (let id = 1; id <= 300; id += 1) broker.publish(topic, String(id));
  for (const handled of [50, 150]) {
    const { child, exited } = handled === 50 ? first : run('consume', broker, { file });
    await eventually(() => linesOf(file).length >= handled);
    child.kill('SIGKILL');
    await exited;
  }
  run('consume', broker, { file });
  await eventually(() => new Set(linesOf(file)).size === 300);
  expect(count(broker, 'stray-acknowledge')).toBe(0);
});

test('a closed stream keeps no process alive, and DEBUG prints no token', async () => {
  const broker = await startBroker();
  const env = { DEBUG: '*', NODE_DEBUG: 'net,tls,http,https,stream' };
  const { state, exited } = run('once', broker, { env });
  await eventually(() => count(broker, 'subscribe') === 1);
  broker.publish(topic, '{"id":1}');
  expect(await exited).toBe(0);
  expect(state.printed).toContain('handled { id: 1 }');
  expect(secretsIn(state.printed)).toEqual([]);
  // The search would have found it, and DEBUG was on.
  expect(secretsIn('5tG7hJ9kL1-canary-opaque-access-token')).not.toEqual([]);
  expect(state.printed).toMatch(/mqtt-packet|NET/);
});

test('a stream that ends with an error nobody listens to ends no process', async () => {
  let mayConnect = true;
  const broker = await startBroker({ authenticate: () => mayConnect });
  const { state, exited } = run('unheard', broker);
  await eventually(() => state.printed.includes('subscribed'));
  mayConnect = false;
  broker.cut();
  expect(await exited).toBe(0);
  expect(state.printed).toContain('events-ended');
  expect(state.printed).not.toMatch(/unhandled/i);
});
