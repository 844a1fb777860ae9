import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { memoryTokenStore, statusError, VendorError, type TokenStore } from '@vendorkit/core';
import type { VirtualClock } from '@vendorkit/core/testing';
import fc from 'fast-check';
import { canary, canaries } from '../../../../tooling/canary/canary.ts';
import { dayMs, failure, hourMs, minuteMs, TokenClient, TokenVendor } from './harness.ts';

function setUp(store: TokenStore = memoryTokenStore()) {
  const vendor = new TokenVendor();
  const { clock } = vendor;
  const start = () => new TokenClient(vendor, { store });
  return { vendor, clock, store, start, client: start() };
}

describe('one token for all', () => {
  test('100 calls at once make one request', async () => {
    const { vendor, clock, client } = setUp();
    const calls = Array.from({ length: 100 }, async () => client.tokens.get(client.deadline()));
    const tokens = await clock.run(Promise.all(calls));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
    expect(vendor.requests).toBe(1);
    expect(clock.pendingTimers).toBe(0);
  });

  test('tells whose it is, and when it ends', async () => {
    const { clock, client } = setUp();
    const expiresAtMs = clock.now() + dayMs;
    expect(await clock.run(client.tokens.get(client.deadline()))).toMatchObject({
      companyId: 'company-9',
      mode: 'test',
      expiresAtMs,
    });
  });

  test('is told to the redactor once, before anybody has it', async () => {
    const { client } = setUp();
    const token = await client.get();
    await client.get();
    expect(client.secrets).toEqual([token]);
  });

  test('serves clients that start later, with what is known of it', async () => {
    const { vendor, clock, client, start } = setUp();
    const token = await clock.run(client.tokens.get(client.deadline()));
    const later = start();
    expect(await clock.run(later.tokens.get(later.deadline()))).toEqual(token);
    expect(later.secrets).toEqual([token.token]);
    expect(vendor.requests).toBe(1);
  });

  test('that is opaque lives for a day from when it came', async () => {
    const { vendor, clock, client } = setUp();
    vendor.answer = (number) => ({ accessToken: `${canaries.accessToken}-${number}` });
    await client.get();
    await clock.advance(dayMs - hourMs);
    expect(await client.get()).toBe(`${canaries.accessToken}-1`);
    await clock.advance(hourMs);
    expect(await client.get()).toBe(`${canaries.accessToken}-2`);
    expect(vendor.requests).toBe(2);
  });

  test('that seems to have ended when it came is used: the clock here must be wrong', async () => {
    const { vendor, client } = setUp();
    const late = vendor.token(1);
    vendor.answer = () => ({ accessToken: late });
    await vendor.clock.advance(3 * dayMs);
    expect(await client.get()).toBe(late);
    expect(await client.get()).toBe(late);
    expect(vendor.requests).toBe(1);
  });
});

