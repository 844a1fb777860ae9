import { afterEach, describe, expect, test } from '@jest/globals';
import type { FaultMode, VirtualClock } from '@vendorkit/core/testing';
import type { MethodCallOptions, SecutixRest, SecutixRestOptions } from '../src/index.ts';
import type { SecutixRestEmulator } from '../src/testing/index.ts';
import {
  clientOf,
  closeAll,
  connect,
  emulate,
  failure,
  methodsOf,
  order,
  virtualClock,
} from './harness.ts';

afterEach(closeAll);

let clock: VirtualClock;

async function start(
  options?: Partial<SecutixRestOptions>,
): Promise<{ emulator: SecutixRestEmulator; secutix: SecutixRest }> {
  clock = virtualClock();
  const emulator = await emulate({ clock });
  return { emulator, secutix: connect(emulator, { timeout: 5_000, ...options }) };
}

const write = (secutix: SecutixRest, options?: MethodCallOptions) =>
  clock.run(secutix.call('externalOrderFacade', 'createOrUpdateOrder', order, options));
const read = (secutix: SecutixRest) =>
  clock.run(
    secutix.call('contactInformationPublicService', 'getContactData', { contactNumber: 333 }),
  );

/** What the vendor has done before the fault, and what the caller gets to see. */
const broken: readonly [FaultMode, number, string][] = [
  ['lost', 1, 'CONNECTION'],
  ['pc', 1, 'CONNECTION'],
  ['pa', 1, 'CONNECTION'],
  ['p', 1, 'TIMEOUT'],
  ['chunk_cut', 1, 'CONNECTION'],
  ['gzip_cut', 1, 'INVALID_RESPONSE'],
  ['na', 0, 'CONNECTION'],
  ['nc', 0, 'CONNECTION'],
  ['n', 0, 'TIMEOUT'],
  ['garbage', 0, 'INVALID_RESPONSE'],
];

describe.each(broken)('a connection that breaks by %s', (mode, orders, code) => {
  test(`leaves a write alone: ${orders} order, ${code}, outcome unknown`, async () => {
    const { emulator, secutix } = await start();
    emulator.faults.next(mode);
    expect(await failure(write(secutix))).toMatchObject({
      code,
      outcome: 'unknown',
      attempts: 1,
      retryable: false,
    });
    expect(methodsOf(emulator)).toEqual(['createOrUpdateOrder']);
    expect(emulator.state.orders).toHaveLength(orders);
  });

  test('lets a read try again', async () => {
    const { emulator, secutix } = await start();
    emulator.faults.next(mode);
    expect(await read(secutix)).toMatchObject({ statusCode: 'success' });
    expect(emulator.requests).toHaveLength(2);
  });

  test('lets a write try again that the caller calls idempotent', async () => {
    const { emulator, secutix } = await start();
    emulator.faults.next(mode);
    expect(await write(secutix, { idempotent: true })).toMatchObject({ statusCode: 'success' });
    expect(emulator.state.orders).toHaveLength(orders + 1);
  });
});

test('a method that nobody knows counts as a write', async () => {
  const { emulator, secutix } = await start();
  emulator.faults.next('nc', { times: 2 });
  expect(await failure(clock.run(secutix.call('catalogService', 'getNovelty')))).toMatchObject({
    code: 'CONNECTION',
    attempts: 1,
  });
  const options = { module: 'tnco', version: '1.0' };
  const call = secutix.call('questionnaireService', 'getQuestionnaires', {}, options);
  expect(await failure(clock.run(call))).toMatchObject({ code: 'CONNECTION', attempts: 1 });
  expect(emulator.requests).toHaveLength(2);
});

test('what was never sent is tried again, write or not', async () => {
  const { emulator } = await start();
  await emulator.close();
  const secutix = clientOf(emulator, { retry: { attempts: 3, baseDelay: 1 } });
  const call = secutix.call('externalOrderFacade', 'createOrUpdateOrder', order);
  expect(await failure(call)).toMatchObject({
    code: 'CONNECTION',
    outcome: 'not-sent',
    attempts: 3,
    retryable: true,
  });
});

test('a refusal for the quota is tried again, for a write too', async () => {
  const { emulator, secutix } = await start();
  emulator.faults.answer({ status: 509, body: '<html>' });
  emulator.faults.answer({ status: 429, headers: { 'retry-after': '3' } });
  expect(await write(secutix)).toMatchObject({ statusCode: 'success' });
  expect(emulator.state.orders).toHaveLength(1);
  expect(emulator.requests.map(({ status }) => status)).toEqual([509, 429, 200]);
});

test.each([500, 502, 503, 504])('a %i lets a read try again, and no write', async (status) => {
  const { emulator, secutix } = await start();
  emulator.faults.answer({ status }, { times: 2 });
  expect(await failure(write(secutix))).toMatchObject({ code: 'SERVER_ERROR', attempts: 1 });
  expect(await read(secutix)).toMatchObject({ statusCode: 'success' });
  expect(emulator.requests).toHaveLength(3);
});

test('how often is an option', async () => {
  const { emulator, secutix } = await start({ retry: { attempts: 5, baseDelay: 0 } });
  emulator.faults.answer({ status: 503 }, { times: 9 });
  expect(await failure(read(secutix))).toMatchObject({ code: 'SERVER_ERROR', attempts: 5 });
  expect(emulator.requests).toHaveLength(5);
});
