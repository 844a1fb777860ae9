import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { S1SevenEvent } from '../../src/events/event.ts';
import { eventually } from './eventually.ts';
import { closeAll, connect, count, startBroker, topic } from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

describe('a stream', () => {
  test('hands events to its handler and acknowledges what it handled', async () => {
    const broker = await startBroker();
    const events: S1SevenEvent[] = [];
    const stream = await connect({ broker, handler: (event) => events.push(event) });
    broker.publish(topic, '{"id":9007199254740993}');
    broker.publish(topic, 'no JSON');
    await eventually(() => count(broker, 'acknowledge') === 2);
    expect(events).toMatchObject([
      {
        topic,
        resource: 'certificates',
        action: 'notarize_one',
        mode: 'live',
        payload: { id: 9007199254740993n },
        duplicate: false,
      },
      { payload: 'no JSON', raw: Buffer.from('no JSON') },
    ]);
    expect(stream.resumed).toBe(false);
    await stream.close();
    await stream.ended;
    expect(broker.log.at(-1)).toMatchObject({ kind: 'close', reason: 'disconnect' });
  });

  test('gets what came while nobody was connected', async () => {
    const broker = await startBroker();
    const handled: unknown[] = [];
    const first = await connect({ broker, handler: (event) => handled.push(event.payload) });
    await first.close();
    for (let id = 1; id <= 50; id += 1) broker.publish(topic, String(id));
    const again = await connect({ broker, handler: (event) => handled.push(event.payload) });
    await eventually(() => handled.length === 50);
    expect(again.resumed).toBe(true);
    expect(handled).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});
