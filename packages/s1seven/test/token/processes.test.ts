import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startServer, type RunningServer } from '@vendorkit/core/testing';
import { canaries } from '../../../../tooling/canary/canary.ts';

let directory = '';
let server: RunningServer;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vendorkit-processes-'));
  let given = 0;
  server = await startServer({
    handle: () => {
      given += 1;
      const accessToken = `${canaries.accessToken}-${given}`;
      return { status: 201, body: JSON.stringify({ accessToken }), delayMs: 300 };
    },
  });
});
afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

/** Starts token-process.ts five times at once, and tells which token each of them had. */
async function startFive(refused = ''): Promise<string[]> {
  const loader = join(__dirname, '../../../../tooling/typescript-loader.mjs');
  const flags = ['--conditions=@vendorkit/source', '--import', loader];
  const program = join(__dirname, 'token-process.ts');
  const args = [...flags, program, server.url, directory, canaries.clientSecret, refused];
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return Promise.all(children.map(async ({ stdout }) => text(stdout)));
}

test('five processes make one request, also when all of them are refused, and after a restart', async () => {
  expect(new Set(await startFive())).toEqual(new Set(['1\n']));
  expect(server.requests).toHaveLength(1);
  expect(new Set(await startFive('refused'))).toEqual(new Set(['2\n']));
  expect(server.requests).toHaveLength(2);
  expect(new Set(await startFive('refused'))).toEqual(new Set(['2\n']));
  expect(server.requests).toHaveLength(2);
}, 120_000);
