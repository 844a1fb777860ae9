import { afterEach, describe, expect, test } from '@jest/globals';
import type { VirtualClock } from '@vendorkit/core/testing';
import { refused, type SecutixRestEmulatorOptions } from '../src/testing/index.ts';
import {
  bodiesOf,
  closeAll,
  connect,
  emulate,
  failure,
  methodsOf,
  order,
  tokensOf,
  virtualClock,
} from './harness.ts';

let clock: VirtualClock;

async function slowVendor(options?: SecutixRestEmulatorOptions) {
  clock = virtualClock();
  return emulate({ clock, longRunning: { polls: 2 }, ...options });
}

afterEach(closeAll);

const firstId = '9007199254740993';

test('a call in progress is repeated after 30 s with its requestId and all its parameters', async () => {
  const emulator = await slowVendor();
  const call = connect(emulator).call('catalogService', 'getCatalog', {
    seasonCode: '2026',
    productIds: [9_223_372_036_854_775_807n],
  });
  const { data, response } = await clock.run(call.withResponse());
  expect(data.statusCode).toBe('success');
  expect(response).toMatchObject({ attempts: 3, requestId: BigInt(firstId), status: 200 });
  const parameters = '"seasonCode":"2026","productIds":[9223372036854775807]}';
  expect(bodiesOf(emulator)).toEqual([
    `{${parameters}`,
    `{"requestId":${firstId},${parameters}`,
    `{"requestId":${firstId},${parameters}`,
  ]);
  const [first = 0, second = 0, third = 0] = emulator.requests.map(({ receivedAt }) => receivedAt);
  // Near the end of a second a token waits for the next one.
  for (const wait of [second - first, third - second]) {
    expect(wait).toBeGreaterThanOrEqual(30_000);
    expect(wait).toBeLessThan(31_000);
  }
  expect(new Set(tokensOf(emulator)).size).toBe(3);
  expect(emulator.state.worstTokenAgeMs).toBeLessThan(1_000);
});

test('a call without parameters is repeated with its requestId alone', async () => {
  const emulator = await slowVendor();
  await clock.run(connect(emulator).call('catalogService', 'getCatalog'));
  expect(bodiesOf(emulator).slice(0, 2)).toEqual(['{}', `{"requestId":${firstId}}`]);
});

test('the interval is an option', async () => {
  const emulator = await slowVendor();
  await clock.run(connect(emulator, { pollInterval: 1_000 }).call('catalogService', 'getCatalog'));
  const [first = 0, , third = 0] = emulator.requests.map(({ receivedAt }) => receivedAt);
  expect(third - first).toBeLessThan(5_000);
});

test('parameters that change meanwhile change no poll', async () => {
  const emulator = await slowVendor();
  const parameters = { seasonCode: '2026', list: ['a'] };
  const call = connect(emulator).call('catalogService', 'getCatalog', parameters);
  parameters.seasonCode = '2027';
  parameters.list.push('b');
  await clock.run(call);
  expect(
    new Set(bodiesOf(emulator).map((body) => body.slice(body.indexOf('"seasonCode"')))),
  ).toEqual(new Set(['"seasonCode":"2026","list":["a"]}']));
});

test('a requestId of one’s own goes first, and null is sent as null', async () => {
  const emulator = await slowVendor();
  const secutix = connect(emulator);
  const parameters = { seasonCode: '2026', requestId: null };
  await clock.run(secutix.call('catalogService', 'getCatalog', parameters));
  const again = { seasonCode: '2026', requestId: BigInt(firstId) };
  await clock.run(secutix.call('catalogService', 'getCatalog', again));
  expect(bodiesOf(emulator)).toEqual([
    '{"requestId":null,"seasonCode":"2026"}',
    ...Array<string>(3).fill(`{"requestId":${firstId},"seasonCode":"2026"}`),
  ]);
  expect(emulator.state.submissions).toEqual({ 'catalogService.getCatalog': 1 });
});

test('a poll whose answer is lost is sent again with the same requestId, even for a write', async () => {
  const operations = ['externalOrderFacade.createOrUpdateOrder'];
  const emulator = await slowVendor({ longRunning: { polls: 2, operations } });
  emulator.faults.next('lost', { when: ({ text }) => text.includes('requestId') });
  const call = connect(emulator).call('externalOrderFacade', 'createOrUpdateOrder', order);
  const { response } = await clock.run(call.withResponse());
  // The answer that was lost was the second of three.
  expect(response.attempts).toBe(3);
  expect(bodiesOf(emulator).filter((body) => body.includes(firstId))).toHaveLength(2);
  expect(emulator.state.orders).toHaveLength(1);
});

