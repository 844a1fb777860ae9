import { afterEach, describe, expect, test } from '@jest/globals';
import { startServer, type EmulatorAnswer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/canary.ts';
import type { S1Seven } from '../src/index.ts';
import { clientOf, closeAll, closeLater, failure, json, startVendor } from './harness.ts';

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

test('204 is no success where something is promised', async () => {
  const s1 = await connect({ status: 204 });
  for (const call of [s1.users.me(), s1.users.list(), s1.hooks.get('h')]) {
    expect(await failure(call)).toMatchObject({ code: 'INVALID_RESPONSE', status: 204 });
  }
});

test('bytes come untouched, whatever they look like', async () => {
  const bytes = Buffer.from([...Buffer.from('%PDF-'), 0x00, 0xff, 0x0d, 0x0a]);
  const headers = { 'content-type': 'application/pdf' };
  const s1 = await connect({ status: 200, headers, body: bytes });
  expect(await s1.certificates.render({ RefSchemaUrl: 'x' }, { type: 'pdf' })).toEqual(bytes);
  const page = await connect({ status: 200, body: '<p>A page about an error.</p>' });
  const result = await page.certificates.render({ RefSchemaUrl: 'x' }, { type: 'html' });
  expect(result.toString()).toContain('about an error');
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

const certificate = { RefSchemaUrl: 'x' };
const transaction = { chain_id: 1 };
const hash = { algorithm: 'sha256', value: 'c0ffee' };
const refusal = { statusCode: 400, message: 'no', name: 'BadRequestException', path: '/x' };
const misfits = [{}, null, [], 'x', 5, true];

/** Calls on whose answers something hangs, and the answers that are no success of theirs. */
const essential: Record<string, [call: (s1: S1Seven) => Promise<unknown>, wrong: unknown[]]> = {
  'a verification': [
    (s1) => s1.certificates.verify(certificate),
    [...misfits, { isValid: 'false', hash }, { valid: true, hash }, [{ isValid: true }]],
  ],
  'a verification of a file': [(s1) => s1.certificates.verifyFile(Buffer.from('{}')), misfits],
  'a notarization': [
    (s1) => s1.certificates.notarize(certificate, { identity: 'i' }),
    [...misfits, { hash: 'c0ffee' }, { hash: { value: 5 } }, { jobId: null }, { jobId: {} }],
  ],
  'a notarization of a file': [
    (s1) => s1.certificates.notarizeFile(Buffer.from('{}'), { identity: 'i' }),
    misfits,
  ],
  'a hash': [
    (s1) => s1.certificates.hash({ algorithm: 'sha256', source: certificate }),
    [...misfits, { value: 5 }],
  ],
  'a hash of a file': [
    (s1) => s1.certificates.hashFile(Buffer.from('{}'), { algorithm: 'sha256' }),
    misfits,
  ],
  'a validation': [
    (s1) => s1.certificates.validate(certificate),
    [null, [], 'x', 5, { isValid: false }],
  ],
  'a signature': [
    (s1) => s1.transactions.sign(transaction, { identity: 'i', type: 'opaque' }),
    [...misfits, { signedTx: 'x' }],
  ],
  'a sent transaction': [(s1) => s1.transactions.send(transaction, { coinType: 822 }), misfits],
  'a list': [(s1) => s1.identities.list(), [{}, null, 'x', 5, { data: [] }]],
  'an object': [(s1) => s1.companies.get('c'), [null, [], 'x', 5]],
};

describe('no success, although the status says so:', () => {
  test.each(Object.entries(essential))('%s', async (_name, [call, wrong]) => {
    for (const value of [...wrong, refusal]) {
      const s1 = await connect(json(value));
      const error = await failure(call(s1));
      expect([value, error.code]).toEqual([value, 'INVALID_RESPONSE']);
      expect(error).toMatchObject({ status: 200, outcome: 'answered', attempts: 1 });
      expect(error.message).toMatch(/^S1SEVEN answered with HTTP 200, but not with an? /);
    }
  });

  test('a token that is none', async () => {
    for (const value of [...misfits, { accessToken: 5 }, { accessToken: '' }, refusal]) {
      const vendor = closeLater(await startServer({ handle: () => json(value, 201) }));
      const body = { clientId: 'a', clientSecret: canaries.clientSecret };
      const error = await failure(clientOf(vendor).tokens.create(body));
      expect([value, error.code]).toEqual([value, 'INVALID_RESPONSE']);
    }
  });

  test.each<[string, (s1: S1Seven) => Promise<unknown>]>([
    ['a deletion', (s1) => s1.hooks.delete('h')],
    ['a repeated event', (s1) => s1.events.retry('e')],
    ['a confirmed address', (s1) => s1.users.confirm('t')],
    ['a request of one’s own', (s1) => s1.request({ method: 'GET', path: '/x' })],
  ])('an error in place of %s', async (_name, call) => {
    const error = await failure(call(await connect(json(refusal))));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', vendorCode: refusal.name });
    expect(error.message).toContain('an error: no');
    expect(error.details).toEqual(refusal);
  });

  test.each(['pdf', 'html'] as const)('a %s that is something else', async (type) => {
    const others: EmulatorAnswer[] = [
      json(refusal),
      json({ url: 'https://example.com/x.pdf' }),
      { status: 200, body: JSON.stringify(refusal) },
    ];
    if (type === 'pdf') others.push({ status: 200, body: '<html></html>' });
    for (const answer of others) {
      const s1 = await connect(answer);
      for (const call of [
        s1.certificates.render(certificate, { type }),
        s1.certificates.renderFile(Buffer.from('{}'), { type }),
      ]) {
        expect(await failure(call)).toMatchObject({ code: 'INVALID_RESPONSE' });
      }
    }
  });
});

test('what came instead is told by its form, and not by its content', async () => {
  const members = { masterKey: { mnemonic: canaries.password }, wallet: {} };
  const s1 = await connect(json(members));
  const error = await failure(s1.certificates.verify(certificate));
  expect(error.message).toContain('boolean `isValid`');
  expect(error.details).toEqual({ received: 'an object', members: ['masterKey', 'wallet'] });
  const list = await connect(json([members]));
  expect((await failure(list.users.me())).details).toEqual({ received: 'a list' });
});

test.each<[string, unknown, (s1: S1Seven) => Promise<unknown>]>([
  ['a verification', { isValid: false, summary: {} }, (s1) => s1.certificates.verify(certificate)],
  [
    'a notarization by its hash',
    { hash },
    (s1) => s1.certificates.notarize(certificate, { identity: 'i' }),
  ],
  [
    'a notarization by its job',
    { jobId: 5 },
    (s1) => s1.certificates.notarize(certificate, { identity: 'i' }),
  ],
  [
    'a notarization by its transaction',
    { transactionId: 't' },
    (s1) => s1.certificates.notarize(certificate, { identity: 'i' }),
  ],
  ['an object with fields missing', { statusCode: 200, message: 'x' }, (s1) => s1.users.me()],
  ['a number for a deletion', 822, (s1) => s1.coinTypes.delete(822)],
])('the least that is enough for %s', async (_name, value, call) => {
  expect(await call(await connect(json(value)))).toEqual(value);
});
