import { afterEach, expect, test } from '@jest/globals';
import { closeAll, connect, delay, request, serve } from './harness.ts';

afterEach(closeAll);

test('a connection that is closed while its request is being signed is replaced', async () => {
  const server = await serve({ keepAliveTimeoutMs: 2_000 });
  const transport = connect(server.url, { maxSockets: 1 });
  await transport.send(request(server.url));
  let signatures = 0;
  const sign = async () => {
    signatures += 1;
    if (signatures === 1) await delay(3_500);
    return { 'x-signature': String(signatures) };
  };
  const answer = await transport.send(request(server.url, { sign }));
  expect([answer.status, server.connections]).toEqual([200, 2]);
  await delay(1_800);
  expect(server.requests.map(({ headers }) => headers['x-signature'])).toEqual([undefined, '2']);
}, 20_000);

test('bursts around the end of the time that a server keeps a connection lose no call', async () => {
  const [short, long] = await Promise.all([
    lose(1_000, [950, 990, 1_000, 1_010, 1_050]),
    lose(2_000, [100, 950, 1_050, 1_990, 2_010]),
  ]);
  expect([short.lost, short.calls]).toEqual([[], 100]);
  expect([long.lost, long.calls]).toEqual([[], 100]);
  // Connections that are safe to use again are used again.
  expect(long.connections).toBeLessThan(100);
}, 20_000);

interface Tally {
  readonly lost: unknown[];
  readonly calls: number;
  readonly connections: number;
}

/** Sends bursts of 20 calls with pauses in between, and counts what came of them. */
async function lose(keepAliveTimeoutMs: number, gapsMs: number[]): Promise<Tally> {
  const server = await serve({ keepAliveTimeoutMs });
  const transport = connect(server.url, { maxSockets: 20 });
  const lost: unknown[] = [];
  for (const gapMs of gapsMs) {
    const burst = Array.from({ length: 20 }, async () => transport.send(request(server.url)));
    const results = await Promise.allSettled(burst);
    lost.push(...results.filter(({ status }) => status === 'rejected'));
    await delay(gapMs);
  }
  return { lost, calls: server.requests.length, connections: server.connections };
}
