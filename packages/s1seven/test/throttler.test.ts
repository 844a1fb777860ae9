import { afterEach, describe, expect, test } from '@jest/globals';
import type { WithResponse } from '@vendorkit/core';
import { canaries } from '../../../tooling/canary/canary.ts';
import {
  startThrottledApplication,
  type ThrottledApplication,
} from '../../../tooling/throttler/src/throttled-application.ts';
import type { SeenRequest } from '../../../tooling/throttler/src/request-log.ts';
import type { ThrottlerVersion } from '../../../tooling/throttler/src/throttlers.ts';
import { S1Seven } from '../src/client.ts';

/*
 * The real @nestjs/throttler, with its own guard and storage, at a thirtieth of S1SEVEN's scale. The
 * versions differ in how they count and in what they tell, so each has to be satisfied on its own.
 */

const versions: ThrottlerVersion[] = [3, 5, 6];
const limit = 10;
const windowMs = 2000;

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of open.splice(0).toReversed()) await resource.close();
});

async function start(version: ThrottlerVersion, rule = { limit, windowMs }) {
  const { limit, windowMs: ttlMs } = rule;
  const application = await startThrottledApplication({ version, limit, ttlMs });
  open.push(application);
  const client = connect(application, rule);
  open.push(client);
  /** What another client of the same address does, which ours knows nothing of. */
  const foreign = async () => {
    const answer = await fetch(`${application.url}/api/users/me?foreign`);
    await answer.arrayBuffer();
    return answer;
  };
  const requests = () => application.requests.filter(({ path }) => !path.endsWith('foreign'));
  const refused = () => requests().filter(({ status }) => status === 429);
  return { application, client, foreign, requests, refused };
}

/**
 * A client that tells when it knows of a refusal. The guard of its windows is a thousandth of them: that
 * of a minute is kept, because the delays of a busy event loop are not smaller in a test.
 */
function connect({ url }: ThrottledApplication, rule: { limit: number; windowMs: number }) {
  let tellRefusal: () => void;
  const refusal = new Promise<void>((resolve) => {
    tellRefusal = resolve;
  });
  const client = new S1Seven({
    baseUrl: `${url}/api`,
    accessToken: canaries.accessToken,
    mode: 'test',
    quota: [{ key: 'route', limit: rule.limit, windowMs: rule.windowMs + 60 }],
    hooks: { retry: () => tellRefusal() },
  });
  return {
    me: () => client.users.me().withResponse(),
    companies: () => client.companies.list().withResponse(),
    refusal,
    close: async () => client.close(),
  };
}

const times = async <Result>(count: number, call: () => PromiseLike<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, call));

const statuses = (requests: readonly SeenRequest[]) => requests.map(({ status }) => status);

async function delay(delayMs: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, delayMs));
}

/** How long calls took together, and how long the slowest of them was under way. */
async function measure(calls: Promise<WithResponse<unknown>[]>) {
  const startedAt = performance.now();
  const durations = (await calls).map(({ response }) => response.durations);
  return {
    elapsedMs: performance.now() - startedAt,
    longestMs: Math.max(...durations.map(({ network }) => network)),
    queueMs: Math.max(...durations.map(({ queue }) => queue)),
  };
}

/** Runs a scene with all versions at once; what came of each stands under its number. */
async function withEach<Result>(scene: (version: ThrottlerVersion) => Promise<Result>) {
  const results = await Promise.all(versions.map(scene));
  return Object.fromEntries(versions.map((version, index) => [version, results[index]]));
}

const inEach = (expected: unknown) =>
  Object.fromEntries(versions.map((version) => [version, expected]));