describe('renewal', () => {
  test('needs a call: without one, days pass without a request', async () => {
    const { vendor, clock, client } = setUp();
    await client.get();
    await clock.advance(5 * dayMs);
    expect(vendor.requests).toBe(1);
  });

  test('takes place in the background in the last five minutes', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    await clock.advance(dayMs - 6 * minuteMs);
    expect(await client.get()).toBe(first);
    await clock.advance(2 * minuteMs);
    expect(vendor.requests).toBe(1);
    expect(await client.get()).toBe(first);
    await clock.advance(200);
    expect(await client.get()).not.toBe(first);
    expect(vendor.requests).toBe(2);
  });

  test('is waited for by who needs a token that lasts', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    await clock.advance(dayMs - 4 * minuteMs);
    const renewed = await clock.run(client.tokens.getRenewed(client.deadline()));
    expect(renewed.token).not.toBe(first);
    expect(renewed.expiresAtMs).toBeGreaterThan(clock.now() + dayMs - minuteMs);
    expect(client.secrets).toEqual([first, renewed.token]);
    expect(vendor.requests).toBe(2);
  });

  test('by its end only, if the vendor gives the same token until then', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    const give = vendor.answer;
    vendor.answer = () => ({ accessToken: first });
    await clock.advance(dayMs - 5 * minuteMs);
    for (let second = 0; second < 298; second += 1) {
      expect(await client.get()).toBe(first);
      await clock.advance(1_000);
    }
    // One in the background, and one when the token was about to end.
    expect(vendor.requests).toBeLessThanOrEqual(3);
    vendor.answer = give;
    await clock.advance(3_000);
    expect(await client.get()).not.toBe(first);
  });

  test('that the vendor refuses for now is not asked for again, while the old token lasts', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    vendor.answer = () => statusError(403);
    await clock.advance(dayMs - 5 * minuteMs);
    for (let second = 0; second < 298; second += 1) {
      expect(await client.get()).toBe(first);
      await clock.advance(1_000);
    }
    expect(vendor.requests).toBeLessThanOrEqual(3);
  });

  test('that the vendor refuses for now fails who needs a token that lasts', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    vendor.answer = () => statusError(409);
    await clock.advance(dayMs - 4 * minuteMs);
    const renew = async () => failure(clock.run(client.tokens.getRenewed(client.deadline())));
    const error = { code: 'TOKEN_ALLOWANCE_EXCEEDED', retryable: false };
    expect([await renew(), await renew(), await renew()]).toMatchObject([error, error, error]);
    expect(await client.get()).toBe(first);
    expect(vendor.requests).toBe(2);
  });
});

describe('a token that the vendor refuses', () => {
  test('is renewed once, however many calls were refused', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    expect([1, 2, 3].map(() => client.tokens.refuse(first))).toEqual([true, true, true]);
    const second = await client.get();
    expect(second).not.toBe(first);
    expect(client.tokens.refuse(first)).toBe(true);
    expect(client.tokens.refusal(first)).toBeUndefined();
    expect(await client.get()).toBe(second);
    expect(vendor.requests).toBe(2);
    expect(clock.pendingTimers).toBe(0);
  });

  test('a second time within a day is kept, and the error says until when', async () => {
    const { vendor, clock, client } = setUp();
    await client.get();
    await clock.advance(hourMs);
    const second = await client.callRefused();
    const forcedAtMs = vendor.askedAt[1] ?? 0;
    await clock.advance(hourMs);
    expect(await client.callRefused()).toBeUndefined();
    const error = client.tokens.refusal(second ?? '');
    expect(error).toMatchObject({
      code: 'TOKEN_ALLOWANCE_EXCEEDED',
      vendor: 's1seven',
      retryable: false,
      outcome: 'answered',
    });
    expect(error?.retryAt?.getTime()).toBe(forcedAtMs + 100 + dayMs);
    expect(await client.get()).toBe(second);
    expect(vendor.requests).toBe(2);
    canary.watch(error);
  });

  test('is renewed again after a day', async () => {
    const { vendor, clock, client } = setUp();
    // This vendor's tokens outlive the day.
    vendor.answer = (number) => ({ accessToken: `opaque-${number}`, expires_in: 100 * 3_600 });
    await client.get();
    await client.callRefused();
    await clock.advance(dayMs - minuteMs);
    expect(await client.callRefused()).toBeUndefined();
    await clock.advance(minuteMs);
    expect(await client.callRefused()).toBe('opaque-3');
    expect(vendor.requests).toBe(3);
  });

  test('is renewed no second time after a restart, or by another process', async () => {
    const { vendor, client, start } = setUp();
    const other = start();
    const first = await client.get();
    expect(await other.get()).toBe(first);
    const second = await client.callRefused();
    // The other one takes what the first has got, without a request.
    expect(await other.callRefused()).toBe(second);
    expect(await other.callRefused()).toBeUndefined();
    const restarted = start();
    expect(await restarted.callRefused()).toBeUndefined();
    expect(restarted.tokens.refusal(second ?? '')).toMatchObject({
      code: 'TOKEN_ALLOWANCE_EXCEEDED',
    });
    expect(vendor.requests).toBe(2);
  });

  test('that comes again is not asked for again, here or in another process', async () => {
    const { vendor, client, start } = setUp();
    const other = start();
    const first = await client.get();
    await other.get();
    vendor.answer = () => ({ accessToken: first });
    expect(await client.callRefused()).toBe(first);
    expect(await client.callRefused()).toBeUndefined();
    expect(await other.callRefused()).toBe(first);
    expect(await other.callRefused()).toBeUndefined();
    expect(other.tokens.refusal(first)).toMatchObject({ code: 'TOKEN_ALLOWANCE_EXCEEDED' });
    expect(vendor.requests).toBe(2);
  });

  test('and that the vendor will not replace is kept until it would', async () => {
    const { vendor, clock, client, start } = setUp();
    const first = await client.get();
    const obtainedAtMs = clock.now();
    await clock.advance(hourMs);
    const give = vendor.answer;
    vendor.answer = () => statusError(403, { details: { name: 'Forbidden' } });
    expect(await client.callRefused()).toBe(first);
    expect(await client.callRefused()).toBeUndefined();
    expect(client.tokens.refusal(first)?.retryAt?.getTime()).toBe(obtainedAtMs + dayMs);
    expect(await start().callRefused()).toBeUndefined();
    expect(vendor.requests).toBe(2);
    vendor.answer = give;
    await clock.advance(dayMs);
    expect(await client.get()).not.toBe(first);
  });

  test('is asked for again when the request for it got lost', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    const give = vendor.answer;
    vendor.answer = () => new VendorError('Cut.', { code: 'CONNECTION', outcome: 'unknown' });
    client.tokens.refuse(first);
    expect(await failure(client.get())).toMatchObject({ code: 'CONNECTION', vendor: 's1seven' });
    vendor.answer = give;
    await clock.advance(5_000);
    expect(await client.get()).not.toBe(first);
    expect(vendor.requests).toBe(3);
  });

  test('is renewed without counting if it had ended', async () => {
    const { vendor, clock, client } = setUp();
    const first = await client.get();
    await clock.advance(dayMs);
    expect(client.tokens.refuse(first)).toBe(true);
    const second = await client.get();
    expect(await client.callRefused()).not.toBe(second);
    expect(vendor.requests).toBe(3);
  });
});

