import { afterEach, expect, test } from '@jest/globals';
import type { EmulatorAnswer } from '@vendorkit/core/testing';
import { clientOf, closeAll, failure, json, startVendor } from './harness.ts';

afterEach(closeAll);

async function connect(answer: EmulatorAnswer) {
  return clientOf(await startVendor(() => answer), { mode: 'test', companyId: 'c' });
}

test('unknown fields, long integers and lists come as they are', async () => {
  const body = '[{"id":"u","new":{"count":9007199254740993}}]';
  const s1 = await connect({ status: 200, body });
  expect(await s1.users.list()).toEqual([{ id: 'u', new: { count: 9007199254740993n } }]);
});

test.each([
  ['nothing where JSON is promised', { status: 200, body: '' }],
  ['a page where JSON is promised', { status: 200, body: '<html>' }],
  ['nothing where JSON is promised, created', { status: 201 }],
])('%s is no success', async (_name, answer) => {
  const s1 = await connect(answer);
  const error = await failure(s1.certificates.notarize({ RefSchemaUrl: 'x' }, { identity: 'i' }));
  expect(error).toMatchObject({ code: 'INVALID_RESPONSE', status: answer.status });
});

test.each([200, 204])('a delete may answer %i with nothing', async (status) => {
  expect(await (await connect({ status })).hooks.delete('h')).toBeUndefined();
});

test.each([
  ['Company deleted', 'Company deleted'],
  ['"Company deleted"', 'Company deleted'],
  ['{"id":"c"}', { id: 'c' }],
])('a delete may answer with %s', async (body, result) => {
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  const s1 = await connect({ status: 200, headers, body });
  expect(await s1.companies.delete('c')).toEqual(result);
});

test.each(['<html>Log in</html>', '{"id":', ' '])('and not with %j', async (body) => {
  const s1 = await connect({ status: 200, body });
  expect(await failure(s1.companies.delete('c'))).toMatchObject({ code: 'INVALID_RESPONSE' });
});

test('no other call may answer with a text', async () => {
  const s1 = await connect({ status: 200, body: 'Welcome' });
  expect(await failure(s1.users.me())).toMatchObject({ code: 'INVALID_RESPONSE' });
});

test('204 is a success without a result', async () => {
  expect(await (await connect({ status: 204 })).users.me()).toBeUndefined();
});

test('bytes come untouched, whatever they look like', async () => {
  const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff, 0x0d, 0x0a]);
  const headers = { 'content-type': 'application/pdf' };
  const s1 = await connect({ status: 200, headers, body: bytes });
  expect(await s1.certificates.render({ RefSchemaUrl: 'x' }, { type: 'pdf' })).toEqual(bytes);
  const page = await connect({ ...json({ message: 'A page that looks like an error.' }) });
  const result = await page.certificates.render({ RefSchemaUrl: 'x' }, { type: 'html' });
  expect(result.toString()).toContain('looks like');
});

test('no bytes where bytes are promised are no success', async () => {
  const s1 = await connect({ status: 200, body: '' });
  const error = await failure(s1.certificates.render({ RefSchemaUrl: 'x' }, { type: 'pdf' }));
  expect(error.code).toBe('INVALID_RESPONSE');
});

test('the redirect of a confirmation is its success, and is not followed', async () => {
  const vendor = await startVendor(() => ({ status: 302, headers: { location: '/elsewhere' } }));
  const s1 = clientOf(vendor);
  expect(await s1.users.confirm('t')).toBeUndefined();
  expect(vendor.requests).toHaveLength(1);
  expect(await failure(s1.users.me())).toMatchObject({ code: 'INVALID_RESPONSE', status: 302 });
});

test('not modified is no success of a confirmation', async () => {
  const s1 = await connect({ status: 304 });
  expect(await failure(s1.users.confirm('t'))).toMatchObject({ status: 304 });
});