describe('versions 3, 5 and 6 of the throttler', () => {
  test('refuse none of 35 calls at once, which take little more than three windows', async () => {
    const results = await withEach(async (version) => {
      const { client, requests } = await start(version);
      const [main, other] = await Promise.all([
        measure(times(35, client.me)),
        measure(times(20, client.companies)),
      ]);
      // A slot is used once in a window and the time of its answer, which is long on a busy machine.
      const leastMs = (windows: number) =>
        windows * (windowMs + main.longestMs) + Math.max(main.longestMs, other.longestMs);
      const all = statuses(requests());
      return {
        answers: all.length,
        refused: all.filter((status) => status !== 200).length,
        isPaced: main.elapsedMs >= 3 * windowMs,
        isFast: main.elapsedMs < 1.2 * leastMs(3),
        // Another route has a quota of its own: 20 calls take one window, not three or five.
        isApart: other.elapsedMs < 1.2 * leastMs(1),
      };
    });
    const expected = { answers: 55, refused: 0, isPaced: true, isFast: true, isApart: true };
    expect(results).toEqual(inEach(expected));
  }, 60_000);

  test('refuse none of the calls that come evenly at the highest rate, and delay none', async () => {
    const rule = { limit: 4, windowMs: 3000 };
    const gapMs = 1.05 * (rule.windowMs / rule.limit);
    const results = await withEach(async (version) => {
      const { client, refused } = await start(version, rule);
      const calls = Array.from({ length: 7 }, async (_, index) => {
        await delay(index * gapMs);
        return client.me();
      });
      const { longestMs, queueMs } = await measure(Promise.all(calls));
      // Who believes in the resets of version 5 waits for more than two seconds.
      return { refused: refused().length, isFast: queueMs < 1000 + longestMs };
    });
    expect(results).toEqual(inEach({ refused: 0, isFast: true }));
  }, 60_000);
});

describe('another client that uses a part of the quota', () => {
  test('costs one refusal of a call that comes alone, and none of those that come later', async () => {
    const results = await withEach(async (version) => {
      const { client, foreign, requests, refused } = await start(version, { limit: 4, windowMs });
      await client.me();
      await times(3, foreign);
      const first = client.me();
      await Promise.race([client.refusal, first]);
      await Promise.all([first, times(6, client.me)]);
      return { refused: refused().length, answered: requests().length - refused().length };
    });
    expect(results).toEqual(inEach({ refused: 1, answered: 8 }));
  }, 60_000);

  test('costs one pause for all calls under way', async () => {
    const results = await withEach(async (version) => {
      const { client, foreign, refused, requests } = await start(version);
      await times(limit / 2, foreign);
      await times(2 * limit, client.me);
      const [first, ...others] = refused();
      const together = others.every(({ arrivedAt }) => arrivedAt < (first?.arrivedAt ?? 0) + 1000);
      return { refused: refused().length, together, requests: requests().length };
    });
    expect(results).toEqual(inEach({ refused: limit / 2, together: true, requests: 25 }));
  }, 60_000);
});

describe('version 5, which counts refused requests and says too little in Retry-After', () => {
  test('refuses who comes exactly then, but not us', async () => {
    const { client, foreign, refused, requests } = await start(5);
    // Its clock runs from the first request, while each request counts for a window of its own.
    await foreign();
    await delay(300);
    await times(limit, foreign);
    const calls = times(12, client.me);
    await client.refusal;
    const saidMs = 1000 * Number(refused()[0]?.told['retry-after']);
    expect(saidMs).toBeLessThan(windowMs);
    await delay(saidMs);
    expect((await foreign()).status).toBe(429);
    await calls;
    // The ten of the first moment are refused together; after the pause nobody is.
    const expected = [
      ...Array.from({ length: 10 }, () => 429),
      ...Array.from({ length: 12 }, () => 200),
    ];
    expect(statuses(requests())).toEqual(expected);
  }, 60_000);

  test('refuses us once more while another client hammers it; then we wait for a whole window', async () => {
    const { client, foreign, requests } = await start(5);
    await times(limit, foreign);
    const calls = times(8, client.me);
    const hammer = async () => {
      while (requests().length <= 8) await Promise.all([times(5, foreign), delay(250)]);
    };
    await Promise.all([calls, hammer()]);
    // The eight of the first moment, the one that tried again, and then all of them.
    const expected = [
      ...Array.from({ length: 9 }, () => 429),
      ...Array.from({ length: 8 }, () => 200),
    ];
    expect(statuses(requests())).toEqual(expected);
    const [again = 0, next = 0] = requests()
      .slice(8, 10)
      .map(({ arrivedAt }) => arrivedAt);
    expect(next - again).toBeGreaterThanOrEqual(windowMs + 1000);
  }, 60_000);
});
