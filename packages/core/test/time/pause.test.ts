import { expect, test } from '@jest/globals';
import { startDeadline } from '../../src/time/deadline.ts';
import { VirtualClock } from '../../src/testing/index.ts';
import { pauseOf } from '../../src/time/pause.ts';

const clock = new VirtualClock(new Date('2026-03-01T12:00:00Z'));

test('a pause lets others have their turn', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('other'));
  await pauseOf(startDeadline({ clock, deadlineMs: 1_000 }))();
  order.push('work');
  expect(order).toEqual(['other', 'work']);
});

test('a pause ends work whose call was aborted, before it or meanwhile', async () => {
  const controller = new AbortController();
  const pause = pauseOf(startDeadline({ clock, deadlineMs: 1_000, signal: controller.signal }));
  const meanwhile = pause();
  controller.abort();
  await expect(meanwhile).rejects.toMatchObject({ code: 'ABORTED' });
  await expect(pause()).rejects.toMatchObject({ code: 'ABORTED' });
});

test('a pause ends work whose call has no time left', async () => {
  const pause = pauseOf(startDeadline({ clock, deadlineMs: 0 }));
  await expect(pause()).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});