describe('a vendor that gives no token', () => {
  test.each([
    ['a wrong secret', statusError(401), 'UNAUTHENTICATED'],
    ['a wrong request', statusError(400), 'BAD_REQUEST'],
    ['an unknown application', statusError(404), 'NOT_FOUND'],
    ['a server in trouble', statusError(503), 'SERVER_ERROR'],
    ['an answer without a token', {}, 'INVALID_RESPONSE'],
  ])('for %s fails as it is', async (_reason, answer, code) => {
    const { vendor, client } = setUp();
    vendor.answer = () => answer;
    const error = await failure(client.get());
    expect(error).toMatchObject({ code, vendor: 's1seven' });
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(canaries.clientSecret);
    canary.watch(error);
  });

  test('because it gave one today, is asked every quarter of an hour at most', async () => {
    const { vendor, clock, client } = setUp();
    const retryAt = new Date(clock.now() + 5 * hourMs);
    vendor.answer = () => statusError(429, { retryAt, details: { message: 'Once a day' } });
    for (let minute = 0; minute < 61; minute += 1) {
      expect(await failure(client.get())).toMatchObject({
        code: 'TOKEN_ALLOWANCE_EXCEEDED',
        status: 429,
        retryAt,
        retryable: false,
        details: { message: 'Once a day' },
      });
      await clock.advance(minuteMs);
    }
    expect(vendor.requests).toBeLessThanOrEqual(5);
  });
});

