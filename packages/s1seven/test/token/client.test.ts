import { afterEach, describe, expect, test } from '@jest/globals';
import { VirtualClock, startServer, type RunningServer } from '@vendorkit/core/testing';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import { S1Seven } from '../../src/client.ts';
import { failure, jwt } from './harness.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A vendor that gives a new token for each request, and accepts those that it is told to. */
async function setUp(accepts: (number: number) => boolean, refusal?: { retryAfter?: number }) {
  const clock = new VirtualClock();
  let given = 0;
  const server: RunningServer = await startServer({
    clock,
    handle: ({ path, headers }) => {
      if (path === '/api/tokens' && refusal !== undefined) {
        const { retryAfter } = refusal;
        const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
        return { status: 429, headers, body: '{}' };
      }
      if (path === '/api/tokens') {
        const exp = clock.now() / 1_000 + 86_400;
        const application = { mode: 'test', owner: { id: 'company-9' } };
        const accessToken = jwt({ exp, jti: String((given += 1)) });
        return { status: 201, body: JSON.stringify({ accessToken, application }) };
      }
      const isKnown = headers['authorization'] !== undefined && accepts(given);
      return isKnown ? { status: 200, body: '{"id":"me"}' } : { status: 401, body: '{}' };
    },
  });
  const client = new S1Seven({
    baseUrl: `${server.url}/api`,
    clientId: 'application-7',
    clientSecret: canaries.clientSecret,
    tokenStore: 'memory',
    clock,
  });
  closers.push(
    () => server.close(),
    () => client.close(),
  );
  const tokenRequests = () => server.requests.filter(({ path }) => path === '/api/tokens').length;
  return { clock, server, client, tokenRequests };
}

describe('a client', () => {
  test('asks for one token, and sends what belongs to it', async () => {
    const { clock, server, client, tokenRequests } = await setUp(() => true);
    await clock.run(Promise.all([client.users.me(), client.users.me(), client.users.me()]));
    expect(tokenRequests()).toBe(1);
    expect(server.requests.at(-1)?.headers).toMatchObject({ company: 'company-9' });
  });

  test('gets another token after a 401, and the call succeeds', async () => {
    const { clock, client, tokenRequests } = await setUp((number) => number === 2);
    expect(await clock.run(client.users.me())).toMatchObject({ id: 'me' });
    expect(tokenRequests()).toBe(2);
  });

  test('gets no third one that day, whatever is refused', async () => {
    const { clock, server, client, tokenRequests } = await setUp(() => false);
    for (const call of [1, 2, 3]) {
      const error = await failure(clock.run(client.users.me()));
      expect(error).toMatchObject({
        code: 'TOKEN_ALLOWANCE_EXCEEDED',
        vendor: 's1seven',
        status: 401,
        outcome: 'answered',
        retryable: false,
        attempts: call === 1 ? 2 : 1,
      });
      expect(error.retryAt?.getTime()).toBeGreaterThan(clock.now() + 86_000_000);
      canary.watch(error);
    }
    expect(tokenRequests()).toBe(2);
    expect(server.requests).toHaveLength(6);
  });

  test.each([40_000, 86_400, 7_200])(
    'that is told to come again in %i s says so, and that the allowance is used up',
    async (retryAfter) => {
      const { clock, client, tokenRequests } = await setUp(() => true, { retryAfter });
      const startedAt = clock.now();
      const error = await failure(clock.run(client.users.me()));
      expect(error).toMatchObject({ code: 'TOKEN_ALLOWANCE_EXCEEDED', outcome: 'not-sent' });
      const waitMs = (error.retryAt?.getTime() ?? 0) - startedAt;
      expect(Math.round(waitMs / 1_000)).toBe(retryAfter);
      await failure(clock.run(client.users.me()));
      expect(tokenRequests()).toBe(1);
    },
  );

  test('that is refused without a word of when has used up its allowance', async () => {
    const { clock, client, tokenRequests } = await setUp(() => true, {});
    const startedAt = clock.now();
    for (let call = 0; call < 2; call += 1) {
      const error = await failure(clock.run(client.users.me()));
      expect(error).toMatchObject({ code: 'TOKEN_ALLOWANCE_EXCEEDED', status: 429 });
      expect(error.retryAt?.getTime()).toBe(startedAt + 86_400_000);
    }
    expect(tokenRequests()).toBe(1);
  });

  test('that is throttled again and again fails at once, and says when to come back', async () => {
    const { clock, client, tokenRequests } = await setUp(() => true, { retryAfter: 1 });
    for (let call = 0; call < 12; call += 1) {
      const startedAt = clock.now();
      const error = await failure(clock.run(client.users.me({ deadline: 10_000 })));
      expect(['RATE_LIMITED', 'QUOTA_WAIT_EXCEEDED']).toContain(error.code);
      expect(error.retryAt?.getTime()).toBeGreaterThan(clock.now());
      // The first one waits for the second, and learns that it has to wait for longer.
      expect(clock.now() - startedAt).toBeLessThan(5_000);
      await clock.advance(2_000);
    }
    expect(tokenRequests()).toBe(2);
  });

  test('waits for the token no longer than its call may, and for the vendor for longer', async () => {
    let requests = 0;
    const server = await startServer({
      handle: ({ path }) => {
        if (path !== '/api/tokens') return { status: 200, body: '{"id":"me"}' };
        requests += 1;
        return { status: 201, body: `{"accessToken":"${canaries.accessToken}"}`, delayMs: 1_500 };
      },
    });
    const client = new S1Seven({
      baseUrl: `${server.url}/api`,
      clientId: 'application-7',
      clientSecret: canaries.clientSecret,
      tokenStore: 'memory',
      timeout: 100,
      deadline: 500,
    });
    closers.push(
      () => server.close(),
      () => client.close(),
    );
    expect(await failure(client.users.me())).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(await client.users.me({ deadline: 20_000, timeout: 20_000 })).toMatchObject({
      id: 'me',
    });
    expect(requests).toBe(1);
  });
});
