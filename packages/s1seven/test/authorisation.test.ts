import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import {
  memoryTokenStore,
  type S1Seven,
  type S1SevenCallOptions,
  type S1SevenOptions,
} from '../src/index.ts';
import {
  callsOf,
  clientOf,
  closeAll,
  credentials,
  failure,
  isTokenRequest,
  json,
  lastOf,
  startVendor,
} from './harness.ts';
import { plausibleAnswer } from './plausible-answer.ts';

afterEach(closeAll);

const certificate = { RefSchemaUrl: 'https://schemas.example.com' };

/** What a call says of the mode, the company and the version. */
async function saidBy(
  options: S1SevenOptions,
  call: S1SevenCallOptions = {},
): Promise<Record<string, unknown>> {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, options);
  await s1.certificates.notarize(certificate, { identity: 'i', ...call });
  const { query, headers } = lastOf(vendor);
  return {
    mode: query.getAll('mode'),
    company: headers['company'],
    version: headers['x-version'],
  };
}

describe('mode and company come', () => {
  test('from the application of the token', async () => {
    expect(await saidBy(credentials)).toEqual({
      mode: ['test'],
      company: 'company-1',
      version: '1',
    });
  });

  test('before that from the client', async () => {
    const options = { ...credentials, mode: 'live', companyId: 'c2', apiVersion: '2' } as const;
    expect(await saidBy(options)).toEqual({ mode: ['live'], company: 'c2', version: '2' });
  });

  test('before that from the call', async () => {
    const options = { ...credentials, mode: 'live', companyId: 'c2', apiVersion: '2' } as const;
    const call = { mode: 'test', company: 'c3', apiVersion: '3' } as const;
    expect(await saidBy(options, call)).toEqual({ mode: ['test'], company: 'c3', version: '3' });
  });
});

describe('what nobody tells', () => {
  test('is refused before anything is sent', async () => {
    const vendor = await startVendor();
    const refusals = [
      [{ companyId: 'c' }, 'mode'],
      [{ mode: 'test' }, 'company'],
    ] as const;
    for (const [options, field] of refusals) {
      const call = clientOf(vendor, options).certificates.notarize(certificate, { identity: 'i' });
      expect(await failure(call)).toMatchObject({
        code: 'INVALID_REQUEST',
        field,
        outcome: 'not-sent',
        operation: 'certificates.notarize',
      });
    }
    expect(vendor.requests).toEqual([]);
  });

  test('is refused once the token has come without it', async () => {
    const vendor = await startVendor();
    vendor.faults.answer(json({ accessToken: canaries.accessToken }, 201));
    const error = await failure(clientOf(vendor, credentials).identities.list());
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'mode', outcome: 'not-sent' });
    expect(callsOf(vendor)).toEqual([]);
  });

  test('is left out where it is not needed', async () => {
    const vendor = await startVendor();
    await clientOf(vendor).companies.get('c');
    const { query, headers } = lastOf(vendor);
    expect(query.size).toBe(0);
    expect(headers).not.toHaveProperty('company');
    expect(headers).toMatchObject({
      'x-version': '1',
      accept: 'application/json',
      authorization: `Bearer ${canaries.accessToken}`,
    });
  });
});

test('the company is sent with every call when it is known, the mode only where it belongs', async () => {
  const vendor = await startVendor();
  await clientOf(vendor, { companyId: 'c', mode: 'live' }).users.me();
  const { query, headers } = lastOf(vendor);
  expect([query.size, headers['company']]).toEqual([0, 'c']);
});

test('the token is asked for without a token, and once for many calls', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, credentials);
  await Promise.all(Array.from({ length: 20 }, () => s1.users.me()));
  const [first, ...others] = vendor.requests;
  expect(first).toMatchObject({ method: 'POST', path: '/api/tokens' });
  expect(first?.headers).not.toHaveProperty('authorization');
  expect(JSON.parse(first?.text ?? '')).toEqual({
    clientId: credentials.clientId,
    clientSecret: canaries.clientSecret,
  });
  expect(others.map(({ path }) => path)).toEqual(Array(20).fill('/api/users/me'));
});

test('a client with another token may ask for tokens of other applications without it', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor);
  await s1.tokens.create({ clientId: 'a', clientSecret: canaries.clientSecret });
  expect(lastOf(vendor).headers).not.toHaveProperty('authorization');
});

test('a token is had although a rule lets only one call of the credential through', async () => {
  const vendor = await startVendor();
  const quota = [{ key: 'credential', limit: 1, windowMs: 60_000 }];
  await clientOf(vendor, { ...credentials, quota, deadline: 5_000 }).users.me();
  expect(vendor.requests).toHaveLength(2);
});

