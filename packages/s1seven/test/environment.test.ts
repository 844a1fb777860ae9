import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import { addressesOf } from '../src/environment.ts';
import type { Environment, S1Seven, UrlForm } from '../src/index.ts';
import {
  callsOf,
  client,
  clientOf,
  closeAll,
  closeLater,
  failure,
  startVendor,
} from './harness.ts';

afterEach(closeAll);

const certificate = { RefSchemaUrl: 'https://schemas.example.com' };

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

/** The hosts that a client asks for, one call to each service. */
async function hostsOf(environment: Environment, urlForm?: UrlForm): Promise<string[]> {
  const proxy = await startProxy();
  const s1 = client({
    environment,
    urlForm,
    mode: 'test',
    companyId: 'c',
    accessToken: canaries.accessToken,
    proxy: proxy.url,
    retry: { attempts: 1 },
  });
  for (const call of oneCallToEachService(s1)) await failure(call());
  return proxy.targets;
}

function oneCallToEachService(s1: S1Seven): (() => Promise<unknown>)[] {
  return [
    () => s1.users.me(),
    () => s1.identities.list(),
    () => s1.certificates.validate(certificate),
    () => s1.hooks.list(),
  ];
}

describe('an environment', () => {
  test.each([
    ['production', 's1seven.com'],
    ['staging', 'staging.s1seven.com'],
    ['development', 'development.s1seven.com'],
  ] as const)('%s is at %s', async (environment, domain) => {
    expect(await hostsOf(environment)).toEqual(Array(4).fill(`app.${domain}:443`));
    expect(await hostsOf(environment, 'service')).toEqual([
      `user.${domain}:443`,
      `km.${domain}:443`,
      `certificate.${domain}:443`,
      `pipe.${domain}:443`,
    ]);
    const options = { environment, baseUrl: undefined, brokerUrl: undefined, urlForm: undefined };
    expect(addressesOf(options).brokerUrl).toBe(`mqtts://broker.${domain}:8883`);
    for (const urlForm of ['proxy', 'service'] as const) {
      expect(addressesOf({ ...options, urlForm }).quotaHost).toBe(`app.${domain}`);
    }
  });

  test('gives the broker where only the base URL is another', () => {
    const options = { brokerUrl: undefined, urlForm: undefined, baseUrl: 'https://x.example/api' };
    const { brokerUrl, baseUrlOf } = addressesOf({ ...options, environment: 'staging' });
    expect([brokerUrl, baseUrlOf('km')]).toEqual([
      'mqtts://broker.staging.s1seven.com:8883',
      'https://x.example/api',
    ]);
  });
});

describe('a base URL', () => {
  test('is kept as it is, and paths are appended', async () => {
    const vendor = await startVendor();
    await clientOf(vendor, { baseUrl: `${vendor.url}/gateway/s1/api/` }).users.me();
    expect(callsOf(vendor)[0]?.path).toBe('/gateway/s1/api/users/me');
  });

  test('with {service} in it leads to each service', async () => {
    const vendor = await startVendor();
    const s1 = clientOf(vendor, {
      baseUrl: `${vendor.url}/{service}/api`,
      mode: 'test',
      companyId: 'c',
    });
    for (const call of oneCallToEachService(s1)) await call();
    await s1.request({ method: 'GET', path: '/companies/countries' });
    await s1.request({ method: 'GET', path: '/health', service: 'pipe' });
    expect(callsOf(vendor).map(({ path }) => path)).toEqual([
      '/user/api/users/me',
      '/km/api/identities',
      '/certificate/api/certificates/validate',
      '/pipe/api/hooks',
      '/user/api/companies/countries',
      '/pipe/api/health',
    ]);
    expect(await failure(s1.request({ method: 'GET', path: '/health' }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'request.service',
    });
  });
});

test('all services count in one quota', async () => {
  const vendor = await startVendor();
  const s1 = clientOf(vendor, {
    baseUrl: `${vendor.url}/{service}/api`,
    mode: 'test',
    companyId: 'c',
    quota: [{ key: 'credential', limit: 3, windowMs: 60_000 }],
    deadline: 5_000,
  });
  const [me, identities, validate, hooks] = oneCallToEachService(s1);
  await Promise.all([me?.(), identities?.(), validate?.()]);
  expect(await failure(hooks?.() ?? Promise.resolve())).toMatchObject({
    code: 'QUOTA_WAIT_EXCEEDED',
  });
  expect(s1.quota.peek().rules).toMatchObject([{ key: 'credential', limit: 3, remaining: 0 }]);
});
