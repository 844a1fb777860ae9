import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import { SecutixRest, type SecutixRestOptions } from '../src/index.ts';
import {
  client,
  closeAll,
  closeLater,
  connect,
  emulate,
  failure,
  rightOptions,
  thrown,
} from './harness.ts';

afterEach(closeAll);

/** A value that no error may repeat. */
const wrong = canaries.password;

/** A proxy that tells where clients want to go, and lets nobody through. */
async function startProxy(): Promise<{ url: string; targets: string[]; close(): Promise<void> }> {
  const targets: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, socket) => {
    targets.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return closeLater({ url: `http://127.0.0.1:${port}`, targets, close });
}

describe('the host', () => {
  test.each([
    ['production', 'mosa.ws.secutix.com'],
    ['preproduction', 'mosa.pp-ws.secutix.com'],
    ['demo', 'mosa.demo-ws.secutix.com'],
  ] as const)('of %s is %s', async (environment, host) => {
    const proxy = await startProxy();
    const options = { ...rightOptions, environment, proxy: proxy.url, retry: { attempts: 1 } };
    await failure(client(options).call('catalogService', 'getCatalog'));
    expect(proxy.targets).toEqual([`${host}:443`]);
  });

  test('is that of the base URL, even beside an environment', async () => {
    const emulator = await emulate({ institution: 'an institution whose code is no host name' });
    await connect(emulator, { environment: 'production' }).call('setupService', 'listSeasons');
    expect(emulator.requests).toHaveLength(1);
  });
});

test('undefined is the same as absent, for every option', () => {
  const names =
    'timeout deadline retry quota logger proxy ca hooks maxSockets maxResponseBytes clock baseUrl ' +
    'secretEncoding timestampUnit tokenLifetimeSeconds tokenSource locale pollInterval neverHeardOf';
  const absent = Object.fromEntries(names.split(' ').map((name) => [name, undefined]));
  expect(() => client({ ...rightOptions, ...absent })).not.toThrow();
});

describe('an option is refused by name, and its value is not repeated:', () => {
  const table: readonly [string, Record<string, unknown>][] = [
    ['institution', { institution: '' }],
    ['institution', { institution: undefined }],
    ['institution', { institution: 5 }],
    ['institution', { institution: null }],
    ['institution', { institution: wrong }],
    ['institution', { institution: 'evil.example/x' }],
    ['institution', { institution: 'x'.repeat(501) }],
    ['environment', { environment: undefined }],
    ['environment', { environment: wrong }],
    ['environment', { environment: 'Production' }],
    ['operator', { operator: undefined }],
    ['operator', { operator: '' }],
    ['operator', { operator: ['MOSA_B2C'] }],
    ['partner', { partner: undefined }],
    ['partner', { partner: '' }],
    ['partner', { partner: {} }],
    ['secret', { secret: undefined }],
    ['secret', { secret: 5 }],
    ['secret', { secret: [wrong] }],
    ['secret', { secret: wrong }],
    ['secretEncoding', { secretEncoding: 'latin1' }],
    ['secretEncoding', { secretEncoding: wrong }],
    ['timestampUnit', { timestampUnit: 'seconds' }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: 31 }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: 0 }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: 1.5 }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: '30' }],
    ['tokenLifetimeSeconds', { tokenLifetimeSeconds: NaN }],
    ['tokenSource', { tokenSource: wrong }],
    ['locale', { locale: wrong }],
    ['locale', { locale: '' }],
    ['locale', { locale: 'fr_CH' }],
    ['locale', { locale: 'fr\r\nx-evil: 1' }],
    ['pollInterval', { pollInterval: 0 }],
    ['pollInterval', { pollInterval: -1 }],
    ['pollInterval', { pollInterval: Infinity }],
    ['pollInterval', { pollInterval: '30s' }],
    ['baseUrl', { baseUrl: wrong }],
    ['baseUrl', { baseUrl: '' }],
    ['baseUrl', { baseUrl: 'http://mosa.ws.secutix.com' }],
    ['baseUrl', { baseUrl: 'ftp://127.0.0.1' }],
    ['baseUrl', { baseUrl: 5 }],
    ['timeout', { timeout: 0 }],
    ['timeout', { timeout: 2 ** 31 }],
    ['deadline', { deadline: -1 }],
    ['deadline', { deadline: wrong }],
    ['retry', { retry: 3 }],
    ['retry.attempts', { retry: { attempts: 0 } }],
    ['retry.attempts', { retry: { attempts: 2.5 } }],
    ['retry.baseDelay', { retry: { baseDelay: -1 } }],
    ['retry.times', { retry: { times: 3 } }],
    ['quota', { quota: wrong }],
    ['quota', { quota: {} }],
    ['quota[0].key', { quota: [{ key: wrong, limit: 1, windowMs: 1 }] }],
    ['quota[0].key', { quota: [{ key: 'credential', limit: 1, windowMs: 1 }] }],
    ['quota[1].limit', { quota: [rule('service', 1), rule('method', 0)] }],
    ['quota[0].windowMs', { quota: [{ key: 'service', limit: 1 }] }],
    ['logger', { logger: wrong }],
    ['proxy', { proxy: wrong }],
    ['proxy', { proxy: 5 }],
    ['ca', { ca: 5 }],
    ['ca', { ca: [] }],
    ['hooks', { hooks: wrong }],
    ['hooks.callEnd', { hooks: { callEnd: wrong } }],
    ['maxSockets', { maxSockets: 0 }],
    ['maxResponseBytes', { maxResponseBytes: 0 }],
    ['clock', { clock: {} }],
    ['timeoutMs', { timeoutMs: 5 }],
    ['password', { password: wrong }],
  ];

  test.each(table.map(([field, options], index) => ({ field, options, index })))(
    '$field ($index)',
    async ({ field, options }) => {
      const all = { ...rightOptions, ...options } as SecutixRestOptions;
      expect(await thrown(() => new SecutixRest(all))).toMatchObject({
        code: 'CONFIGURATION',
        field,
        outcome: 'not-sent',
        retryable: false,
        message: expect.stringContaining(`\`${field}\``),
      });
    },
  );

  test.each([undefined, null, 5, 'options', true])('options that are %p', async (options) => {
    expect(await thrown(() => new SecutixRest(options as never))).toMatchObject({
      code: 'CONFIGURATION',
      field: 'options',
    });
  });

  test('a certificate that is none', async () => {
    const options = { ...rightOptions, ca: wrong };
    const error = await thrown(() => client(options));
    expect(error).toMatchObject({ code: 'CERTIFICATE', field: 'ca' });
  });
});

