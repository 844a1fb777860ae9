import { VendorError } from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { canaries } from '../../../../tooling/canary/canary.ts';
import { eventually } from './eventually.ts';
import {
  closeAll,
  connect,
  count,
  failure,
  hostOf,
  ScriptedTokens,
  startBroker,
} from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

const { accessToken, refreshToken } = canaries;

/** A broker that takes the second token only. */
const strict = () => startBroker({ authenticate: ({ password }) => password === refreshToken });

describe('the login', () => {
  test('names the virtual host and the company, and shows the token', async () => {
    const seen: unknown[] = [];
    const broker = await startBroker({ authenticate: (client) => seen.push(client) > 0 });
    await connect({ broker, handler: () => {} });
    const bare = hostOf(broker, { vhost: undefined });
    const user = { resource: '+', action: '+', user: 'u1' } as const;
    await connect({
      broker,
      host: bare,
      filter: user,
      handler: () => {},
      options: { clientId: 'user_u1_a' },
    });
    expect(seen.map((client) => Object.values(client as object))).toEqual([
      ['company_42_test', 'vhost:42', accessToken],
      ['user_u1_a', 'u1', accessToken],
    ]);
  });

  test('that is refused is repeated once, with another token', async () => {
    const broker = await strict();
    const tokens = new ScriptedTokens(accessToken, refreshToken);
    tokens.mayReplace = true;
    await connect({ broker, host: hostOf(broker, { tokens }), handler: () => {} });
    expect(tokens.asked).toEqual(['get', 'refuse', 'get']);
    expect([count(broker, 'refuse'), count(broker, 'connect')]).toEqual([1, 1]);
  });

  test('that is refused again ends the stream, and says what to check', async () => {
    const broker = await strict();
    const tokens = new ScriptedTokens(accessToken);
    tokens.mayReplace = true;
    const error = await failure(connect({ broker, host: hostOf(broker, { tokens }) }));
    expect(error).toMatchObject({ code: 'UNAUTHENTICATED', vendor: 's1seven', retryable: false });
    expect(error.hint).toMatch(/vhost.*company id.*token/);
    expect([tokens.asked, count(broker, 'refuse')]).toEqual([['get', 'refuse', 'get'], 2]);
  });

  test('tells why no other token can be had', async () => {
    const broker = await strict();
    const tokens = new ScriptedTokens(accessToken);
    const retryAt = new Date('2026-05-01T00:00:00Z');
    tokens.refusalError = new VendorError('x', { code: 'TOKEN_ALLOWANCE_EXCEEDED', retryAt });
    const error = await failure(connect({ broker, host: hostOf(broker, { tokens }) }));
    expect(error).toMatchObject({ code: 'TOKEN_ALLOWANCE_EXCEEDED', retryAt });
    expect(count(broker, 'refuse')).toBe(1);
  });

  test('does not waste the renewal of a token that was just issued', async () => {
    const broker = await strict();
    const tokens = new ScriptedTokens({ token: accessToken, obtainedAtMs: Date.now() });
    tokens.mayReplace = true;
    const error = await failure(connect({ broker, host: hostOf(broker, { tokens }) }));
    expect([error.code, tokens.asked]).toEqual(['UNAUTHENTICATED', ['get']]);
  });

  test('renews a token that is not new, however long it lives', async () => {
    const broker = await strict();
    const dayMs = 24 * 3_600_000;
    const long = { token: accessToken, expiresAtMs: Date.now() + 7 * dayMs };
    const tokens = new ScriptedTokens({ ...long, obtainedAtMs: Date.now() - dayMs }, refreshToken);
    tokens.mayReplace = true;
    await connect({ broker, host: hostOf(broker, { tokens }), handler: () => {} });
    expect(tokens.asked).toEqual(['get', 'refuse', 'get']);
  });

  test('forces one renewal a day at most', async () => {
    const clock = new VirtualClock();
    let accepted: string = accessToken;
    const broker = await startBroker({ authenticate: ({ password }) => password === accepted });
    const tokens = new ScriptedTokens(accessToken, refreshToken, accessToken, refreshToken);
    tokens.mayReplace = true;
    const host = hostOf(broker, { tokens, clock });
    const stream = await clock.run(connect({ broker, host, handler: () => {} }));
    accepted = refreshToken;
    broker.cut();
    await clock.run(new Promise((resolve) => stream.on('connect', resolve)));
    accepted = accessToken;
    broker.cut();
    const error = await clock.run(failure(stream.ended));
    expect(error.code).toBe('UNAUTHENTICATED');
    expect(tokens.asked.filter((what) => what === 'refuse')).toHaveLength(1);
  });

  test('with a token that is too long for MQTT is not tried', async () => {
    const broker = await startBroker();
    const tokens = new ScriptedTokens('x'.repeat(65_536));
    const error = await failure(connect({ broker, host: hostOf(broker, { tokens }) }));
    expect([error.code, broker.log.length]).toEqual(['CONFIGURATION', 0]);
  });
});

