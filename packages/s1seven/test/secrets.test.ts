import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { secretsIn } from '../../../tooling/canary/leaks.ts';
import type { S1SevenOptions } from '../src/index.ts';
import { startS1SevenEmulator } from '../src/testing/index.ts';
import {
  client,
  clientOf,
  closeAll,
  closeLater,
  credentials,
  failure,
  json,
  startVendor,
  thrown,
} from './harness.ts';

afterEach(closeAll);

// After each test of this package everything that was printed, logged or published is looked through
// for secrets, and so are the clients and the errors that tests handed over.

test.each<[string, S1SevenOptions]>([
  ['its secret', credentials],
  ['its token', { accessToken: canaries.accessToken }],
  ['its function', { accessToken: () => canaries.accessToken }],
])('a client hides %s', async (_name, options) => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, options);
  await s1.users.me();
  const texts = [
    inspect(s1, { depth: 12, showHidden: true, getters: true }),
    inspect(s1, { depth: 12, showHidden: true, customInspect: false }),
    JSON.stringify(s1),
    JSON.stringify(Object.getOwnPropertyDescriptors(s1)),
    JSON.stringify(s1.quota.peek()),
  ];
  expect(texts.flatMap(secretsIn)).toEqual([]);
  // The search would have found it.
  expect(secretsIn(inspect({ token: canaries.accessToken }))).not.toEqual([]);
});

test.each([
  ['as it is', (secret: string) => secret],
  ['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
  ['percent-encoded', encodeURIComponent],
])('the vendor can repeat what it was sent, %s, and no error tells it', async (_name, write) => {
  const secrets = [canaries.clientSecret, canaries.accessToken];
  const vendor = await startVendor(({ headers }) => {
    const said = [...secrets.map(write), headers['authorization']].join(' ');
    return json(
      { name: said, message: said, details: { [said]: 1, note: [said] }, path: said },
      400,
    );
  });
  const s1 = clientOf(vendor, credentials);
  const error = await failure(s1.users.me());
  expect(error.message).toContain('[redacted');
  expect(error.vendorCode).toContain('[redacted');
});

test('a page can repeat it as well', async () => {
  const vendor = await startVendor(() => ({
    status: 502,
    body: `<p>${'x'.repeat(1_980)}${canaries.clientSecret}</p>`,
  }));
  const s1 = clientOf(vendor, { ...credentials, retry: { attempts: 1 } });
  expect(await failure(s1.users.me())).toMatchObject({ details: { text: expect.any(String) } });
});

test('a page can repeat what one call carried, also where it is cut', async () => {
  const body = `${'x'.repeat(1_990)}${canaries.password}`;
  const vendor = await startVendor(() => ({ status: 502, body }));
  const error = await failure(clientOf(vendor).users.changePassword('u', canaries.password));
  expect(error).toMatchObject({ details: { text: expect.stringContaining('xxx') } });
  expect(JSON.stringify(error)).not.toContain(`x${canaries.password.slice(0, 3)}`);
});

test('parameters are in no error, log or event', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, { ...credentials, retry: { attempts: 1 } });
  await s1.users.me();
  const codes: string[] = [];
  for (const mode of ['nc', 'na', 'garbage', 'pc'] as const) {
    vendor.faults.next(mode);
    codes.push((await failure(s1.users.changePassword('u', canaries.password))).code);
    vendor.faults.next(mode);
    codes.push((await failure(s1.users.confirm(canaries.refreshToken))).code);
  }
  expect(new Set(codes)).toEqual(new Set(['CONNECTION', 'INVALID_RESPONSE']));
});

test('what a store fails with is not repeated', async () => {
  const fail = () => {
    throw new Error(`redis://:${canaries.password}@example.com`);
  };
  const tokenStore = { get: fail, set: fail, delete: fail, lock: fail };
  const s1 = clientOf({ url: 'http://127.0.0.1:9' }, { ...credentials, tokenStore });
  expect((await failure(s1.users.me())).vendor).toBe('s1seven');
});

test('a proxy’s password is in no error', async () => {
  const proxy = `http://user:${encodeURIComponent(canaries.proxyPassword)}@127.0.0.1:9`;
  const options = { environment: 'staging', accessToken: canaries.accessToken } as const;
  const s1 = client({ ...options, proxy, retry: { attempts: 1 } });
  expect(await failure(s1.users.me())).toMatchObject({ code: 'CONNECTION' });
  const wrong = { ...options, proxy: `ftp://user:${canaries.proxyPassword}@x` };
  expect(await thrown(() => client(wrong))).toMatchObject({ field: 'proxy' });
});

test('neither secret nor token is in what the emulator’s refusals become', async () => {
  const { clientSecret } = canaries;
  const emulator = closeLater(await startS1SevenEmulator({ clientSecret }));
  const s1 = client(emulator.options);
  expect(await failure(s1.companies.get('another'))).toBeDefined();
  const other = client({ ...emulator.options, clientId: 'another' });
  expect((await failure(other.users.me())).operation).toBe('tokens.create');
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
      timeout: 100_000,
      env: { ...process.env, DEBUG: '*', NODE_DEBUG: 'http,https,net,tls' },
    },
  );
  const printed = stdout + stderr;
  expect([status, secretsIn(printed)]).toEqual([0, []]);
  // Something was printed, the logger's lines among it.
  expect(printed).toMatch(/HTTP \d+: /);
  expect(printed).toContain('companies.get');
  canary.watch({ printed });
}, 120_000);
