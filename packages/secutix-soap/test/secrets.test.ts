import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, expect, test } from '@jest/globals';
import { canaries, canary } from '../../../tooling/canary/canary.ts';
import { secretsIn } from '../../../tooling/canary/leaks.ts';
import {
  clientOf,
  closeAll,
  failure,
  faultOf,
  resultOf,
  startVendor,
  thrown,
  type ReadRequest,
} from './harness.ts';

afterEach(closeAll);

// After each test of this package everything that was printed, logged or published is looked through
// for the password that all clients share, and so are the clients and the errors that tests handed over.

const basic = `Basic ${Buffer.from(`user:${canaries.secret}`).toString('base64')}`;

test('clients, services, operations and monitors show neither password nor headers', async () => {
  const vendor = await startVendor({
    answer: (request) =>
      resultOf(request, '<statusCode>in_progress</statusCode><requestId>1</requestId>'),
  });
  const soap = clientOf(vendor, { wsdlHeaders: { authorization: basic } });
  const catalog = await soap.service('CatalogService');
  const operation = await catalog.start('getCatalog');
  const monitor = soap.monitor(['CatalogService']);
  const everything = { depth: 12, showHidden: true, getters: true } as const;
  for (const value of [soap, catalog, operation, monitor]) {
    const texts = [
      inspect(value, everything),
      inspect(value, { ...everything, customInspect: false }),
      JSON.stringify(value),
      JSON.stringify(Object.getOwnPropertyDescriptors(value)),
    ];
    expect(texts.flatMap(secretsIn)).toEqual([]);
  }
  // The search would have found it.
  expect(secretsIn(inspect({ password: canaries.password }))).not.toEqual([]);
  await monitor.close();
});

test('the vendor can echo the password in every form, and no error tells it', async () => {
  const { password } = canaries;
  const escaped = password.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const forms = [
    password,
    escaped,
    escaped.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    encodeURIComponent(password),
    Buffer.from(`INSTIT_ZOE:${password}`).toString('base64'),
    JSON.stringify(password),
  ];
  const echo = { text: '', as: (_request: ReadRequest) => ({ status: 500 }) };
  const vendor = await startVendor({ answer: (request) => echo.as(request) });
  const soap = clientOf(vendor, { retry: { attempts: 1 } });
  const catalog = await soap.service('CatalogService');
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const ways: ((text: string) => typeof echo.as)[] = [
    (text) => () => faultOf('S:Server', `Not ${escape(text)}`),
    (text) => () => faultOf(escape(text), 'x'),
    (text) => () => faultOf('S:Server', 'x', { detail: `<detail><a>${escape(text)}</a></detail>` }),
    (text) => (request) =>
      resultOf(request, `<statusCode>${escape(text)}</statusCode><x>${escape(text)}</x>`),
    (text) => () => ({ status: 400, headers: { 'content-type': 'text/html' }, body: text }),
    (text) => () => ({ status: 200, body: text }),
    (text) => (request) => resultOf(request, `<requestId>${escape(text)}</requestId>`),
  ];
  for (const way of ways) {
    for (const form of forms) {
      echo.as = way(form);
      const error = await failure(catalog.call('getCatalog'));
      expect(error.code).not.toBe('INVALID_REQUEST');
    }
  }
  const stale = await failure(soap.service('https://user:word@x.example/?wsdl'));
  expect(stale.message).not.toContain('word');
});

test('headers of downloads are in no error', async () => {
  const vendor = await startVendor({
    wsdl: ({ headers }) => ({
      status: 401,
      body: `Not ${headers['authorization']}, not ${canaries.secret}`,
    }),
  });
  const soap = clientOf(vendor, { wsdlHeaders: { Authorization: basic } });
  const error = await failure(soap.service('CatalogService'));
  expect(JSON.stringify(error.details)).toMatch(/Not \[redacted\], not \[redacted\]/);
});

test('parameters are in no error, log or event', async () => {
  const vendor = await startVendor();
  const catalog = await clientOf(vendor, { retry: { attempts: 2, baseDelay: 1 } }).service(
    'CatalogService',
  );
  const season = { seasonCode: canaries.accessToken };
  for (const mode of ['nc', 'na', 'garbage', 'pc'] as const) {
    vendor.faults.next(mode, { times: 2 });
    expect((await failure(catalog.call('getCatalog', season))).attempts).toBe(2);
  }
  const wrong = catalog.call('getCatalog', { productIds: [canaries.accessToken] });
  expect(await failure(wrong)).toMatchObject({ field: 'parameters.productIds[0]' });
});

test('a proxy’s password is in no error', async () => {
  const vendor = await startVendor();
  const proxy = `http://user:${encodeURIComponent(canaries.proxyPassword)}@127.0.0.1:9`;
  const soap = clientOf(vendor, { proxy, retry: { attempts: 1 } });
  expect(await failure(soap.service('CatalogService'))).toMatchObject({ code: 'CONNECTION' });
  const wrong = `ftp://user:${canaries.proxyPassword}@x`;
  expect(await thrown(() => clientOf(vendor, { proxy: wrong }))).toMatchObject({ field: 'proxy' });
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
  expect(printed).toContain('CatalogService.getCatalog');
  canary.watch({ printed });
}, 60_000);
