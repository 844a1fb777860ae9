import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { startServer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/canary.ts';
import { S1Seven } from '../src/index.ts';
import { startEmulatedBroker } from '../src/testing/index.ts';
import {
  callsOf,
  client,
  clientOf,
  closeAll,
  closeLater,
  credentials,
  failure,
  json,
  startVendor,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const filter = { resource: 'certificates', action: 'notarize_one' } as const;

const libraries = ['mqtt', 'mqtt-packet', 'ws'];

afterEach(() => libraries.forEach((name) => jest.dontMock(name)));

test('loading the package loads no MQTT and no WebSocket library', async () => {
  const loaded: string[] = [];
  for (const name of libraries) {
    jest.doMock(name, () => {
      loaded.push(name);
      return {};
    });
  }
  await jest.isolateModulesAsync(async () => {
    const index = (await import('../src/index.ts')) as { S1Seven: typeof S1Seven };
    const s1 = new index.S1Seven({ environment: 'staging' });
    await s1.close();
    expect(loaded).toEqual([]);
    // The trap works.
    await import('mqtt');
    expect(loaded).toEqual(['mqtt']);
  });
});

describe('events', () => {
  test('need a broker', async () => {
    const s1 = client({
      baseUrl: 'https://app.example.com/api',
      accessToken: canaries.accessToken,
    });
    expect(await failure(s1.subscribe(filter))).toMatchObject({
      code: 'CONFIGURATION',
      field: 'brokerUrl',
    });
  });

  test('need a token', async () => {
    expect(await failure(client({ environment: 'staging' }).subscribe(filter))).toMatchObject({
      code: 'CONFIGURATION',
      field: 'accessToken',
    });
  });

  test('come to the company of the token’s application, with its token', async () => {
    const vendor = await startVendor();
    const passwords: string[] = [];
    const broker = closeLater(
      await startEmulatedBroker({
        authenticate: ({ username, password }) => {
          passwords.push(password);
          return username === 'host:company-1';
        },
      }),
    );
    const s1 = clientOf(vendor, { ...credentials, brokerUrl: broker.url, vhost: 'host' });
    const received = new Promise((resolve) => {
      s1.subscribe(filter, resolve).catch(resolve);
    });
    const topic = 'company/company-1/test/certificates/notarize_one';
    while (!broker.log.some(({ kind }) => kind === 'subscribe')) {
      await new Promise((resume) => setTimeout(resume, 10));
    }
    broker.publish(topic, '{"a":1}');
    expect(await received).toMatchObject({ topic, payload: { a: 1 } });
    expect(passwords).toEqual([canaries.accessToken]);
  });

  test('handlers that still run when the client is closed may finish with calls', async () => {
    const vendor = await startVendor();
    const broker = closeLater(await startEmulatedBroker());
    const s1 = clientOf(vendor, { brokerUrl: broker.url, companyId: 'c', mode: 'test' });
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const results: unknown[] = [];
    await s1.subscribe(filter, async () => {
      begin();
      await new Promise((resume) => setTimeout(resume, 200));
      results.push(await s1.users.me().catch((error: unknown) => error));
    });
    broker.publish('company/c/test/certificates/notarize_one', '{}');
    await begun;
    await s1.close();
    expect(results).toEqual([{}]);
    expect(await failure(s1.users.me())).toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
  });
});

describe('close()', () => {
  test('ends what is under way with CLOSED, and may be called again', async () => {
    const vendor = await startVendor();
    vendor.faults.next('p');
    const s1 = clientOf(vendor);
    const call = failure(s1.users.me());
    while (vendor.requests.length === 0) await new Promise((resume) => setTimeout(resume, 5));
    await s1.close();
    await s1.close();
    expect((await call).code).toBe('CLOSED');
    expect(await failure(s1.request({ method: 'GET', path: '/x' }))).toMatchObject({
      code: 'CLOSED',
    });
    expect(await failure(s1.subscribe(filter))).toBeDefined();
  });

  test('waits for a token that was asked for, so that it can be kept', async () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    const vendor = await startVendor();
    const kept: string[] = [];
    const tokenStore = {
      get: () => undefined,
      set: (_key: string, { token }: { token: string }) => void kept.push(token),
      delete: () => undefined,
      lock: async (_key: string, task: () => Promise<void>) => {
        await answered;
        await task();
      },
    };
    const s1 = clientOf(vendor, { ...credentials, tokenStore });
    const call = failure(s1.users.me());
    const closed = s1.close();
    expect((await call).code).toBe('CLOSED');
    answer();
    await closed;
    expect(kept).toEqual([canaries.accessToken]);
    expect(callsOf(vendor)).toEqual([]);
  });

  test('comes with `await using`', () => {
    expect(S1Seven.prototype[Symbol.asyncDispose]).toBeInstanceOf(Function);
  });
});

describe('the quota', () => {
  test('is ten calls a minute to a route by default', async () => {
    const clock = virtualClock();
    const vendor = closeLater(await startServer({ clock, handle: () => json({}) }));
    const s1 = clientOf(vendor, { clock, quota: undefined });
    const ids = Array.from({ length: 11 }, (_, index) => String(index));
    const calls = Promise.all(ids.map((id) => s1.companies.get(id)));
    await clock.run(Promise.all([calls, s1.users.me()]));
    const [first = 0, ...others] = callsOf(vendor)
      .filter(({ path }) => path !== '/api/users/me')
      .map(({ receivedAt }) => receivedAt);
    expect(others.filter((at) => at - first < 60_000)).toHaveLength(9);
    expect(clock.now() - first).toBeLessThan(62_000);
    expect(s1.quota.peek().rules.map(({ value }) => value)).toEqual(['GET /companies/{id}']);
  });

  test('counts what all services were asked, tokens included', async () => {
    const vendor = await startVendor();
    const options = { ...credentials, clientId: 'counted', baseUrl: `${vendor.url}/{service}/api` };
    const s1 = clientOf(vendor, options);
    await s1.users.me();
    await s1.certificates.schemas();
    expect(s1.quota.peek().usage.calls).toBe(3);
  });

  test('shows no secret, whatever it is counted for', async () => {
    const vendor = await startVendor(() => json({}));
    const quota = [{ key: 'credential', limit: 10, windowMs: 60_000 }];
    const s1 = clientOf(vendor, { quota });
    await s1.users.me();
    expect(JSON.stringify(s1.quota.peek())).not.toContain(canaries.accessToken);
  });
});

test('webhooks need no client', () => {
  expect(S1Seven.webhooks).toHaveProperty('verify');
});

test('a result comes with what is known of the answer', async () => {
  const vendor = await startVendor(() => ({ ...json({ id: 'u' }), headers: { 'x-id': '7' } }));
  const { data, response } = await clientOf(vendor).users.me().withResponse();
  expect(data).toEqual({ id: 'u' });
  expect(response).toMatchObject({ status: 200, attempts: 1, headers: { 'x-id': '7' } });
});