describe('an argument of a call is refused by name, before anything is sent:', () => {
  type Arguments = [service: unknown, method: unknown, parameters?: unknown, options?: unknown];
  const good = ['catalogService', 'getCatalog'] as const;
  const withOptions = (options: unknown): Arguments => [...good, {}, options];

  const table: readonly [string, Arguments][] = [
    ['service', [undefined, 'getCatalog']],
    ['service', [null, 'getCatalog']],
    ['service', ['', 'getCatalog']],
    ['service', [5, 'getCatalog']],
    ['service', ['../catalogService', 'getCatalog']],
    ['service', ['catalog service', 'getCatalog']],
    ['service', ['1catalog', 'getCatalog']],
    ['parameters', [...good, null]],
    ['parameters', [...good, []]],
    ['parameters', [...good, wrong]],
    ['parameters', [...good, 5]],
    ['parameters', [...good, new Map()]],
    ['parameters', [...good, new Date()]],
    ['parameters', [...good, () => ({})]],
    ['method', ['catalogService', undefined]],
    ['method', ['catalogService', '']],
    ['method', ['catalogService', 'get/Catalog']],
    ['method', ['catalogService', 'getCatalog?x=y']],
    ['method', ['catalogService', {}]],
    ['options', withOptions(null)],
    ['options', withOptions(wrong)],
    ['options', withOptions(5)],
    ['options.version', withOptions({ version: '1' })],
    ['options.version', withOptions({ version: 1.33 })],
    ['options.version', withOptions({ version: 'v1_33' })],
    ['options.version', withOptions({ version: '1.33.0' })],
    ['options.version', withOptions({ version: ' 1.33' })],
    ['options.version', withOptions({ version: '01.33' })],
    ['options.version', withOptions({ version: '' })],
    ['options.module', withOptions({ module: '' })],
    ['options.module', withOptions({ module: 'tn/seb' })],
    ['options.module', withOptions({ module: '..' })],
    ['options.module', withOptions({ module: 5 })],
    ['options.locale', withOptions({ locale: 'fr_CH' })],
    ['options.locale', withOptions({ locale: wrong })],
    ['options.signal', withOptions({ signal: {} })],
    ['options.timeout', withOptions({ timeout: 0 })],
    ['options.deadline', withOptions({ deadline: 1.5 })],
    ['options.priority', withOptions({ priority: wrong })],
    ['options.idempotent', withOptions({ idempotent: 'yes' })],
    ['options.headers.authorization', withOptions({ headers: { authorization: wrong } })],
    ['options.headers.Accept-Encoding', withOptions({ headers: { 'Accept-Encoding': 'br' } })],
    ['options.headers.x-a', withOptions({ headers: { 'x-a': 'b\r\nc: d' } })],
    ['options.retries', withOptions({ retries: 3 })],
  ];

  test.each(table.map(([field, args], index) => ({ field, args, index })))(
    '$field ($index)',
    async ({ field, args }) => {
      const emulator = await emulate();
      const secutix = connect(emulator);
      const [service, method, ...rest] = args as Parameters<SecutixRest['call']>;
      const errors = [
        await failure(secutix.call(service, method, ...rest)),
        await failure(secutix.start(service, method, ...rest)),
        await failure(Promise.resolve().then(() => secutix.service(service).call(method, ...rest))),
      ];
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
        expect(error.retryable).toBe(false);
      }
      expect(emulator.requests).toEqual([]);
    },
  );

  test.each([
    ['options', null],
    ['options', wrong],
    ['options.version', { version: 'latest' }],
    ['options.module', { module: '/' }],
    ['options.retries', { retries: 1 }],
  ])('%s of a service', async (field, options) => {
    const secutix = connect(await emulate());
    const error = await thrown(() => secutix.service('catalogService', options as never));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
  });
});

function rule(key: string, limit: number): { key: string; limit: number; windowMs: number } {
  return { key, limit, windowMs: 1_000 };
}
