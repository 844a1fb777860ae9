import { VirtualClock } from '@vendorkit/core/testing';
import { describe, expect, test } from '@jest/globals';
import { Handling, type EventHandler, type PoisonEvent } from '../../src/events/handling.ts';
import { KeyMemory } from '../../src/events/key-memory.ts';
import { readSubscribeOptions, type SubscribeOptions } from '../../src/events/subscribe-options.ts';

function setUp(handler: EventHandler, options: SubscribeOptions = {}) {
  const clock = new VirtualClock();
  const closing = new AbortController();
  const force = new AbortController();
  const poisons: PoisonEvent[] = [];
  const acknowledged: string[] = [];
  const failed: string[] = [];
  const handling = new Handling({
    handler,
    settings: readSubscribeOptions(options),
    clock,
    closing: closing.signal,
    force: force.signal,
    onPoison: (poison) => poisons.push(poison),
    onPoisonFailed: () => failed.push('onPoison'),
  });
  const handle = async (text: string) => {
    const raw = Buffer.from(text);
    const acknowledge = () => acknowledged.push(text) > 0;
    await handling.handle({
      topic: 't',
      raw,
      duplicate: false,
      isKept: true,
      session: 1,
      acknowledge,
    });
  };
  return { clock, closing, force, poisons, acknowledged, failed, handle };
}

const fails = () => {
  throw new Error('no');
};

describe('a handler', () => {
  test('that fails is tried again in place, after pauses that grow', async () => {
    const at: number[] = [];
    const { clock, handle, poisons, acknowledged } = setUp(() => {
      at.push(clock.monotonicNow());
      if (at.length < 3) throw new Error('no');
    });
    await clock.run(handle('1'));
    expect([at, acknowledged, poisons]).toEqual([[0, 200, 600], ['1'], []]);
  });

  test('that goes on failing leaves its event unacknowledged, as poison', async () => {
    const { clock, handle, poisons, acknowledged } = setUp(async () => fails());
    await clock.run(handle('1'));
    expect(acknowledged).toEqual([]);
    expect(poisons).toMatchObject([{ event: { payload: 1 }, attempts: 3, acknowledged: false }]);
    expect(poisons[0]?.error).toMatchObject({ message: 'no' });
  });

  test.each([
    ['acknowledge', () => 'acknowledge' as const, true],
    ['acknowledge, later', async () => 'acknowledge' as const, true],
    ['leave', () => 'leave' as const, false],
    ['nothing', () => {}, false],
    ['throw', () => fails(), false],
    ['reject', async () => fails(), false],
  ])('whose poison is to %s', async (_what, onPoison, isAcknowledged) => {
    const { clock, handle, poisons, acknowledged } = setUp(fails, { onPoison, retries: 1 });
    await clock.run(handle('1'));
    expect(acknowledged).toEqual(isAcknowledged ? ['1'] : []);
    expect(poisons).toMatchObject([{ attempts: 1, acknowledged: isAcknowledged }]);
  });

  test('is not tried again once the stream is being closed', async () => {
    let tries = 0;
    const { clock, closing, handle, poisons, acknowledged } = setUp(() => {
      tries += 1;
      fails();
    });
    const handled = handle('1');
    await clock.advance(100);
    closing.abort();
    await handled;
    expect([tries, poisons, acknowledged, clock.pendingTimers]).toEqual([1, [], [], 0]);
  });

  test('that was told to give up makes no poison', async () => {
    const { force, handle, poisons, acknowledged } = setUp(
      async (_event, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('given up')));
        }),
    );
    const handled = handle('1');
    force.abort();
    await handled;
    expect([poisons, acknowledged]).toEqual([[], []]);
  });
});

describe('a key', () => {
  const key = ({ payload }: { payload: unknown }) => String(payload);

  test('acknowledges duplicates without handling them', async () => {
    let handled = 0;
    const { handle, acknowledged } = setUp(() => (handled += 1), { key });
    for (const text of ['1', '2', '1', '1']) await handle(text);
    expect([handled, acknowledged]).toEqual([2, ['1', '2', '1', '1']]);
  });

  test('makes a duplicate wait for the one that is being handled', async () => {
    let end = () => {};
    let handled = 0;
    const { handle, acknowledged } = setUp(
      async () => {
        handled += 1;
        await new Promise<void>((resolve) => (end = resolve));
      },
      { key },
    );
    const both = Promise.all([handle('1'), handle('1')]);
    await Promise.resolve();
    expect([handled, acknowledged]).toEqual([1, []]);
    end();
    await both;
    expect([handled, acknowledged]).toEqual([1, ['1', '1']]);
  });

  test('of an event that failed names one that may be handled again', async () => {
    let tries = 0;
    const { handle, acknowledged } = setUp(
      () => {
        tries += 1;
        if (tries === 1) fails();
      },
      { key, retries: 1 },
    );
    await handle('1');
    await handle('1');
    expect([tries, acknowledged]).toEqual([2, ['1']]);
  });

  test('that is undefined names nothing, and one that throws is a failure', async () => {
    let handled = 0;
    const count = () => (handled += 1);
    const nameless = setUp(count, { key: () => undefined });
    await nameless.handle('1');
    await nameless.handle('1');
    expect(handled).toBe(2);
    const broken = setUp(count, { key: fails });
    await broken.handle('1');
    expect([handled, broken.acknowledged]).toEqual([2, []]);
    expect(broken.poisons).toMatchObject([{ attempts: 1 }]);
  });
});

test('the memory of keys forgets the oldest', async () => {
  const memory = new KeyMemory(2);
  for (const key of ['a', 'b', 'a', 'c']) memory.remember(key);
  const asked: string[] = [];
  for (const key of ['a', 'b', 'c']) {
    await memory.once(key, async () => asked.push(key) > 0);
  }
  expect(asked).toEqual(['b']);
});

test.each([
  [{ concurrency: 0 }, 'options.concurrency'],
  [{ retries: 1.5 }, 'options.retries'],
  [{ ordered: 'yes' }, 'options.ordered'],
  [{ onPoison: 'acknowledge' }, 'options.onPoison'],
  [{ key: 'id' }, 'options.key'],
  [{ signal: {} }, 'options.signal'],
  [{ clientId: '' }, 'options.clientId'],
  [{ qos: 2 }, 'options.qos'],
])('the options %j are refused', (options, field) => {
  expect(() => readSubscribeOptions(options)).toThrow(
    expect.objectContaining({ code: 'INVALID_REQUEST', field }),
  );
});
