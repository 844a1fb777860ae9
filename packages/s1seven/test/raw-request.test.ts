import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import {
  callsOf,
  clientOf,
  closeAll,
  credentials,
  failure,
  json,
  lastOf,
  startVendor,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const path = '/totp';

test('it is sent like any call, with the token, the company and the version', async () => {
  const vendor = await startVendor(() => json({ secret: 's' }, 201));
  const s1 = clientOf(vendor, { ...credentials, apiVersion: '2' });
  const query = { b: 'x y&z', a: 9007199254740993n, c: true, d: undefined };
  const result = await s1.request({ method: 'POST', path, query, body: { a: [1n] } });
  expect(result).toEqual({ secret: 's' });
  const request = lastOf(vendor);
  expect(request).toMatchObject({ method: 'POST', path: '/api/totp', text: '{"a":[1]}' });
  expect([...request.query]).toEqual([
    ['b', 'x y&z'],
    ['a', '9007199254740993'],
    ['c', 'true'],
  ]);
  expect(request.headers).toMatchObject({
    authorization: `Bearer ${canaries.accessToken}`,
    company: 'company-1',
    'x-version': '2',
    'content-type': 'application/json',
  });
});

test('the mode is sent only if the call says it', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, { mode: 'live' });
  await s1.request({ method: 'GET', path });
  expect(lastOf(vendor).query.size).toBe(0);
  await s1.request({ method: 'GET', path }, { mode: 'test' });
  expect(lastOf(vendor).query.get('mode')).toBe('test');
});

test('headers come from the options, and credentials cannot be among them', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor);
  await s1.request({ method: 'GET', path }, { headers: { 'x-trace': '1' } });
  expect(lastOf(vendor).headers).toMatchObject({ 'x-trace': '1' });
  for (const name of ['Authorization', 'cookie', 'host', 'content-length', 'Company']) {
    const options = { headers: { [name]: 'x' } };
    const error = await failure(s1.request({ method: 'GET', path }, options));
    expect(error.code).toBe('INVALID_REQUEST');
  }
  expect(vendor.requests).toHaveLength(1);
});

test('bytes are given as they came', async () => {
  const body = Buffer.from([0, 1, 255]);
  const vendor = await startVendor(() => ({ status: 200, body }));
  expect(await clientOf(vendor).request({ method: 'GET', path, answer: 'bytes' })).toEqual(body);
  expect(lastOf(vendor).headers['accept']).toBe('*/*');
});

test('an empty success is one', async () => {
  const vendor = await startVendor(() => ({ status: 201 }));
  expect(await clientOf(vendor).request({ method: 'POST', path })).toBeUndefined();
});

test('without credentials it is sent without a token', async () => {
  const vendor = await startVendor();
  await clientOf(vendor, { accessToken: undefined }).request({ method: 'GET', path: '/health' });
  expect(lastOf(vendor).headers).not.toHaveProperty('authorization');
});

test.each([
  ['GET', 3],
  ['POST', 1],
  ['DELETE', 1],
] as const)('a %s that fails is sent %i times', async (method, times) => {
  const clock = virtualClock();
  const vendor = await startVendor(() => json({}, 503));
  const call = clientOf(vendor, { clock }).request({ method, path });
  expect(await failure(clock.run(call))).toMatchObject({ code: 'SERVER_ERROR', attempts: times });
  expect(callsOf(vendor)).toHaveLength(times);
});

test('it counts for the route of the operation that it is', async () => {
  const vendor = await startVendor();
  const quota = [{ key: 'route', value: 'GET /companies/{id}', limit: 2, windowMs: 60_000 }];
  const s1 = clientOf(vendor, { quota, deadline: 5_000 });
  await s1.companies.get('a');
  await s1.request({ method: 'GET', path: '/companies/b' });
  const error = await failure(s1.request({ method: 'GET', path: '/companies/c' }));
  expect(error).toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED', operation: 'GET /companies/{id}' });
});

describe('a wrong request is refused before anything is sent:', () => {
  test.each<[string, unknown, unknown?]>([
    ['request', undefined],
    ['request', 'GET'],
    ['request.method', { path }],
    ['request.method', { method: 'get', path }],
    ['request.method', { method: 'TRACE', path }],
    ['request.path', { method: 'GET' }],
    ['request.path', { method: 'GET', path: 'totp' }],
    ['request.path', { method: 'GET', path: '//evil.example/x' }],
    ['request.path', { method: 'GET', path: 'https://evil.example/x' }],
    ['request.path', { method: 'GET', path: '/a/../b' }],
    ['request.path', { method: 'GET', path: '/a/%2E%2e/b' }],
    ['request.path', { method: 'GET', path: '/a?b=c' }],
    ['request.path', { method: 'GET', path: '/a\r\nx: y' }],
    ['request.path', { method: 'GET', path: '/a\\b' }],
    ['request.query', { method: 'GET', path, query: 'a=b' }],
    ['request.query.a', { method: 'GET', path, query: { a: {} } }],
    ['request.query.a', { method: 'GET', path, query: { a: NaN } }],
    ['request.body', { method: 'GET', path, body: {} }],
    ['request.body.id', { method: 'POST', path, body: { id: 2 ** 53 } }],
    ['request.answer', { method: 'GET', path, answer: 'text' }],
    ['request.service', { method: 'GET', path, service: 'auth' }],
    ['request.headers', { method: 'GET', path, headers: {} }],
    ['options', { method: 'GET', path }, null],
    ['options.mode', { method: 'GET', path }, { mode: 'x' }],
  ])('%s in %j', async (field, request, ...[options]) => {
    const vendor = await startVendor();
    const error = await failure(clientOf(vendor).request(request as never, options as never));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(vendor.requests).toEqual([]);
  });
});