describe('an answer that may have cost a token', () => {
  const lost = () => new VendorError('Cut.', { code: 'CONNECTION', outcome: 'unknown' });

  test.each([
    ['has no token in it', () => ({})],
    ['is a server in trouble', () => statusError(503)],
    ['is a refusal out of the blue', () => statusError(403)],
    ['did not come', () => new VendorError('Late.', { code: 'TIMEOUT', outcome: 'unknown' })],
    ['was cut', lost],
  ])('because it %s: there are few more requests, each later', async (_name, answer) => {
    const { vendor, clock, client } = setUp();
    vendor.answer = answer;
    for (let second = 0; second < 3_600; second += 1) {
      const error = await failure(client.get());
      expect(error.retryAt?.getTime()).toBeGreaterThan(clock.now());
      await clock.advance(1_000);
    }
    const gaps = vendor.askedAt.slice(1).map((at, index) => at - (vendor.askedAt[index] ?? 0));
    const seconds = gaps.map((gapMs) => Math.floor(gapMs / 1_000));
    expect(seconds).toEqual([5, 20, 80, 320, 900, 900, 900]);
  });

  test('is forgotten after a token', async () => {
    const { vendor, clock, client } = setUp();
    const give = vendor.answer;
    const pauseMs = async () =>
      ((await failure(client.get())).retryAt?.getTime() ?? 0) - clock.now();
    vendor.answer = lost;
    expect(await pauseMs()).toBe(5_000);
    await clock.advance(5_000);
    expect(await pauseMs()).toBe(20_000);
    await clock.advance(20_000);
    vendor.answer = give;
    await client.get();
    await clock.advance(dayMs);
    vendor.answer = lost;
    expect(await pauseMs()).toBe(5_000);
  });

  test('is none if nothing was sent: the vendor is asked again soon', async () => {
    const { vendor, clock, client } = setUp();
    const give = vendor.answer;
    vendor.answer = () =>
      new VendorError('Refused.', { code: 'CONNECTION', outcome: 'not-sent', retryable: true });
    const error = await failure(client.get());
    expect((error.retryAt?.getTime() ?? 0) - clock.now()).toBeLessThanOrEqual(1_000);
    vendor.answer = give;
    await clock.advance(1_000);
    expect(await client.get()).toEqual(expect.any(String));
  });
});

describe('a vendor that wants to be asked later', () => {
  const later = (clock: VirtualClock, delayMs: number) =>
    statusError(429, { retryAt: new Date(clock.now() + delayMs) });

  test('is asked again within the call, if it is long enough', async () => {
    const { vendor, clock, client } = setUp();
    const give = vendor.answer;
    vendor.answer = (number) => (number === 1 ? later(clock, 5_000) : give(number));
    const startedAt = clock.now();
    expect(await client.get()).toEqual(expect.any(String));
    expect(clock.now() - startedAt).toBe(5_200);
  });

  test('fails a call at once that would end before', async () => {
    const { vendor, clock, client } = setUp();
    vendor.answer = () => later(clock, 60_000);
    for (const waitedMs of [100, 0, 0]) {
      const startedAt = clock.now();
      const error = await failure(client.get());
      expect(error).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
      expect(error.retryAt?.getTime()).toBeGreaterThan(clock.now() + 50_000);
      expect(clock.now() - startedAt).toBe(waitedMs);
    }
    expect(vendor.requests).toBe(1);
  });
});

describe('forget', () => {
  test('drops the token for every process', async () => {
    const { vendor, clock, client, start } = setUp();
    const first = await client.get();
    await clock.run(client.tokens.forget());
    expect([client.tokens.held(), vendor.requests]).toEqual([undefined, 1]);
    expect(await start().get()).not.toBe(first);
  });

  test('goes on with the new secret, which shares nothing with the old one', async () => {
    const { vendor, clock, client, start } = setUp();
    const first = await client.get();
    vendor.clientSecret = canaries.webhookSecret;
    await clock.run(client.tokens.forget(canaries.webhookSecret));
    const second = await client.get();
    expect(second).not.toBe(first);
    expect(vendor.requests).toBe(2);
    // Neither token is found by a client with the old secret.
    vendor.clientSecret = canaries.clientSecret;
    expect([first, second]).not.toContain(await start().get());
  });
});

