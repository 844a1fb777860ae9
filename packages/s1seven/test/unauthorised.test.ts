import { afterEach, describe, expect, test } from '@jest/globals';
import type { EmulatorRequest } from '@vendorkit/core/testing';
import { startServer } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/canary.ts';
import {
  callsOf,
  clientOf,
  closeAll,
  closeLater,
  credentials,
  failure,
  isTokenRequest,
  json,
  startVendor,
  tokenAnswer,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const unauthorised = { statusCode: 401, message: 'Unauthorized', name: 'UnauthorizedException' };

const tokens = [canaries.accessToken, canaries.refreshToken];

const isSentWith = (token: string, { headers }: EmulatorRequest) =>
  headers['authorization'] === `Bearer ${token}`;

/** A vendor that gives one token after the other and takes those that it is told to. */
async function startStrictVendor(accepts: (request: EmulatorRequest) => boolean) {
  let given = 0;
  const server = await startServer({
    handle: (request) => {
      if (isTokenRequest(request)) return tokenAnswer(tokens[Math.min(given++, 1)]);
      return accepts(request) ? json({ id: 'u' }) : json(unauthorised, 401);
    },
  });
  return closeLater(server);
}

test('a refused token is renewed once, and the call made again', async () => {
  const vendor = await startStrictVendor((request) => isSentWith(canaries.refreshToken, request));
  const s1 = clientOf(vendor, credentials);
  expect(await s1.users.me()).toEqual({ id: 'u' });
  expect(vendor.requests.map(({ path, status }) => [path, status])).toEqual([
    ['/api/tokens', 201],
    ['/api/users/me', 401],
    ['/api/tokens', 201],
    ['/api/users/me', 200],
  ]);
});

test('a write is made again as well: what is refused with 401 was not done', async () => {
  const vendor = await startStrictVendor((request) => isSentWith(canaries.refreshToken, request));
  const s1 = clientOf(vendor, { ...credentials, mode: 'test', companyId: 'c' });
  await s1.identities.create({ wallet: 'w', coinType: 822, account: 0 });
  expect(callsOf(vendor).map(({ status }) => status)).toEqual([401, 200]);
});

describe('a second refusal within a day', () => {
  test('ends with the moment from which a token can be had again, and never in a loop', async () => {
    const clock = virtualClock();
    const vendor = await startStrictVendor(() => false);
    const s1 = clientOf(vendor, { ...credentials, clock });
    for (const expectedRequests of [4, 5, 6]) {
      const error = await failure(clock.run(s1.users.me()));
      expect(error).toMatchObject({
        code: 'TOKEN_ALLOWANCE_EXCEEDED',
        vendor: 's1seven',
        operation: 'users.me',
        retryAt: new Date(clock.now() + 86_400_000),
        status: 401,
        vendorCode: 'UnauthorizedException',
        details: unauthorised,
      });
      expect(vendor.requests).toHaveLength(expectedRequests);
    }
  });

  test('leaves other calls alone, which the token may be good for', async () => {
    const vendor = await startStrictVendor(({ path }) => path.endsWith('/countries'));
    const s1 = clientOf(vendor, credentials);
    await failure(s1.users.me());
    expect(await s1.companies.countries()).toEqual({ id: 'u' });
  });
});

describe('a token that was given by hand', () => {
  test('is not replaced', async () => {
    const vendor = await startVendor(() => json(unauthorised, 401));
    const error = await failure(clientOf(vendor).users.me());
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
      attempts: 1,
      details: unauthorised,
      hint: expect.stringContaining('one day'),
    });
    expect(vendor.requests).toHaveLength(1);
  });

  test('is asked for again, once, if it comes from a function', async () => {
    const vendor = await startVendor((request) =>
      isSentWith(canaries.refreshToken, request) ? json({ id: 'u' }) : json(unauthorised, 401),
    );
    const asked: boolean[] = [];
    const accessToken = ({ refused }: { refused: boolean }) => {
      asked.push(refused);
      return refused ? canaries.refreshToken : canaries.accessToken;
    };
    expect(await clientOf(vendor, { accessToken }).users.me()).toEqual({ id: 'u' });
    expect(asked).toEqual([false, true]);
  });

  test('and every other one of the function that is refused ends the call', async () => {
    const vendor = await startVendor(() => json(unauthorised, 401));
    const s1 = clientOf(vendor, { accessToken: () => canaries.accessToken });
    expect(await failure(s1.users.me())).toMatchObject({ code: 'UNAUTHENTICATED', attempts: 2 });
  });
});

test('a call without any token that is refused says what to give', async () => {
  const vendor = await startVendor(() => json(unauthorised, 401));
  const s1 = clientOf(vendor, { accessToken: undefined, mode: 'test' });
  const error = await failure(s1.certificates.verify({ RefSchemaUrl: 'x' }));
  expect(error).toMatchObject({
    code: 'UNAUTHENTICATED',
    hint: expect.stringContaining('`clientId`'),
  });
});

test('wrong credentials are told as such, and asked for once', async () => {
  const server = await startServer({
    handle: () =>
      json({ ...unauthorised, message: `No client with ${canaries.clientSecret}` }, 401),
  });
  closeLater(server);
  const error = await failure(clientOf(server, credentials).users.me());
  expect(error).toMatchObject({
    code: 'UNAUTHENTICATED',
    vendor: 's1seven',
    hint: 'Check `clientId` and `clientSecret`.',
  });
  expect(server.requests.map(({ path }) => path)).toEqual(['/api/tokens']);
});

test('a request for a token that was not answered is not repeated by itself', async () => {
  const vendor = await startVendor();
  vendor.faults.next('nc');
  const s1 = clientOf(vendor, { ...credentials, retry: { attempts: 1 } });
  const error = await failure(s1.users.me());
  expect(error).toMatchObject({ code: 'CONNECTION', operation: 'tokens.create' });
  expect(callsOf(vendor)).toEqual([]);
  expect(vendor.requests).toHaveLength(1);
});

test('the call that needs it tries again, after a pause', async () => {
  const clock = virtualClock();
  const vendor = await startVendor();
  vendor.faults.next('nc');
  const s1 = clientOf(vendor, { ...credentials, clock, retry: { baseDelay: 60_000 } });
  await clock.run(s1.users.me());
  expect(vendor.requests.map(({ path }) => path)).toEqual([
    '/api/tokens',
    '/api/tokens',
    '/api/users/me',
  ]);
});
