import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { VendorError } from '@vendorkit/core';
import { canaries, canary } from '../../../../tooling/canary/canary.ts';
import type { AccessTokenProvider } from '../../src/token.ts';
import { dayMs, failure, hourMs, jwt, minuteMs, TokenClient, TokenVendor } from './harness.ts';

describe('a token that was given', () => {
  test('is used for ever, and tells what it knows', async () => {
    const vendor = new TokenVendor();
    const accessToken = jwt({ exp: 9, company: { id: 'c' }, mode: 'live' });
    const client = new TokenClient(vendor, { credentials: { accessToken } });
    const facts = { token: accessToken, expiresAtMs: 9_000, companyId: 'c', mode: 'live' };
    expect(await client.tokens.get(client.deadline())).toEqual(facts);
    expect(await client.tokens.getRenewed(client.deadline())).toEqual(facts);
    expect(client.tokens.held()).toEqual(facts);
    expect(client.secrets).toEqual([accessToken]);
    expect(vendor.requests).toBe(0);
  });

  test('has no other in its place: the vendor’s 401 stands', async () => {
    const accessToken = canaries.accessToken;
    const client = new TokenClient(new TokenVendor(), { credentials: { accessToken } });
    expect(client.tokens.refuse(accessToken)).toBe(false);
    expect(client.tokens.refusal(accessToken)).toBeUndefined();
    await client.tokens.forget();
    await client.tokens.close();
    expect(await client.get()).toBe(accessToken);
  });

  test('is asked for by no call that is over', async () => {
    const client = new TokenClient(new TokenVendor(), {
      credentials: { accessToken: canaries.accessToken },
    });
    const error = await failure(client.tokens.get(client.deadline(0)));
    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  test.each(['', 'a b', 'ä', `${canaries.accessToken}\r\nx: y`, 7])('%# is refused', (token) => {
    const start = () =>
      new TokenClient(new TokenVendor(), { credentials: { accessToken: token as string } });
    expect(start).toThrow(expect.objectContaining({ code: 'CONFIGURATION', field: 'accessToken' }));
    expect(start).not.toThrow(canaries.accessToken);
  });
});

/** A function that gives what it is told to, and notes how it was asked. */
function provide(give: (number: number, refused: boolean) => unknown) {
  const vendor = new TokenVendor();
  const asked: boolean[] = [];
  const accessToken: AccessTokenProvider = ({ refused }) => {
    asked.push(refused);
    return give(asked.length, refused) as string;
  };
  const client = new TokenClient(vendor, { credentials: { accessToken } });
  return { clock: vendor.clock, asked, client };
}

describe('a function that gives tokens', () => {
  test('is asked once by 100 calls, whether it answers at once or later', async () => {
    for (const give of [() => 'token', async () => 'token']) {
      const { clock, asked, client } = provide(give);
      const calls = Array.from({ length: 100 }, async () => client.tokens.get(client.deadline()));
      const tokens = await clock.run(Promise.all(calls));
      expect(tokens.every(({ token }) => token === 'token')).toBe(true);
      expect([asked, client.secrets]).toEqual([[false], ['token']]);
      expect(clock.pendingTimers).toBe(0);
    }
  });

  test('is asked again when its token ends, or after a day', async () => {
    const { clock, asked, client } = provide((number) =>
      number === 1 ? jwt({ exp: clock.now() / 1_000 + 3_600, mode: 'live' }) : `opaque-${number}`,
    );
    const first = await clock.run(client.tokens.get(client.deadline()));
    expect(first.mode).toBe('live');
    // The function may have had it for long.
    expect(first).not.toHaveProperty('obtainedAtMs');
    await clock.advance(hourMs);
    expect(await client.get()).toBe('opaque-2');
    await clock.advance(dayMs - hourMs);
    expect(await client.get()).toBe('opaque-2');
    await clock.advance(hourMs);
    expect(await client.get()).toBe('opaque-3');
    expect(asked).toEqual([false, false, false]);
  });

  test('is asked once more after a 401, however many calls were refused', async () => {
    const { asked, client } = provide((number) => `opaque-${number}`);
    const first = await client.get();
    expect([1, 2, 3].map(() => client.tokens.refuse(first))).toEqual([true, true, true]);
    expect(await client.get()).toBe('opaque-2');
    expect(client.tokens.refuse(first)).toBe(true);
    expect(client.tokens.refusal('opaque-2')).toBeUndefined();
    expect(await client.get()).toBe('opaque-2');
    expect(asked).toEqual([false, true]);
  });

  test('that has nothing newer is asked now and then while its token lasts', async () => {
    const { clock, asked, client } = provide(() => 'the-same');
    await client.get();
    await clock.advance(dayMs - 5 * minuteMs);
    const error = await failure(clock.run(client.tokens.getRenewed(client.deadline())));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', field: 'accessToken' });
    for (let second = 0; second < 280; second += 1) {
      expect(await client.get()).toBe('the-same');
      await clock.advance(1_000);
    }
    expect(asked.length).toBeLessThan(15);
  });

  test.each([undefined, null, '', 7, 'a b', `x\r\n${canaries.accessToken}`, {}])(
    'that gives %#, which is no token, is a fault of the configuration',
    async (given) => {
      const { client } = provide(() => given);
      const error = await failure(client.get());
      expect(error).toMatchObject({ code: 'CONFIGURATION', field: 'accessToken' });
      canary.watch(error);
    },
  );

  test('that throws fails the call, without its words', async () => {
    const { client } = provide(() => {
      throw new Error(`no ${canaries.refreshToken}`);
    });
    const error = await failure(client.get());
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', vendor: 's1seven' });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(canaries.refreshToken);
    expect(inspect(error.cause)).toContain('own-tokens.test.ts');
    canary.watch(error);
  });

  test('that throws a VendorError fails the call with it', async () => {
    const { client } = provide(() => {
      throw new VendorError('No login.', { code: 'FORBIDDEN' });
    });
    expect(await failure(client.get())).toMatchObject({ code: 'FORBIDDEN', message: 'No login.' });
  });

  test('that never answers holds up neither its callers nor close', async () => {
    const { clock, client } = provide(() => new Promise(() => {}));
    const waiting = failure(client.tokens.get(client.deadline(5_000)));
    expect(await clock.run(waiting)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    const second = failure(client.tokens.get(client.deadline(50_000)));
    await clock.advance(1_000);
    await client.tokens.close();
    expect(await second).toMatchObject({ code: 'CLOSED' });
    expect(clock.pendingTimers).toBe(0);
  });
});
