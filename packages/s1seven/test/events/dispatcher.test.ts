import { describe, expect, test } from '@jest/globals';
import { Dispatcher } from '../../src/events/dispatcher.ts';
import type { Delivery } from '../../src/events/event.ts';

/** Handlers that end when the test says so. */
function setUp(options: { concurrency: number; ordered?: boolean }) {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const dispatcher = new Dispatcher({
    ordered: false,
    ...options,
    handle: async ({ topic, raw }) => {
      const name = `${topic}${raw.toString()}`;
      running.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      running.splice(running.indexOf(name), 1);
    },
  });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const add = (name: string, change: Partial<Delivery> = {}) => {
    const [topic = '', text = ''] = name;
    const raw = Buffer.from(text);
    const acknowledge = () => true;
    const delivery = { topic, raw, duplicate: false, isKept: true, session: 1, acknowledge };
    return dispatcher.add({ ...delivery, ...change });
  };
  return { dispatcher, running, add, end };
}

describe('a dispatcher', () => {
  test('keeps the order with a concurrency of 1', async () => {
    const { running, add, end } = setUp({ concurrency: 1 });
    for (const name of ['a1', 'b1', 'a2']) void add(name);
    const seen = [[...running]];
    for (const name of ['a1', 'b1', 'a2']) {
      await end(name);
      seen.push([...running]);
    }
    expect(seen).toEqual([['a1'], ['b1'], ['a2'], []]);
  });

  test('hands out as many at a time as it may', async () => {
    const { running, add, end } = setUp({ concurrency: 3 });
    for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void add(name);
    expect(running).toEqual(['a1', 'a2', 'a3']);
    await end('a2');
    expect(running).toEqual(['a1', 'a3', 'a4']);
  });

  test('lets other topics overtake, and never one topic itself, if it is ordered', async () => {
    const { running, add, end } = setUp({ concurrency: 3, ordered: true });
    for (const name of ['a1', 'a2', 'b1', 'a3', 'b2', 'c1']) void add(name);
    expect(running).toEqual(['a1', 'b1', 'c1']);
    await end('b1');
    expect(running).toEqual(['a1', 'c1', 'b2']);
    await end('a1');
    expect(running).toEqual(['c1', 'b2', 'a2']);
  });

  test('starts nothing while it is suspended, nor after it was stopped', async () => {
    const { dispatcher, running, add, end } = setUp({ concurrency: 1 });
    dispatcher.suspend();
    void add('a1');
    expect(running).toEqual([]);
    dispatcher.resume();
    void add('a2');
    expect(running).toEqual(['a1']);
    dispatcher.stop();
    dispatcher.resume();
    await end('a1');
    expect(running).toEqual([]);
  });

  test('drops what the broker has kept of this session, and nothing else', async () => {
    const { dispatcher, running, add } = setUp({ concurrency: 9 });
    dispatcher.suspend();
    void add('a1');
    void add('a2', { isKept: false });
    void add('a3', { session: 0 });
    dispatcher.dropKept(1);
    dispatcher.resume();
    expect(running).toEqual(['a2', 'a3']);
  });

  test('is idle when nothing runs', async () => {
    const { dispatcher, add, end } = setUp({ concurrency: 2 });
    await dispatcher.idle();
    void add('a1');
    void add('a2');
    let isIdle = false;
    const idle = dispatcher.idle().then(() => (isIdle = true));
    await end('a1');
    expect(isIdle).toBe(false);
    await end('a2');
    await idle;
  });

  test.each([
    ['messages', 1000, 1],
    ['bytes', 8, 4 * 1024 * 1024],
  ])('holds a flood of %s back, until half of it is handled', async (_what, most, size) => {
    const raw = Buffer.alloc(size);
    const { dispatcher, add } = setUp({ concurrency: 1 });
    dispatcher.suspend();
    for (let index = 1; index < most; index += 1) expect(add('a', { raw })).toBeUndefined();
    let hasRoom = false;
    const room = add('a', { raw })?.then(() => (hasRoom = true));
    expect(room).toBeDefined();
    dispatcher.changeLimit(most / 2 - 2);
    dispatcher.resume();
    await Promise.resolve();
    expect(hasRoom).toBe(false);
    dispatcher.changeLimit(1);
    await room;
  });
});