describe('a call that works without a token', () => {
  const verify = (s1: S1Seven, options: S1SevenCallOptions = {}) =>
    s1.certificates.verify(certificate, options);

  test('asks for none', async () => {
    const vendor = await startVendor();
    await verify(clientOf(vendor, { ...credentials, mode: 'test' }));
    expect(vendor.requests.map(({ path }) => path)).toEqual(['/api/certificates/verify']);
    expect(lastOf(vendor).headers).not.toHaveProperty('authorization');
  });

  test('takes the one that is there', async () => {
    const vendor = await startVendor();
    const s1 = clientOf(vendor, { ...credentials, mode: 'test' });
    await s1.users.me();
    await verify(s1);
    expect(lastOf(vendor).headers).toHaveProperty('authorization');
  });

  test('asks for one that tells the mode which nobody gave', async () => {
    const vendor = await startVendor();
    await verify(clientOf(vendor, credentials));
    expect(vendor.requests.filter(isTokenRequest)).toHaveLength(1);
    expect(lastOf(vendor).query.get('mode')).toBe('test');
  });

  test('is made without it if the vendor refuses it, which spends nothing', async () => {
    let isRefused = false;
    const vendor = await startVendor((request) =>
      isRefused && request.headers['authorization'] !== undefined
        ? json({}, 401)
        : plausibleAnswer(request),
    );
    const s1 = clientOf(vendor, credentials);
    await s1.users.me();
    isRefused = true;
    const { response } = await verify(s1).withResponse();
    expect([response.status, response.attempts]).toEqual([200, 2]);
    expect(lastOf(vendor).query.get('mode')).toBe('test');
    expect(vendor.requests.filter(isTokenRequest)).toHaveLength(1);
  });

  test('but is unknown to the client carries one, and so asks for it', async () => {
    const vendor = await startVendor();
    await clientOf(vendor, credentials).request({ method: 'GET', path: '/totp' });
    expect(lastOf(vendor).headers).toHaveProperty('authorization');
  });
});

describe('a new secret', () => {
  const rotated = (application: object) => (request: { path: string }) =>
    json(request.path.endsWith('rotate-secret') ? application : {});

  test('of another application changes nothing', async () => {
    const vendor = await startVendor(rotated({ clientId: 'client-2', clientSecret: 'other' }));
    const s1 = clientOf(vendor, credentials);
    await s1.applications.rotateSecret('a');
    await s1.users.me();
    expect(vendor.requests.filter(isTokenRequest)).toHaveLength(1);
  });

  test.each([
    ['of its own application', { clientId: 'client-1', clientSecret: canaries.webhookSecret }],
    ['of an application that is not named', { clientSecret: canaries.webhookSecret }],
  ])('%s is what the next token is asked for with', async (_name, application) => {
    const vendor = await startVendor(rotated(application));
    const tokenStore = memoryTokenStore();
    const s1 = clientOf(vendor, { ...credentials, tokenStore });
    expect(await s1.applications.rotateSecret('a')).toEqual(application);
    await s1.users.me();
    const [first, second, ...others] = vendor.requests.filter(isTokenRequest);
    expect(first?.text).toContain(canaries.clientSecret);
    expect(second?.text).toContain(canaries.webhookSecret);
    expect(others).toEqual([]);
    // A client that was given it shares its token.
    const { clientSecret } = application;
    await clientOf(vendor, { ...credentials, clientSecret, tokenStore }).users.me();
    expect(vendor.requests.filter(isTokenRequest)).toHaveLength(2);
  });

  test('that the answer does not tell ends the token nevertheless', async () => {
    const vendor = await startVendor(rotated({ clientId: 'client-1' }));
    const s1 = clientOf(vendor, credentials);
    await s1.applications.rotateSecret('a');
    await s1.users.me();
    expect(vendor.requests.filter(isTokenRequest)).toHaveLength(2);
  });

  test('begins a history of its own: what the old one used up does not count', async () => {
    const keys = new Set<string>();
    const vendor = await startVendor();
    for (const clientSecret of [canaries.clientSecret, canaries.webhookSecret]) {
      const store = memoryTokenStore();
      const get = (key: string) => {
        keys.add(key);
        return store.get(key);
      };
      const tokenStore = { ...store, get };
      await clientOf(vendor, { ...credentials, clientSecret, tokenStore }).users.me();
    }
    expect(keys.size).toBe(2);
    expect([...keys].join()).not.toContain(canaries.clientSecret);
  });

  test('is told even if the old token cannot be removed from its store', async () => {
    const vendor = await startVendor(rotated({ clientId: 'client-1' }));
    const tokenStore = {
      get: () => undefined,
      set: () => undefined,
      lock: (_key: string, task: () => Promise<void>) => task(),
      delete: () => {
        throw new Error('The disk is full.');
      },
    };
    const warnings: string[] = [];
    const hooks = { warning: ({ warning }: { warning: string }) => void warnings.push(warning) };
    const s1 = clientOf(vendor, { ...credentials, tokenStore, hooks });
    expect(await s1.applications.rotateSecret('a')).toEqual({ clientId: 'client-1' });
    expect(warnings).toHaveLength(1);
  });
});
