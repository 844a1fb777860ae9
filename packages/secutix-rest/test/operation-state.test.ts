import { afterEach, describe, expect, test } from '@jest/globals';
import type { VirtualClock } from '@vendorkit/core/testing';
import type { Operation, SecutixRest } from '../src/index.ts';
import type { SecutixRestEmulator } from '../src/testing/index.ts';
import {
  bodiesOf,
  closeAll,
  connect,
  emulate,
  failure,
  order,
  thrown,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

const firstId = 9_007_199_254_740_993n;
const submitted = { 'externalOrderFacade.createOrUpdateOrder': 1 };

let clock: VirtualClock;

/** A vendor that takes long to make an order, which must not be made twice. */
async function slowVendor(polls = 2): Promise<SecutixRestEmulator> {
  clock = virtualClock();
  const operations = ['externalOrderFacade.createOrUpdateOrder', 'catalogService.getCatalog'];
  return emulate({ clock, longRunning: { polls, operations } });
}

const submit = (secutix: SecutixRest) =>
  clock.run(secutix.start('externalOrderFacade', 'createOrUpdateOrder', order));

/** What another process reads of an operation that was kept. */
const kept = (operation: Operation<unknown>): unknown => JSON.parse(JSON.stringify(operation));

describe('an operation that was kept', () => {
  test('is plain JSON without a secret', async () => {
    const emulator = await slowVendor();
    const operation = await submit(connect(emulator, { locale: 'fr-CH' }));
    expect(kept(operation)).toEqual({
      kind: 'secutix-rest.operation',
      format: 1,
      institution: 'MOSA',
      module: 'tnseb',
      service: 'externalOrderFacade',
      method: 'createOrUpdateOrder',
      version: '1.33',
      locale: 'fr-CH',
      parameters: bodiesOf(emulator)[0],
      requestId: '9007199254740993',
      result: null,
    });
  });

  test('is resumed by another client at once, and never submitted again', async () => {
    const emulator = await slowVendor();
    const json = kept(await submit(connect(emulator)));
    const resumed = connect(emulator).resume(json);
    expect([resumed.status, resumed.requestId]).toEqual(['in-progress', firstId]);
    expect(emulator.requests).toHaveLength(1);
    const before = clock.now();
    const result = clock.run(resumed.result());
    expect(await result).toMatchObject({ statusCode: 'success', requestId: firstId });
    // The first question needs no wait, the second one does.
    expect(clock.now() - before).toBeLessThan(32_000);
    expect(bodiesOf(emulator)).toHaveLength(3);
    expect(bodiesOf(emulator)[2]).toContain('"performanceId":9007199254760001');
    expect(emulator.state.submissions).toEqual(submitted);
    expect(emulator.state.orders).toHaveLength(1);
  });

  test('asks again with the same requestId when an answer is lost', async () => {
    const emulator = await slowVendor();
    const json = kept(await submit(connect(emulator)));
    emulator.faults.next('lost');
    await clock.run(connect(emulator).resume(json).result());
    const polls = bodiesOf(emulator).slice(1);
    expect(polls.length).toBeGreaterThanOrEqual(2);
    expect(polls.every((body) => body.startsWith('{"requestId":9007199254740993,'))).toBe(true);
    expect(emulator.state.submissions).toEqual(submitted);
  });

  test('when it was done has its result, exactly, and asks nobody', async () => {
    const emulator = await slowVendor();
    const operation = await submit(connect(emulator));
    const result = await clock.run(operation.result());
    const sent = emulator.requests.length;
    const resumed = connect(emulator).resume(kept(operation));
    expect(resumed.status).toBe('done');
    expect(await resumed.result()).toEqual(result);
    expect(emulator.requests).toHaveLength(sent);
  });

  test('can be kept and resumed again and again', async () => {
    const emulator = await slowVendor();
    let json = kept(await submit(connect(emulator)));
    for (let restart = 0; restart < 5; restart += 1) {
      const again = kept(connect(emulator).resume(json));
      expect(again).toEqual(json);
      json = again;
    }
    await clock.run(connect(emulator).resume(json).result());
    expect(emulator.state.submissions).toEqual(submitted);
  });

  test('without a requestId, which only a read can be, is asked as it was', async () => {
    clock = virtualClock();
    const emulator = await emulate({ clock });
    emulator.faults.answer({ status: 200, body: '{"statusCode":"in_progress"}' });
    const operation = await clock.run(
      connect(emulator).start('setupService', 'listSeasons', { requestId: null, a: 1.5 }),
    );
    const json = kept(operation);
    expect(json).toMatchObject({ requestId: null });
    await clock.run(connect(emulator).resume(json).result());
    expect(bodiesOf(emulator)).toEqual(Array(2).fill('{"requestId":null,"a":1.5}'));
  });

  test('keeps every kind of parameter as it was sent', async () => {
    const emulator = await slowVendor();
    const parameters = {
      long: -9_223_372_036_854_775_808n,
      tenth: 0.1,
      zero: -0,
      nested: { ['__proto__']: 1, list: [null, true, '"ü"\u2028'] },
      at: new Date('2026-03-01T12:00:00Z'),
    };
    const secutix = connect(emulator);
    const started = await clock.run(secutix.start('catalogService', 'getCatalog', parameters));
    await clock.run(connect(emulator).resume(kept(started)).result());
    const [first = '', ...polls] = bodiesOf(emulator);
    expect(polls).toEqual(Array(2).fill(`{"requestId":9007199254740993,${first.slice(1)}`));
  });
});

describe('what is not an operation of this client is refused:', () => {
  const good = {
    kind: 'secutix-rest.operation',
    format: 1,
    institution: 'MOSA',
    module: 'tnseb',
    service: 'catalogService',
    method: 'getCatalog',
    version: '1.33',
    locale: null,
    parameters: '{}',
    requestId: '1',
    result: null,
  };

  test.each<[string, unknown]>([
    ['operation', undefined],
    ['operation', null],
    ['operation', 'text'],
    ['operation', 5],
    ['operation', []],
    ['operation.kind', {}],
    ['operation.kind', { ...good, kind: 'secutix-soap.operation' }],
    ['operation.format', { ...good, format: 2 }],
    ['operation.institution', { ...good, institution: 'CUBE' }],
    ['operation.institution', { ...good, institution: undefined }],
    ['operation.module', { ...good, module: '../tnseb' }],
    ['operation.service', { ...good, service: 'a/b' }],
    ['operation.method', { ...good, method: '' }],
    ['operation.version', { ...good, version: '1' }],
    ['operation.locale', { ...good, locale: 'fr\r\nx: y' }],
    ['operation.parameters', { ...good, parameters: {} }],
    ['operation.parameters', { ...good, parameters: '[]' }],
    ['operation.parameters', { ...good, parameters: '{"a":' }],
    ['operation.parameters', { ...good, parameters: 'null' }],
    ['operation.requestId', { ...good, requestId: 1 }],
    ['operation.requestId', { ...good, requestId: '1e3' }],
    ['operation.requestId', { ...good, requestId: undefined }],
    ['operation.result', { ...good, result: '5' }],
    ['operation.result', { ...good, result: '{' }],
  ])('%s in %j', async (field, json) => {
    const emulator = await emulate();
    const secutix = connect(emulator);
    const error = await thrown(() => secutix.resume(json));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(emulator.requests).toEqual([]);
  });

  test('a right one is not, whatever a newer version of the package adds', async () => {
    const secutix = connect(await emulate());
    expect(secutix.resume({ ...good, added: true }).requestId).toBe(1n);
  });

  test('a closed client can neither start nor go on', async () => {
    const emulator = await emulate();
    const secutix = connect(emulator);
    const operation = secutix.resume(good);
    await secutix.close();
    expect(await failure(operation.result())).toMatchObject({ code: 'CLOSED' });
    expect(await failure(secutix.start('catalogService', 'getCatalog'))).toMatchObject({
      code: 'CLOSED',
      outcome: 'not-sent',
    });
    expect(emulator.requests).toEqual([]);
  });
});
