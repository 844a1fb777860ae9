import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { describe, expect, test } from '@jest/globals';
import { codecOf } from '../../src/codec/service-codec.ts';
import { answerEnvelope, serviceOf } from './service-model.ts';

const service = serviceOf((maker) => [
  maker.many('item', maker.complex([maker.field('id', 'long'), maker.field('name', 'string')])),
]);

function items(count: number): Buffer {
  const item = '<item><id>9007199254740993</id><name>A visit of the museum</name></item>';
  return Buffer.from(answerEnvelope(item.repeat(count)));
}

test('a model has one codec', () => {
  expect(codecOf(service.model)).toBe(codecOf(service.model));
  expect(codecOf({ ...service.model })).not.toBe(codecOf(service.model));
});

describe('an answer', () => {
  const { operation } = service;
  const codec = codecOf(service.model);

  test('of less than 64 KiB is read at once', async () => {
    const pauses: number[] = [];
    const pause = async () => {
      pauses.push(1);
    };
    await codec.decode(operation, items(700), pause);
    expect(pauses).toEqual([]);
  });

  test('of megabytes lets others have their turn', async () => {
    const bytes = items(100_000);
    const delays = monitorEventLoopDelay({ resolution: 1 });
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      await new Promise((resume) => setImmediate(resume));
    };
    delays.enable();
    const answer = await codec.decode(operation, bytes, pause);
    delays.disable();
    expect((answer as { value: { item: unknown[] } }).value.item).toHaveLength(100_000);
    expect(pauses).toBeGreaterThan(5);
    // The promise is 50 ms; the machine that tests run on may be busy.
    expect(delays.percentile(90) / 1e6).toBeLessThan(50);
  });

  test('of megabytes in the header, or in a fault, lets others have their turn, too', async () => {
    const filler = '<x><y>text</y></x>'.repeat(200_000);
    const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
    const fault = `<S:Fault><faultcode>S:Server</faultcode><detail>${filler}</detail></S:Fault>`;
    const xml = `<S:Envelope xmlns:S="${soap}"><S:Header>${filler}</S:Header><S:Body>${fault}</S:Body></S:Envelope>`;
    const moments: number[] = [];
    const pause = async () => {
      moments.push(performance.now());
    };
    const answer = await codec.decode(operation, Buffer.from(xml), pause);
    expect(answer).toMatchObject({ kind: 'fault', faultcode: 'S:Server' });
    expect(moments.length).toBeGreaterThan(5);
  });

  test('is not read on if the pause says so', async () => {
    const stop = new Error('Enough');
    let pauses = 0;
    const pause = async () => {
      pauses += 1;
      throw stop;
    };
    await expect(codec.decode(operation, items(100_000), pause)).rejects.toBe(stop);
    expect(pauses).toBe(1);
  });

  test('is read right while others of the same service are read', async () => {
    const pause = async () => {
      await new Promise((resume) => setImmediate(resume));
    };
    const bytes = items(20_000);
    const [one, other] = await Promise.all([
      codec.decode(operation, bytes, pause),
      codec.decode(operation, Buffer.from(bytes), pause),
    ]);
    expect(one).toEqual(other);
    expect((one as { value: { item: unknown[] } }).value.item[19_999]).toEqual({
      id: 9_007_199_254_740_993n,
      name: 'A visit of the museum',
    });
  });
});