describe('a token that cannot be had', () => {
  test('ends the stream at once if time does not mend it', async () => {
    const broker = await startBroker();
    const tokens = new ScriptedTokens();
    tokens.failure = new VendorError('no', { code: 'FORBIDDEN' });
    const error = await failure(connect({ broker, host: hostOf(broker, { tokens }) }));
    expect([error, tokens.asked.length]).toEqual([tokens.failure, 1]);
  });

  test('is asked for again until the deadline if time may mend it', async () => {
    const broker = await startBroker();
    const clock = new VirtualClock();
    const tokens = new ScriptedTokens();
    tokens.failure = new VendorError('no', { code: 'SERVER_ERROR' });
    const host = hostOf(broker, { tokens, clock, deadlineMs: 10_000 });
    const error = await clock.run(failure(connect({ broker, host, timing: { random: () => 1 } })));
    expect(error).toBe(tokens.failure);
    // 250 ms, 500 ms, and so on: the seventh wait would end after the deadline.
    expect(tokens.asked).toHaveLength(6);
  });
});

describe('a token that cannot be had for another connection', () => {
  /** A stream that was connected, and is to connect again without a token. */
  async function startCut(failure_: VendorError) {
    const clock = new VirtualClock();
    const broker = await startBroker();
    const tokens = new ScriptedTokens();
    const host = hostOf(broker, { tokens, clock });
    const stream = await connect({ broker, host, handler: () => {} });
    tokens.failure = failure_;
    broker.cut();
    return { clock, broker, tokens, host, stream };
  }

  const field = 'accessToken';

  test.each([
    ['UNAUTHENTICATED', { field, vendor: 's1seven' }],
    ['CONFIGURATION', { field }],
    ['FORBIDDEN', {}],
    ['TOKEN_ALLOWANCE_EXCEEDED', { vendor: 's1seven' }],
  ] as const)(
    'because of %s is asked for until there is one, with one warning',
    async (code, more) => {
      const { clock, broker, tokens, host, stream } = await startCut(
        new VendorError('no', { code, ...more }),
      );
      const connected = new Promise((resolve) => stream.on('connect', resolve));
      await clock.run(eventually(() => tokens.asked.length >= 8));
      tokens.failure = undefined;
      await clock.run(connected);
      expect(host.warnings).toEqual(['events-token-failed']);
      expect(count(broker, 'connect')).toBe(2);
    },
  );

  test('ends the stream if the vendor refuses the credentials', async () => {
    const refused = new VendorError('no', { code: 'UNAUTHENTICATED', vendor: 's1seven' });
    const { clock, stream } = await startCut(refused);
    expect(await clock.run(failure(stream.ended))).toBe(refused);
  });

  test('ends the stream if the client is closed', async () => {
    const { clock, stream } = await startCut(new VendorError('no', { code: 'CLOSED' }));
    expect(await clock.run(failure(stream.ended))).toMatchObject({ code: 'CLOSED' });
  });

  test('ends the stream if the broker refused the old one and the vendor gives no other', async () => {
    const clock = new VirtualClock();
    let isAccepted = true;
    const broker = await startBroker({ authenticate: () => isAccepted });
    const tokens = new ScriptedTokens(accessToken, refreshToken);
    tokens.mayReplace = true;
    const refuse = tokens.refuse.bind(tokens);
    const retryAt = new Date('2026-05-01T00:00:00Z');
    tokens.refuse = (token) => {
      tokens.failure = new VendorError('no', { code: 'TOKEN_ALLOWANCE_EXCEEDED', retryAt });
      return refuse(token);
    };
    const stream = await connect({
      broker,
      host: hostOf(broker, { tokens, clock }),
      handler: () => {},
    });
    isAccepted = false;
    broker.cut();
    const error = await clock.run(failure(stream.ended));
    expect(error).toMatchObject({ code: 'TOKEN_ALLOWANCE_EXCEEDED', retryAt });
  });
});
