import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import { memoryTokenStore, type S1SevenOptions } from '../src/index.ts';
import { readOptions } from '../src/options.ts';
import {
  callsOf,
  client,
  clientOf,
  closeAll,
  credentials,
  failure,
  startVendor,
  thrown,
} from './harness.ts';

afterEach(closeAll);

/** A value that no error may repeat. */
const wrong = canaries.password;

const right = { environment: 'staging', accessToken: canaries.accessToken } as const;

test('undefined is the same as absent, for every option', () => {
  const names =
    'timeout deadline retry quota logger proxy ca hooks maxSockets maxResponseBytes clock baseUrl ' +
    'urlForm brokerUrl vhost clientId clientSecret tokenStore mode companyId apiVersion paths other';
  const absent = Object.fromEntries(names.split(' ').map((name) => [name, undefined]));
  expect(() => client({ ...right, ...absent })).not.toThrow();
});

test('an attempt may take half a minute, a call two', () => {
  expect(readOptions(right).settings).toMatchObject({ timeoutMs: 30_000, deadlineMs: 120_000 });
});

describe('an option is refused by name, and its value is not repeated:', () => {
  const table: readonly [string, Record<string, unknown>][] = [
    ['environment', { environment: undefined }],
    ['environment', { environment: wrong }],
    ['environment', { environment: 'Production' }],
    ['baseUrl', { baseUrl: wrong }],
    ['baseUrl', { baseUrl: '' }],
    ['baseUrl', { baseUrl: 'http://app.s1seven.com/api' }],
    ['baseUrl', { baseUrl: 5 }],
    ['urlForm', { urlForm: wrong }],
    ['urlForm', { baseUrl: 'https://app.example.com/api', urlForm: 'service' }],
    ['urlForm', { baseUrl: 'https://{service}.example.com/api', urlForm: 'proxy' }],
    ['brokerUrl', { brokerUrl: wrong }],
    ['brokerUrl', { brokerUrl: 5 }],
    ['brokerUrl', { brokerUrl: 'https://broker.s1seven.com' }],
    ['brokerUrl', { brokerUrl: 'mqtt://broker.s1seven.com:1883' }],
    ['brokerUrl', { brokerUrl: 'ws://broker.s1seven.com/ws/mqtt' }],
    ['brokerUrl', { brokerUrl: 'mqtt://127.0.0.1.example.com' }],
    ['brokerUrl', { brokerUrl: `mqtts://user:${wrong.slice(0, 4)}@broker.s1seven.com` }],
    ['brokerUrl', { brokerUrl: 'wss://broker.s1seven.com/ws/mqtt#x' }],
    ['vhost', { vhost: '' }],
    ['vhost', { vhost: 'a\r\nb' }],
    ['vhost', { vhost: 5 }],
    ['clientId', { accessToken: undefined, clientSecret: canaries.clientSecret }],
    ['clientId', { ...credentials, accessToken: undefined, clientId: '' }],
    ['clientSecret', { accessToken: undefined, clientId: 'a' }],
    ['clientSecret', { ...credentials, accessToken: undefined, clientSecret: 5 }],
    ['accessToken', { ...credentials }],
    ['accessToken', { clientId: 'a' }],
    ['accessToken', { accessToken: '' }],
    ['accessToken', { accessToken: `${canaries.accessToken}\r\nx: y` }],
    ['accessToken', { accessToken: {} }],
    ['tokenStore', { tokenStore: wrong }],
    ['tokenStore', { tokenStore: { get() {}, set() {} } }],
    ['mode', { mode: 'Live' }],
    ['mode', { mode: wrong }],
    ['companyId', { companyId: '' }],
    ['companyId', { companyId: 'a/b' }],
    ['companyId', { companyId: 'a\r\nx: y' }],
    ['companyId', { companyId: 5 }],
    ['apiVersion', { apiVersion: 1 }],
    ['apiVersion', { apiVersion: '' }],
    ['apiVersion', { apiVersion: '1\r\nx: y' }],
    ['paths', { paths: '/wallet' }],
    ['paths.wallets', { paths: { wallets: 5 } }],
    ['timeout', { timeout: 0 }],
    ['quota[0].key', { quota: [{ key: 'service', limit: 1, windowMs: 1 }] }],
    ['neverHeardOf', { neverHeardOf: wrong }],
    ['ClientId', { ClientId: 'a' }],
  ];

  test.each(table)('%s in %j', async (field, options) => {
    const error = await thrown(() => client({ ...right, ...options }));
    expect(error).toMatchObject({ code: 'CONFIGURATION', field, outcome: 'not-sent' });
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain(wrong);
  });

  test.each([undefined, null, 5, [], 'options'])('options that are %p', async (options) => {
    const error = await thrown(() => client.call(undefined, options as never));
    expect(error.code).toBe('CONFIGURATION');
  });
});

test.each([
  { quota: [{ key: 'credential', limit: 100, windowMs: 60_000 }] },
  { quota: [{ key: 'route', value: 'GET /companies/{id}', limit: 100, windowMs: 60_000 }] },
  { brokerUrl: 'mqtt://127.0.0.1:1883' },
  { brokerUrl: 'ws://localhost:15675/ws/mqtt' },
  { brokerUrl: 'wss://broker.example.com/ws/mqtt' },
  { tokenStore: memoryTokenStore() },
  { tokenStore: 'file' },
  { accessToken: async () => canaries.accessToken },
] as Partial<S1SevenOptions>[])('%p is right', (options) => {
  expect(() => client({ ...right, ...options })).not.toThrow();
});

describe('without credentials', () => {
  test('a call that needs none is made', async () => {
    const vendor = await startVendor();
    const s1 = clientOf(vendor, { accessToken: undefined, mode: 'test' });
    await s1.certificates.verify({ RefSchemaUrl: 'https://schemas.example.com' });
    const [request] = callsOf(vendor);
    expect(request?.path).toBe('/api/certificates/verify');
    expect(request?.headers).not.toHaveProperty('authorization');
  });

  test('one that needs a token is refused before anything is sent', async () => {
    const vendor = await startVendor();
    const s1 = clientOf(vendor, { accessToken: undefined });
    expect(await failure(s1.users.me())).toMatchObject({
      code: 'CONFIGURATION',
      field: 'accessToken',
      outcome: 'not-sent',
      attempts: 0,
      vendor: 's1seven',
    });
    expect(vendor.requests).toEqual([]);
  });
});

describe('an option of a call is refused by name:', () => {
  test.each([
    ['options.mode', { mode: 'Live' }],
    ['options.company', { company: '' }],
    ['options.company', { company: 'a\nb' }],
    ['options.apiVersion', { apiVersion: 2 }],
    ['options.timeout', { timeout: 0 }],
    ['options.headers["X-Version"]', { headers: { 'X-Version': '2' } }],
    ['options.headers["company"]', { headers: { company: 'c' } }],
    ['options.headers["accept"]', { headers: { accept: 'text/html' } }],
    ['options.headers.authorization', { headers: { authorization: 'Bearer x' } }],
    ['options.neverHeardOf', { neverHeardOf: 1 }],
    ['options', []],
  ])('%s in %j', async (field, options) => {
    const vendor = await startVendor();
    const error = await failure(clientOf(vendor).users.me(options as never));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(vendor.requests).toEqual([]);
  });
});
