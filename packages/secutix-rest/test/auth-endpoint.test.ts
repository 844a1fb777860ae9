import { afterEach, describe, expect, test } from '@jest/globals';
import { canaries } from '../../../tooling/canary/canary.ts';
import { startServer, type EmulatorRequest, type RunningServer } from '@vendorkit/core/testing';
import { signToken } from './testing/hand-written-client.ts';
import {
  client,
  clientOf,
  closeAll,
  closeLater,
  connect,
  emulate,
  failure,
  methodsOf,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const tokenSource = 'auth-endpoint';

/** A vendor whose auth endpoint answers as a test says, and whose methods take every token. */
async function vendor(auth: (request: EmulatorRequest) => unknown): Promise<RunningServer> {
  const server = await startServer({
    handle: (request) => {
      const isAuth = request.path.endsWith('/v1/auth');
      const answer = isAuth ? auth(request) : { statusCode: 'success' };
      return { status: 200, body: JSON.stringify(answer) };
    },
  });
  return closeLater(server);
}

const authCalls = ({ requests }: { requests: readonly EmulatorRequest[] }): number =>
  requests.filter(({ path }) => path.endsWith('/v1/auth')).length;

test('a token is asked for with operator, partner and the secret as it was given', async () => {
  const emulator = await emulate();
  await connect(emulator, { tokenSource }).call('setupService', 'listSeasons');
  expect(emulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /tnai/backend-apis/v1/auth',
    'POST /tnseb/backend-apis/setupService/v1_33/listSeasons',
  ]);
  const [auth] = emulator.requests;
  expect(JSON.parse(auth?.text ?? '')).toEqual({
    operator: 'MOSA_B2C',
    partner: 'Partner 1',
    secret: canaries.secret,
  });
  expect(auth?.headers).not.toHaveProperty('authorization');
});

test('a secret in base64 is sent in base64', async () => {
  const server = await vendor(() => ({ token: 'opaque' }));
  const secutix = clientOf(server, {
    tokenSource,
    secret: canaries.secretBase64,
    secretEncoding: 'base64',
  });
  await secutix.call('setupService', 'listSeasons');
  expect(JSON.parse(server.requests[0]?.text ?? '')).toMatchObject({
    secret: canaries.secretBase64,
  });
});

describe('a token', () => {
  const issue = (claims: Record<string, unknown>) => ({
    token: signToken(claims, canaries.secret),
  });

  test.each([
    ['seconds', 1_000],
    ['milliseconds', 1],
  ])('is shared by all calls until its exp, in %s', async (_unit, unitMs) => {
    const clock = virtualClock();
    const server = await vendor(() => issue({ exp: (clock.now() + 900_000) / unitMs }));
    const secutix = clientOf(server, { tokenSource, clock });
    const call = () => secutix.call('setupService', 'listSeasons');
    await clock.run(Promise.all(Array.from({ length: 20 }, call)));
    await clock.run(call());
    expect(authCalls(server)).toBe(1);
    await clock.advance(900_000);
    await clock.run(call());
    expect(authCalls(server)).toBe(2);
  });

  test('with an iat lives from its arrival on, whatever the local clock says', async () => {
    const clock = virtualClock();
    const server = await vendor(() => issue({ iat: 1_000_000, exp: 1_000_900 }));
    const secutix = clientOf(server, { tokenSource, clock });
    for (const expected of [1, 1, 2]) {
      await clock.run(secutix.call('setupService', 'listSeasons'));
      expect(authCalls(server)).toBe(expected);
      await clock.advance(600_000);
    }
  });

  test.each([1, 3])(
    'that ended unannounced is replaced after %i attempts at most',
    async (attempts) => {
      const clock = virtualClock();
      const emulator = await emulate({ clock, issuedTokenLifetimeMs: 60_000 });
      const secutix = connect(emulator, { tokenSource, retry: { attempts } });
      const call = () => clock.run(secutix.call('setupService', 'listSeasons'));
      await call();
      await call();
      await clock.advance(60_000);
      if (attempts === 1) expect(await failure(call())).toMatchObject({ code: 'UNAUTHENTICATED' });
      await call();
      expect(methodsOf(emulator)).toEqual([
        'auth',
        'listSeasons',
        'listSeasons',
        'listSeasons',
        'auth',
        'listSeasons',
      ]);
    },
  );

  test('that is refused again and again is replaced once a call', async () => {
    const emulator = await emulate();
    const secutix = connect(emulator, { tokenSource });
    emulator.faults.answer(
      { status: 401, body: '{"message":"no"}' },
      { when: ({ path }) => !path.endsWith('/auth'), times: 5 },
    );
    expect(await failure(secutix.call('setupService', 'listSeasons'))).toMatchObject({
      code: 'UNAUTHENTICATED',
      attempts: 2,
    });
    expect(methodsOf(emulator)).toEqual(['auth', 'listSeasons', 'auth', 'listSeasons']);
  });
});

test('a call in need of a token does not wait for a place that calls in need of it hold', async () => {
  const clock = virtualClock();
  const quota = [{ key: 'institution', limit: 3, windowMs: 60_000 }] as const;
  const emulator = await emulate({ clock, issuedTokenLifetimeMs: 3_600_000 });
  const secutix = client({ ...emulator.options, clock, quota, tokenSource });
  const calls = Array.from({ length: 7 }, () => secutix.call('setupService', 'listSeasons'));
  await clock.run(Promise.all(calls));
  expect(methodsOf(emulator).filter((method) => method === 'listSeasons')).toHaveLength(7);
});

test.each<[string, unknown]>([
  ['no token', {}],
  ['an empty one', { token: '' }],
  ['a number', { token: 5 }],
  ['null', null],
])(
  'an endpoint that gives %s is INVALID_RESPONSE, and the call was not sent',
  async (_what, answer) => {
    const server = await vendor(() => answer);
    const call = clientOf(server, { tokenSource }).call(
      'externalOrderFacade',
      'createOrUpdateOrder',
    );
    expect(await failure(call)).toMatchObject({ code: 'INVALID_RESPONSE', outcome: 'not-sent' });
    expect(authCalls(server)).toBe(server.requests.length);
  },
);

test('a wrong secret is UNAUTHENTICATED, and a deadline holds for the token too', async () => {
  const emulator = await emulate();
  const secret = 'another secret, of more than 256 bits';
  const wrong = connect(emulator, { tokenSource, secret });
  expect(await failure(wrong.call('setupService', 'listSeasons'))).toMatchObject({
    code: 'UNAUTHENTICATED',
    status: 401,
    outcome: 'not-sent',
  });
  emulator.faults.next('n');
  const started = performance.now();
  const slow = connect(emulator, { tokenSource, deadline: 150 });
  expect(await failure(slow.call('setupService', 'listSeasons'))).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
  });
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a token of any form that the vendor repeats is taken out of the error', async () => {
  const token = 'an-opaque-token-of-no-known-form';
  const server = await startServer({
    handle: ({ path }) =>
      path.endsWith('/v1/auth')
        ? { status: 200, body: JSON.stringify({ token }) }
        : { status: 500, body: `failed for ${token}` },
  });
  closeLater(server);
  const call = clientOf(server, { tokenSource, retry: { attempts: 1 } }).call(
    'setupService',
    'listSeasons',
  );
  expect((await failure(call)).details).toEqual({ text: 'failed for [redacted]' });
});
