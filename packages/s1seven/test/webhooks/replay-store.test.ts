import { expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import { memoryReplayStore } from '../../src/webhooks/replay-store.ts';
import { failure } from './vendor.ts';

test('a key is the first once, until its time is over', async () => {
  const clock = new VirtualClock();
  const store = memoryReplayStore({ clock });
  expect([await store.remember('a', 1000), await store.remember('a', 1000)]).toEqual([true, false]);
  await clock.advance(999);
  expect(await store.remember('a', 1000)).toBe(false);
  await clock.advance(1);
  expect([await store.remember('a', 1000), await store.remember('a', 1000)]).toEqual([true, false]);
});

test('a forgotten key is the first again', async () => {
  const store = memoryReplayStore();
  await store.remember('a', 60_000);
  await store.forget?.('a');
  expect(await store.remember('a', 60_000)).toBe(true);
});

test('of more keys than the maximum the oldest is forgotten', async () => {
  const clock = new VirtualClock();
  const store = memoryReplayStore({ maximum: 2, clock });
  await store.remember('a', 10);
  await store.remember('b', 1000);
  await clock.advance(10);
  // Its time was over, so it is now the youngest.
  await store.remember('a', 1000);
  await store.remember('c', 1000);
  expect([await store.remember('a', 1000), await store.remember('c', 1000)]).toEqual([
    false,
    false,
  ]);
  expect(await store.remember('b', 1000)).toBe(true);
});

test('ten thousand keys are remembered by default', async () => {
  const store = memoryReplayStore();
  for (let key = 0; key < 10_000; key += 1) await store.remember(String(key), 60_000);
  expect(await store.remember('0', 60_000)).toBe(false);
  await store.remember('one more', 60_000);
  expect(await store.remember('0', 60_000)).toBe(true);
});

test.each([0, -1, 1.5, NaN])('a maximum of %d is refused', async (maximum) => {
  expect(await failure(() => memoryReplayStore({ maximum }))).toMatchObject({
    code: 'CONFIGURATION',
    field: 'maximum',
  });
});
