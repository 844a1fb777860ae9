import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import { Throttler, type ThrottlerVersion } from '../../src/testing/vendor/throttler.ts';

const windowMs = 4_000;

function start(version: ThrottlerVersion) {
  const clock = new VirtualClock();
  return { clock, throttler: new Throttler(version, { limit: 5, windowMs, clock }) };
}

/** How many of the calls made one right after the other are accepted. */
function accepted(throttler: Throttler, calls: number, key = 'one'): number {
  return Array.from({ length: calls }, () => throttler.admit(key)).filter((one) => one.accepted)
    .length;
}

describe.each(['3', '5', '6'] as const)('version %s', (version) => {
  test('accepts as many calls as the limit, of each key', () => {
    const { throttler } = start(version);
    expect(accepted(throttler, 8)).toBe(5);
    expect(accepted(throttler, 5, 'other')).toBe(5);
    expect(throttler.refusals).toBe(3);
  });

  test('tells the limit and what is left on accepted calls', () => {
    const { throttler } = start(version);
    throttler.admit('one');
    expect(throttler.admit('one').headers).toMatchObject({
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '3',
      'x-ratelimit-reset': '4',
    });
  });

  test('tells Retry-After, and nothing else, on refused calls', () => {
    const { throttler } = start(version);
    accepted(throttler, 5);
    expect(throttler.admit('one').headers).toEqual({ 'retry-after': '4' });
  });

  test('starts anew after a quiet window', async () => {
    const { throttler, clock } = start(version);
    accepted(throttler, 6);
    await clock.advance(windowMs);
    expect(accepted(throttler, 6)).toBe(5);
  });
});

test('version 3 says 0 for X-RateLimit-Reset at first; 5 and 6 say the window', () => {
  const resets = (['3', '5', '6'] as const).map(
    (version) => start(version).throttler.admit('one').headers['x-ratelimit-reset'],
  );
  expect(resets).toEqual(['0', '4', '4']);
});

/** Five calls a second apart, then one that is refused; then the same exactly after Retry-After. */
async function afterRetryAfter(version: ThrottlerVersion): Promise<number> {
  const { throttler, clock } = start(version);
  for (let sent = 0; sent < 5; sent += 1) {
    throttler.admit('one');
    await clock.advance(500);
  }
  const seconds = Number(throttler.admit('one').headers['retry-after']);
  await clock.advance(seconds * 1_000);
  return accepted(throttler, 6);
}

test('exactly after Retry-After version 3 gives what has left the window, 5 nothing more than that, 6 everything', async () => {
  // The calls were made at 0, 0.5, 1, 1.5 and 2 s, the refused one at 2.5 s.
  expect(await afterRetryAfter('3')).toBe(2);
  // It says 1 s (the floor of 1.5), and the refused call takes a place.
  expect(await afterRetryAfter('5')).toBe(0);
  expect(await afterRetryAfter('6')).toBe(5);
});

/** Two calls a second, for six seconds after a burst of five. */
async function hammer(version: ThrottlerVersion): Promise<number> {
  const { throttler, clock } = start(version);
  accepted(throttler, 6);
  let count = 0;
  for (let sent = 0; sent < 12; sent += 1) {
    await clock.advance(500);
    count += accepted(throttler, 1);
  }
  return count;
}

test('hammering meets with nothing in version 5, where refused calls count', async () => {
  expect(await hammer('3')).toBe(5);
  expect(await hammer('5')).toBe(0);
  expect(await hammer('6')).toBe(5);
});

test('version 6 refuses for a window from the refusal, not from the calls', async () => {
  const { throttler, clock } = start('6');
  accepted(throttler, 5);
  await clock.advance(3_000);
  expect(throttler.admit('one')).toMatchObject({ accepted: false });
  await clock.advance(3_999);
  expect(throttler.admit('one').headers).toEqual({ 'retry-after': '1' });
  await clock.advance(1);
  expect(accepted(throttler, 6)).toBe(5);
});
