import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { eventually } from './eventually.ts';
import { closeAll, connect, count, failure, startBroker, topic } from './harness.ts';

// Connections are real, and a busy machine is slow.
jest.setTimeout(90_000);
afterEach(closeAll);

describe('a stream without a handler', () => {
  test('is iterated over, and its events are acknowledged by hand', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker });
    for (let id = 1; id <= 30; id += 1) broker.publish(topic, String(id));
    const seen: unknown[] = [];
    for await (const event of stream) {
      seen.push(event.payload);
      expect([event.ack(), event.ack()]).toEqual([true, true]);
      if (seen.length === 30) break;
    }
    expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    await stream.ended;
    expect(count(broker, 'acknowledge')).toBe(30);
    expect(broker.log.at(-1)).toMatchObject({ reason: 'disconnect' });
  });

  test('takes no more from the broker than is asked for', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker });
    for (let id = 1; id <= 30; id += 1) broker.publish(topic, String(id));
    const iterator = stream[Symbol.asyncIterator]();
    const first = await iterator.next();
    await eventually(() => count(broker, 'deliver') === 10);
    first.value?.ack();
    await eventually(() => count(broker, 'deliver') === 11);
    expect(count(broker, 'acknowledge')).toBe(1);
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('gives an event again that was not acknowledged before a cut', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker });
    const iterator = stream[Symbol.asyncIterator]();
    broker.publish(topic, '1');
    const { value: old } = await iterator.next();
    broker.cut();
    const { value: again } = await iterator.next();
    expect(again).toMatchObject({ payload: 1, duplicate: true });
    expect([old?.ack(), count(broker, 'acknowledge')]).toEqual([false, 0]);
    expect(again?.ack()).toBe(true);
    await eventually(() => count(broker, 'acknowledge') === 1);
    expect(count(broker, 'stray-acknowledge')).toBe(0);
  });

  test('waits at its close for what was given', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker, timing: { drainMs: 60_000 } });
    const iterator = stream[Symbol.asyncIterator]();
    broker.publish(topic, '1');
    const { value } = await iterator.next();
    const closed = stream.close();
    expect(value?.ack()).toBe(true);
    await closed;
    expect(count(broker, 'acknowledge')).toBe(1);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test('does not wait for what whoever asks for more has left', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker, timing: { drainMs: 60_000 } });
    const iterator = stream[Symbol.asyncIterator]();
    broker.publish(topic, '1');
    await iterator.next();
    const closed = stream.close();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    await closed;
    expect(count(broker, 'acknowledge')).toBe(0);
  });

  test('does not wait for an event that the loop was left with', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker, timing: { drainMs: 60_000 } });
    broker.publish(topic, '1');
    const startMs = performance.now();
    for await (const event of stream) {
      expect(event.payload).toBe(1);
      break;
    }
    await stream.ended;
    expect(performance.now() - startMs).toBeLessThan(30_000);
    expect(count(broker, 'acknowledge')).toBe(0);
  });

  test('ends whoever waits when it is closed', async () => {
    const broker = await startBroker();
    const stream = await connect({ broker });
    const iterator = stream[Symbol.asyncIterator]();
    const waiting = Promise.all([iterator.next(), iterator.next()]);
    await stream.close();
    expect(await waiting).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  test('skips what its key knows, acknowledges it, and goes on', async () => {
    const broker = await startBroker();
    const key = ({ payload }: { payload: unknown }) => String(payload);
    const stream = await connect({ broker, options: { key } });
    for (const id of ['1', '1', '2', '1', '2', '3']) broker.publish(topic, id);
    const seen: unknown[] = [];
    for await (const event of stream) {
      seen.push(event.payload);
      event.ack();
      if (event.payload === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    expect(count(broker, 'acknowledge')).toBe(6);
  });

  test('takes a late acknowledgement for its key, though the broker cannot be told', async () => {
    const broker = await startBroker();
    const key = ({ payload }: { payload: unknown }) => String(payload);
    const stream = await connect({ broker, options: { key } });
    const iterator = stream[Symbol.asyncIterator]();
    broker.publish(topic, '1');
    const { value } = await iterator.next();
    broker.cut();
    expect(await eventually(() => count(broker, 'close') === 1)).toBeUndefined();
    value?.ack();
    await eventually(() => count(broker, 'deliver') === 2);
    const next = iterator.next();
    broker.publish(topic, '2');
    expect((await next).value).toMatchObject({ payload: 2 });
    await eventually(() => count(broker, 'acknowledge') === 1);
  });
});

test('a stream with a handler is not iterated over', async () => {
  const broker = await startBroker();
  const stream = await connect({ broker, handler: () => {} });
  const error = await failure(Promise.resolve().then(() => stream[Symbol.asyncIterator]()));
  expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'handler' });
});
