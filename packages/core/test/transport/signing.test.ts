import { afterEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/time/clock.ts';
import { startDeadline } from '../../src/time/deadline.ts';
import { ServerClock } from '../../src/time/server-clock.ts';
import { planSignature } from '../../src/time/signature-plan.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { VendorError } from '../../src/errors/vendor-error.ts';
import { ca, closeAll, connect, delay, failure, request, serve, tls } from './harness.ts';

afterEach(closeAll);

/** A client's part: it signs with whole seconds of the vendor's estimated clock. */
async function issuedAt(serverClock: ServerClock): Promise<Record<string, string>> {
  for (;;) {
    const { issuedAtSeconds, waitMs } = planSignature(serverClock.window());
    if (waitMs === 0) return { 'x-issued-at': String(issuedAtSeconds) };
    await delay(waitMs);
  }
}

test('50 calls on 4 sockets, 700 ms of handshake, answers of 300 ms: signed when the socket is ready', async () => {
  const server = await serve({
    tls: { ...tls, handshakeDelayMs: 700 },
    handle: () => ({ status: 200, delayMs: 300 }),
  });
  const transport = connect(server.url, { ca, maxSockets: 4 });
  const serverClock = new ServerClock(systemClock);
  const calls = Array.from({ length: 50 }, async () =>
    transport.send(
      request(server.url, {
        deadlineMs: 30_000,
        timeoutMs: 30_000,
        sign: async () => ({
          ...(await issuedAt(serverClock)),
          'x-signed-at': String(Date.now()),
        }),
      }),
    ),
  );
  await Promise.all(calls);
  const sinceSigned = server.requests.map((r) => r.receivedAt - Number(r.headers['x-signed-at']));
  const ages = server.requests.map((r) => r.receivedAt - Number(r.headers['x-issued-at']) * 1000);
  expect(ages.length).toBe(50);
  expect(Math.max(...sinceSigned)).toBeLessThan(200);
  expect(Math.max(...ages)).toBeLessThan(1_000);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
}, 30_000);

test('with a vendor whose clock differs, tokens are fresh once a few answers have told so', async () => {
  const skews = [0, 900, -900, 5_000, -5_000, 3_600_000, -3_600_000];
  const refusals = await Promise.all(skews.map(refusalsOfAClockThatDiffersBy));
  expect(Object.fromEntries(skews.map((skew, index) => [skew, refusals[index]]))).toEqual(
    Object.fromEntries(skews.map((skew) => [skew, 0])),
  );
}, 30_000);

/** Makes 12 calls to learn from, and then 20 more: how many of these does the vendor refuse? */
async function refusalsOfAClockThatDiffersBy(skewMs: number): Promise<number> {
  const server = await serve({
    clock: { ...systemClock, now: () => Date.now() + skewMs },
    handle: ({ receivedAt, headers }) => {
      const ageMs = receivedAt - Number(headers['x-issued-at']) * 1000;
      return { status: ageMs >= 0 && ageMs < 1_000 ? 200 : 401 };
    },
  });
  const transport = connect(server.url);
  const serverClock = new ServerClock(systemClock);
  const spread = async (calls: number) => {
    const all = Array.from({ length: calls }, async (_, index) => {
      await delay(index * 90);
      await exchange(transport, server.url, serverClock);
    });
    await Promise.all(all);
  };
  await spread(12);
  const learned = server.requests.length;
  await spread(20);
  return server.requests.slice(learned).filter(({ status }) => status !== 200).length;
}

/** One call as a client makes it: a refusal whose date disagrees with the token is learned from. */
async function exchange(
  transport: Transport,
  url: string,
  serverClock: ServerClock,
): Promise<void> {
  let issuedAtMs = 0;
  const sign = async () => {
    const headers = await issuedAt(serverClock);
    issuedAtMs = Number(headers['x-issued-at']) * 1000;
    return headers;
  };
  const { status, headers, sentAtMs, receivedAtMs } = await transport.send(request(url, { sign }));
  serverClock.observe({ date: headers['date'], sentAtMs, receivedAtMs });
  if (status === 401 && serverClock.disagrees(headers['date'], issuedAtMs)) serverClock.doubt();
}

describe('a signer', () => {
  test('is asked for each request, and told how long the socket took', async () => {
    const server = await serve({ tls: { ...tls, handshakeDelayMs: 200 } });
    const transport = connect(server.url, { ca });
    const waits: number[] = [];
    const sign = ({ socketWaitMs }: { socketWaitMs: number }) => {
      waits.push(socketWaitMs);
      return { 'X-Signature': `number ${waits.length}` };
    };
    const first = await transport.send(request(server.url, { sign }));
    await transport.send(request(server.url, { sign }));
    expect(server.requests.map(({ headers }) => headers['x-signature'])).toEqual([
      'number 1',
      'number 2',
    ]);
    expect(waits[0]).toBeGreaterThanOrEqual(195);
    expect(waits[1]).toBeLessThan(195);
    expect(first.socketWaitMs).toBe(waits[0]);
    expect(first.signatureAgeMs).toBeLessThan(50);
  });

  test('replaces a header of the request, whatever its case', async () => {
    const server = await serve();
    const headers = { authorization: 'none' };
    const call = request(server.url, { headers, sign: () => ({ Authorization: 'Bearer new' }) });
    await connect(server.url).send(call);
    expect(server.requests[0]?.headers['authorization']).toBe('Bearer new');
  });

  test('that throws sends nothing, and its own VendorError is kept', async () => {
    const server = await serve();
    const transport = connect(server.url, { maxSockets: 1 });
    const own = new VendorError('No key.', { code: 'CERTIFICATE' });
    const kept = await failure(
      transport.send(request(server.url, { sign: () => Promise.reject(own) })),
    );
    expect(kept).toBe(own);
    expect(kept.outcome).toBe('not-sent');
    const foreign = request(server.url, { sign: () => Promise.reject(new TypeError('canary')) });
    const wrapped = await failure(transport.send(foreign));
    expect(wrapped).toMatchObject({ code: 'CONFIGURATION', outcome: 'not-sent' });
    expect(String(wrapped.cause)).not.toMatch('canary');
    expect((await transport.send(request(server.url))).status).toBe(200);
    expect(server.requests.length).toBe(1);
  });

  test('may take its time: a connection that breaks meanwhile is CONNECTION, not sent', async () => {
    const server = await serve();
    const sign = async () => {
      await server.close();
      await delay(100);
      return {};
    };
    const error = await failure(connect(server.url).send(request(server.url, { sign })));
    expect(error).toMatchObject({ code: 'CONNECTION', outcome: 'not-sent' });
  });

  test('that waits past the deadline does not hold the call', async () => {
    const server = await serve();
    const deadline = startDeadline({ clock: systemClock, deadlineMs: 100 });
    const sign = async () => deadline.sleep(60_000).then(() => ({}));
    const error = await failure(connect(server.url).send(request(server.url, { sign, deadline })));
    expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED', outcome: 'not-sent' });
    expect(server.requests).toEqual([]);
  });
});
