import { afterEach, describe, expect, test } from '@jest/globals';
import type { VirtualClock } from '@vendorkit/core/testing';
import type { SecutixRest } from '../src/index.ts';
import { refused, type SecutixRestEmulator } from '../src/testing/index.ts';
import { closeAll, connect, emulate, failure, order, virtualClock } from './harness.ts';

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

describe('an operation', () => {
  test('is submitted by start, and its result awaited', async () => {
    const emulator = await slowVendor();
    const operation = await submit(connect(emulator));
    expect([operation.status, operation.requestId]).toEqual(['in-progress', firstId]);
    expect(emulator.requests).toHaveLength(1);
    const submittedAt = clock.now();
    const result = await clock.run(operation.result());
    expect(result).toMatchObject({ statusCode: 'success', requestId: firstId });
    expect(operation.status).toBe('done');
    expect(clock.now() - submittedAt).toBeGreaterThanOrEqual(60_000);
    expect(emulator.requests).toHaveLength(3);
    expect(await operation.result()).toBe(result);
    expect(emulator.requests).toHaveLength(3);
  });

  test('is done at once where the vendor is', async () => {
    const emulator = await slowVendor(0);
    const operation = await submit(connect(emulator));
    expect([operation.status, operation.requestId]).toEqual(['done', undefined]);
    expect(await operation.result()).toMatchObject({ statusCode: 'success' });
    expect(emulator.state.orders).toHaveLength(1);
  });

  test('that is refused at once rejects start', async () => {
    const emulator = await emulate({
      methods: { 'catalogService.getCatalog': () => refused('error.catalog', 'No.') },
    });
    const error = await failure(connect(emulator).start('catalogService', 'getCatalog'));
    expect(error).toMatchObject({ code: 'OPERATION_FAILED', vendorCode: 'error.catalog' });
  });

  test('that is refused in the end has failed, and says so each time', async () => {
    clock = virtualClock();
    const emulator = await emulate({
      clock,
      longRunning: { polls: 1 },
      methods: { 'catalogService.getCatalog': () => refused('error.catalog', 'No.') },
    });
    const operation = await clock.run(connect(emulator).start('catalogService', 'getCatalog'));
    const error = await failure(clock.run(operation.result()));
    expect(error).toMatchObject({
      code: 'OPERATION_FAILED',
      operation: 'catalogService.getCatalog',
      requestId: firstId,
    });
    expect(operation.status).toBe('failed');
    await failure(operation.result());
    expect(emulator.requests).toHaveLength(2);
  });

  test('is asked after with the options of its submission', async () => {
    const emulator = await slowVendor();
    const secutix = connect(emulator, { locale: 'fr' });
    const parameters = { seasonCode: '2026' };
    const operation = await clock.run(
      secutix.start('catalogService', 'getCatalog', parameters, {
        locale: 'de',
        version: '1.26',
        headers: { 'x-trace': '7' },
      }),
    );
    parameters.seasonCode = '2027';
    await clock.run(operation.result());
    for (const { headers, path, text } of emulator.requests) {
      expect(headers).toMatchObject({ 'accept-language': 'de', 'x-trace': '7' });
      expect(path).toContain('/v1_26/');
      expect(text).toContain('"seasonCode":"2026"');
    }
    expect(emulator.requests).toHaveLength(3);
  });

  test('outlives a wait that is ended by its deadline or its signal', async () => {
    const emulator = await slowVendor();
    const operation = await submit(connect(emulator));
    const abort = new AbortController();
    clock.schedule(10_000, () => abort.abort());
    const waits = [
      operation.result({ signal: abort.signal }),
      operation.result({ deadline: 20_000 }),
      operation.result(),
    ];
    const [aborted, late, result] = await clock.run(Promise.allSettled(waits));
    expect(aborted).toMatchObject({ reason: { code: 'ABORTED', requestId: firstId } });
    expect(late).toMatchObject({ reason: { code: 'DEADLINE_EXCEEDED', requestId: firstId } });
    expect(result).toMatchObject({ value: { statusCode: 'success' } });
    // Three who wait ask no more often than one.
    expect(emulator.requests).toHaveLength(3);
    expect(emulator.state.submissions).toEqual(submitted);
  });
});