test('a refusal after some polls says how often it was sent, and its requestId', async () => {
  const emulator = await slowVendor({
    methods: { 'catalogService.getCatalog': () => refused('error.catalog', 'Not today.') },
  });
  const error = await failure(clock.run(connect(emulator).call('catalogService', 'getCatalog')));
  expect(error).toMatchObject({
    code: 'OPERATION_FAILED',
    attempts: 3,
    requestId: BigInt(firstId),
    vendorCode: 'error.catalog',
  });
});

describe('in progress without a requestId', () => {
  const inProgress = (times: number, done: Record<string, unknown> = {}) => {
    let left = times;
    return () => {
      left -= 1;
      return left >= 0 ? { statusCode: 'in_progress' } : done;
    };
  };

  test('a read is repeated as it was', async () => {
    const emulator = await slowVendor({
      methods: { 'setupService.listSeasons': inProgress(2, { seasons: [] }) },
    });
    const call = connect(emulator).call('setupService', 'listSeasons', { a: 1 });
    expect(await clock.run(call)).toMatchObject({ seasons: [] });
    expect(bodiesOf(emulator)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}']);
    const [first = 0, , third = 0] = emulator.requests.map(({ receivedAt }) => receivedAt);
    expect(third - first).toBeGreaterThanOrEqual(60_000);
  });

  test('a write is INVALID_RESPONSE, and what became of it is unknown', async () => {
    const emulator = await slowVendor({
      methods: { 'setupService.createOrUpdateProduct': inProgress(1) },
    });
    const call = connect(emulator).call('setupService', 'createOrUpdateProduct');
    expect(await failure(clock.run(call))).toMatchObject({
      code: 'INVALID_RESPONSE',
      vendorCode: 'in_progress',
      outcome: 'unknown',
      retryable: false,
      attempts: 1,
    });
    expect(emulator.requests).toHaveLength(1);
  });

  test('a write that had one is asked after with that one', async () => {
    const answers = [
      { statusCode: 'in_progress', requestId: 5n },
      { statusCode: 'in_progress', requestId: null },
      { statusCode: 'success' },
    ];
    const emulator = await slowVendor({ longRunning: { polls: 0 } });
    for (const answer of answers) {
      const { requestId = null } = answer as { requestId?: bigint | null };
      const body = JSON.stringify({ ...answer, requestId: requestId === null ? null : 5 });
      emulator.faults.answer({ status: 200, body });
    }
    await clock.run(connect(emulator).call('setupService', 'createOrUpdateProduct', { a: 1 }));
    expect(bodiesOf(emulator)).toEqual([
      '{"a":1}',
      '{"requestId":5,"a":1}',
      '{"requestId":5,"a":1}',
    ]);
  });
});

describe('the end of a call in progress', () => {
  test('comes with its deadline, which tells when to go on and how', async () => {
    const emulator = await slowVendor({ longRunning: { polls: 100 } });
    const started = clock.now();
    const call = connect(emulator).call('catalogService', 'getCatalog', {}, { deadline: 100_000 });
    const error = await failure(clock.run(call));
    expect(error).toMatchObject({
      code: 'DEADLINE_EXCEEDED',
      requestId: BigInt(firstId),
      hint: expect.stringContaining('resume'),
    });
    expect(clock.now() - started).toBeLessThanOrEqual(100_000);
    expect(methodsOf(emulator).length).toBeGreaterThanOrEqual(3);
  });

  test('comes at once with its signal', async () => {
    const emulator = await slowVendor({ longRunning: { polls: 100 } });
    const abort = new AbortController();
    const { signal } = abort;
    const call = connect(emulator).call('catalogService', 'getCatalog', {}, { signal });
    clock.schedule(45_000, () => abort.abort(new Error('The user left.')));
    const started = clock.now();
    const error = await failure(clock.run(call));
    expect(error).toMatchObject({ code: 'ABORTED', cause: { message: 'The user left.' } });
    expect(clock.now() - started).toBe(45_000);
    expect(clock.pendingTimers).toBe(0);
  });
});