describe('the token that is held', () => {
  test('costs no request: there is none before the first call, nor after it has ended', async () => {
    const { vendor, clock, client } = setUp();
    expect(client.tokens.held()).toBeUndefined();
    const token = await clock.run(client.tokens.get(client.deadline()));
    expect(client.tokens.held()).toEqual(token);
    await clock.advance(dayMs);
    expect(client.tokens.held()).toBeUndefined();
    expect(vendor.requests).toBe(1);
  });

  test('tells when it came', async () => {
    const { clock, client } = setUp();
    const { obtainedAtMs } = await clock.run(client.tokens.get(client.deadline()));
    expect(obtainedAtMs).toBe(clock.now());
  });
});

describe('clients that keep their tokens in memory', () => {
  test('share one request, even though each says no more than `memory`', async () => {
    const { vendor, clock } = setUp();
    const clients = [1, 2].map(() => new TokenClient(vendor, { store: 'memory' }));
    const tokens = await clock.run(
      Promise.all(clients.map(async (client) => client.tokens.get(client.deadline()))),
    );
    expect(tokens[0]).toEqual(tokens[1]);
    expect(vendor.requests).toBe(1);
  });
});

describe('close', () => {
  test('awaits the token that is on its way, and keeps it for the next start', async () => {
    const { vendor, clock, client, start } = setUp();
    const call = failure(client.tokens.get(client.deadline(50)));
    await clock.advance(60);
    expect(await call).toMatchObject({ code: 'DEADLINE_EXCEEDED', vendor: 's1seven' });
    await clock.run(client.tokens.close());
    expect(await failure(client.get())).toMatchObject({ code: 'CLOSED', vendor: 's1seven' });
    expect(await start().get()).toEqual(expect.any(String));
    expect(vendor.requests).toBe(1);
  });
});

test('whatever is refused and however time passes: by force there is one request a day', async () => {
  const step = fc.record({
    who: fc.nat(2),
    does: fc.constantFrom('call', 'call refused', 'call refused', 'restart'),
    afterMs: fc.oneof(fc.nat(minuteMs), fc.nat(hourMs), fc.nat(30 * hourMs)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, isGenerous) => {
      const { vendor, clock, start } = setUp();
      const give = vendor.answer;
      const issued = { answer: undefined as unknown, endsAtMs: -Infinity };
      const forcedAt: number[] = [];
      // One kind of vendor gives the same token again for as long as it lives.
      vendor.answer = (number) => {
        const isDue = clock.now() >= issued.endsAtMs - 5 * minuteMs;
        if (!isDue) forcedAt.push(clock.now());
        if (isGenerous || clock.now() >= issued.endsAtMs) {
          Object.assign(issued, { answer: give(number), endsAtMs: clock.now() + dayMs - 1_000 });
        }
        return issued.answer;
      };
      const clients = [start(), start(), start()];
      for (const { who, does, afterMs } of steps) {
        await clock.advance(afterMs);
        const client = does === 'restart' ? start() : (clients[who] ?? start());
        clients[who] = client;
        if (does === 'call refused') await client.callRefused();
        else expect(await client.get()).toEqual(expect.any(String));
      }
      const gaps = forcedAt.slice(1).map((at, index) => at - (forcedAt[index] ?? 0));
      expect(Math.min(dayMs, ...gaps)).toBe(dayMs);
      // The last call may have begun a renewal.
      await clock.advance(minuteMs);
      expect(clock.pendingTimers).toBe(0);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('neither inspect nor JSON shows the token or the secret', async () => {
  const { client } = setUp();
  const token = await client.get();
  const shown = inspect(client.tokens, { depth: 12, showHidden: true, customInspect: false });
  expect(shown + JSON.stringify(client.tokens)).not.toContain(token);
  expect(shown).not.toContain(canaries.clientSecret);
});
