import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { secretsIn } from '../../../tooling/canary/leaks.ts';
import { refused } from '../src/testing/index.ts';
import {
  client,
  clientOf,
  closeAll,
  connect,
  emulate,
  failure,
  thrown,
  tokensOf,
} from './harness.ts';

afterEach(closeAll);

// After each test of this package everything that was printed, logged or published is looked through
// for the secret that all clients share, and so are the clients and the errors that tests handed over.

test.each(['utf8', 'base64', 'hex'] as const)('a client hides a secret in %s', async (encoding) => {
  const secret = encoding === 'base64' ? canaries.secretBase64 : canaries.secret;
  const secutix = clientOf({ url: 'http://127.0.0.1:9' }, { secret, secretEncoding: encoding });
  const texts = [
    inspect(secutix, { depth: 12, showHidden: true, getters: true }),
    inspect(secutix, { depth: 12, showHidden: true, customInspect: false }),
    JSON.stringify(secutix),
    JSON.stringify(Object.getOwnPropertyDescriptors(secutix)),
    inspect(secutix.service('catalogService'), { depth: 12, showHidden: true }),
  ];
  expect(texts.flatMap(secretsIn)).toEqual([]);
  // The search would have found it.
  expect(secretsIn(inspect({ secret }))).not.toEqual([]);
});

test('the vendor can echo what it was sent, and no error tells it', async () => {
  const echo = ({ secret }: { secret?: unknown }) =>
    refused('error.echo', `Not ${String(secret)}`, {
      received: { note: secret, [String(secret)]: 1 },
    });
  const emulator = await emulate({ methods: { 'setupService.listSeasons': echo } });
  const secutix = connect(emulator);
  for (const secret of [
    canaries.secret,
    canaries.secret.toUpperCase(),
    Buffer.from(canaries.secret).toString('base64'),
    encodeURIComponent(canaries.secret),
  ]) {
    const error = await failure(secutix.call('setupService', 'listSeasons', { secret }));
    expect(error).toMatchObject({ code: 'OPERATION_FAILED' });
  }
  const token = tokensOf(emulator).at(-1) ?? '';
  const error = await failure(secutix.call('setupService', 'listSeasons', { secret: token }));
  expect(error.message).toContain('[redacted');
});

test('parameters, their names excepted, are in no error, log or event', async () => {
  const emulator = await emulate();
  const { password } = canaries;
  const seen: unknown[] = [];
  const see = (event: unknown) => seen.push(event);
  subscribe('vendorkit:callEnd', see);
  try {
    const secutix = connect(emulator, { retry: { attempts: 2, baseDelay: 1 } });
    for (const mode of ['nc', 'na', 'garbage', 'pc'] as const) {
      emulator.faults.next(mode, { times: 2 });
      await failure(secutix.call('setupService', 'listSeasons', { password }));
    }
    await failure(
      secutix.call('setupService', 'listSeasons', { [password]: NaN }).catch(hidesName),
    );
  } finally {
    unsubscribe('vendorkit:callEnd', see);
  }
  expect(seen).toHaveLength(4);
});

/** The name of a refused parameter is told: it is how the error says which. */
function hidesName(error: unknown): never {
  const { code, field } = error as { code: unknown; field: unknown };
  expect([code, typeof field]).toEqual(['INVALID_REQUEST', 'string']);
  throw Object.assign(error as object, { field: '', message: '', stack: '' });
}

test('a token of the auth endpoint is in no error', async () => {
  const emulator = await emulate();
  const secutix = connect(emulator, { tokenSource: 'auth-endpoint' });
  await secutix.call('setupService', 'listSeasons');
  const token = tokensOf(emulator).at(-1) ?? '';
  emulator.faults.answer({ status: 400, body: JSON.stringify({ message: `Not ${token}` }) });
  const error = await failure(secutix.call('setupService', 'listSeasons'));
  expect(error.message).not.toContain(token.slice(0, 20));
});

test('a proxy’s password is in no error', async () => {
  const emulator = await emulate();
  const proxy = `http://user:${encodeURIComponent(canaries.proxyPassword)}@127.0.0.1:9`;
  const retry = { attempts: 1 };
  const through = client({ ...emulator.options, proxy, retry });
  expect(await failure(through.call('setupService', 'listSeasons'))).toMatchObject({
    code: 'CONNECTION',
  });
  const wrong = { ...emulator.options, proxy: `ftp://user:${canaries.proxyPassword}@x` };
  expect(await thrown(() => client(wrong))).toMatchObject({ field: 'proxy' });
});

test('DEBUG=* prints no secret, and a client with a console for a logger none either', () => {
  const root = resolve(__dirname, '../../..');
  const config = {
    rootDir: root,
    testMatch: [join(__dirname, 'fixtures/talkative.ts')],
    testEnvironmentOptions: {
      customExportConditions: ['@vendorkit/source', 'node', 'require', 'default'],
    },
    transform: {
      '\\.[tj]s$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
    },
  };
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config',
      JSON.stringify(config),
      '--runInBand',
      '--watchman=false',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...process.env, DEBUG: '*', NODE_DEBUG: 'http,https,net,tls' },
    },
  );
  const printed = stdout + stderr;
  expect([status, secretsIn(printed)]).toEqual([0, []]);
  // Something was printed, the logger's lines among it.
  expect(printed).toMatch(/HTTP \d+: /);
  expect(printed).toContain('catalogService.getCatalog');
  canary.watch({ printed });
}, 60_000);
