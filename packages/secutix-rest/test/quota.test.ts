import { afterEach, describe, expect, test } from '@jest/globals';
import type { VirtualClock } from '@vendorkit/core/testing';
import { Limiter, type SecutixRest, type SecutixRestOptions } from '../src/index.ts';
import type { SecutixRestEmulator, SecutixRestEmulatorOptions } from '../src/testing/index.ts';
import { call as plainCall } from './testing/hand-written-client.ts';
import { client, closeAll, emulate, failure, methodsOf, virtualClock } from './harness.ts';

afterEach(closeAll);

const minuteMs = 60_000;

/** The vendor with its own limits, and a client with the default ones. */
async function start(
  emulated?: SecutixRestEmulatorOptions,
  options?: Partial<SecutixRestOptions>,
): Promise<{ clock: VirtualClock; emulator: SecutixRestEmulator; secutix: SecutixRest }> {
  const clock = virtualClock();
  const emulator = await emulate({ clock, quota: undefined, ...emulated });
  return { clock, emulator, secutix: client({ ...emulator.options, clock, ...options }) };
}

const contact = (secutix: SecutixRest) =>
  secutix.call('contactInformationPublicService', 'getContactData', { contactNumber: '333' });

const contacts = (secutix: SecutixRest, count: number) =>
  Array.from({ length: count }, () => contact(secutix));

describe.each(['fixed', 'sliding'] as const)('a vendor whose limit is %s', (kind) => {
  test('refuses none of 75 calls at once, which end in the shortest time', async () => {
    const quota = [{ key: 'service', limit: 60, windowMs: minuteMs, kind }] as const;
    const { clock, emulator, secutix } = await start({ quota, latencyMs: 200 });
    const before = clock.now();
    await clock.run(Promise.all(contacts(secutix, 75)));
    expect(emulator.state.quotaRefusals).toBe(0);
    expect(emulator.requests.length).toBe(75);
    // One window, the answers of both batches, and less than a second for a token of a new second.
    expect(clock.now() - before).toBeGreaterThanOrEqual(minuteMs);
    expect(clock.now() - before).toBeLessThan(minuteMs + 2_500);
    expect(emulator.state.worstTokenAgeMs).toBeLessThan(1_000);
  });
});

describe('the vendor’s limits are kept by default:', () => {
  test('180 calls a minute for an institution, over its services', async () => {
    const { clock, emulator, secutix } = await start();
    const services = [
      ['contactInformationPublicService', 'searchContact'],
      ['setupService', 'listSeasons'],
      ['catalogService', 'getPOSConfig'],
      ['availabilityService', 'getUpdatedAvailabilities'],
    ] as const;
    const calls = services.flatMap(([service, method]) =>
      Array.from({ length: 50 }, () => secutix.call(service, method, { pointOfSalesId: 1n })),
    );
    const before = clock.now();
    await clock.run(Promise.allSettled(calls));
    expect(emulator.requests.length).toBe(200);
    expect(emulator.state.quotaRefusals).toBe(0);
    const inFirstMinute = emulator.requests.filter(
      ({ receivedAt }) => receivedAt < before + minuteMs,
    );
    expect(inFirstMinute).toHaveLength(180);
  });

  test('one getCatalogDetailed in ten minutes, its polls apart', async () => {
    const { clock, emulator, secutix } = await start({ longRunning: { polls: 2 } });
    const before = clock.now();
    const get = () => secutix.call('catalogService', 'getCatalogDetailed');
    await clock.run(Promise.all([get(), get()]));
    expect(emulator.state.quotaRefusals).toBe(0);
    const times = emulator.requests.map(({ receivedAt }) => receivedAt - before);
    expect(times).toHaveLength(6);
    expect(times[2]).toBeLessThan(minuteMs + 2_000);
    expect(times[3]).toBeGreaterThanOrEqual(600_000);
    expect(times[3]).toBeLessThan(602_000);
    expect(emulator.state.submissions).toEqual({ 'catalogService.getCatalogDetailed': 2 });
  });

  test('under every name, version and form of a method', async () => {
    const { clock, emulator, secutix } = await start();
    await clock.run(secutix.call('CatalogService', 'getCatalogDetailed'));
    const deadline = 60_000;
    const path = '/tnseb/backend-apis/catalogService/v1_26/getCatalogDetailed';
    for (const call of [
      secutix.call('catalogService', 'getCatalogDetailed', {}, { deadline, version: '1.26' }),
      secutix.service('catalogService').getCatalogDetailed({}, { deadline }),
      secutix.request({ method: 'POST', path, body: {} }, { deadline }),
      secutix.start('catalogService', 'getCatalogDetailed', {}, { deadline }),
    ]) {
      expect(await failure(call)).toMatchObject({ code: 'QUOTA_WAIT_EXCEEDED' });
    }
    expect(emulator.requests.length).toBe(1);
  });
});

test('a call that cannot be had before its deadline fails at once, and says when it can', async () => {
  const { clock, emulator, secutix } = await start();
  const get = (deadline?: number) =>
    secutix.call('catalogService', 'getCatalogDetailed', {}, { deadline });
  await clock.run(get());
  const answeredAt = clock.now();
  const error = await failure(get(300_000));
  expect(error).toMatchObject({
    code: 'QUOTA_WAIT_EXCEEDED',
    operation: 'catalogService.getCatalogDetailed',
    outcome: 'not-sent',
    attempts: 0,
    retryable: true,
    hint: expect.stringContaining('SecuTix'),
  });
  expect(error.retryAt?.getTime()).toBeGreaterThanOrEqual(answeredAt + 600_000);
  expect(error.retryAt?.getTime()).toBeLessThanOrEqual(answeredAt + 601_000);
  expect(clock.now()).toBe(answeredAt);
  expect(emulator.requests.length).toBe(1);
});

test('another client that uses the quota costs one refusal in a minute, not one a call', async () => {
  const { clock, emulator, secutix } = await start();
  const others = Array.from({ length: 60 }, () =>
    plainCall(emulator, 'contactInformationPublicService.getContactData', { contactNumber: '333' }),
  );
  await Promise.all(others);
  await clock.run(contact(secutix));
  const first = emulator.state.quotaRefusals;
  expect(first).toBe(1);
  await clock.run(Promise.all(contacts(secutix, 40)));
  expect(emulator.state.quotaRefusals).toBe(first);
  expect(emulator.requests.length).toBe(60 + 2 + 40);
});

describe('the rules', () => {
  test('can be replaced, and switched off', async () => {
    const quota = [{ key: 'service', limit: 5, windowMs: 1_000 }] as const;
    const strict = await start({ quota }, { quota });
    await strict.clock.run(Promise.all(contacts(strict.secutix, 12)));
    expect(strict.emulator.state.quotaRefusals).toBe(0);
    const free = await start({ quota: [] }, { quota: [] });
    const before = free.clock.now();
    await free.clock.run(Promise.all(contacts(free.secutix, 100)));
    expect(free.clock.now() - before).toBeLessThan(2_000);
  });

  test('are shared by all clients of an institution, whatever its code’s case', async () => {
    const { clock, emulator, secutix } = await start();
    const other = client({ ...emulator.options, clock, partner: 'Partner 1' });
    await clock.run(Promise.all([...contacts(secutix, 40), ...contacts(other, 40)]));
    expect(emulator.requests.length).toBe(80);
    expect(emulator.state.quotaRefusals).toBe(0);
  });

  test('can be held by a limiter that clients are given', async () => {
    const clock = virtualClock();
    const rules = [{ key: 'institution', limit: 10, windowMs: minuteMs }] as const;
    const emulator = await emulate({ clock, quota: rules });
    const limiter = new Limiter(rules, { clock });
    const one = client({ ...emulator.options, clock, quota: limiter });
    const two = client({ ...emulator.options, clock, quota: limiter });
    await clock.run(Promise.all([...contacts(one, 10), ...contacts(two, 10)]));
    expect(emulator.state.quotaRefusals).toBe(0);
    expect(limiter.peek().rules[0]).toMatchObject({ limit: 10, inFlight: 0 });
  });
});

test('peek tells what is left, when there is more, and what the month has seen', async () => {
  const { clock, emulator, secutix } = await start();
  expect(secutix.quota.peek().rules).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ key: 'service', limit: 60, remaining: 60, nextSlotAt: null }),
    ]),
  );
  await clock.run(Promise.all(contacts(secutix, 60)));
  const { rules, usage } = secutix.quota.peek();
  expect(rules.find(({ key }) => key === 'service')).toMatchObject({
    value: 'contactInformationPublicService',
    remaining: 0,
    nextSlotAt: expect.any(Date),
  });
  expect(rules.find(({ key }) => key === 'institution')).toMatchObject({
    value: 'mosa',
    remaining: 120,
  });
  expect(usage).toMatchObject({
    month: '2026-03',
    calls: 60,
    included: { calls: 10_000, bytes: 1_000_000_000 },
  });
  expect(usage.bytes).toBeGreaterThan(60 * 100);
  expect(emulator.requests.length).toBe(60);
});

test('interactive calls go before batch calls', async () => {
  const quota = [{ key: 'institution', limit: 1, windowMs: 1_000 }] as const;
  const { clock, emulator, secutix } = await start({ quota }, { quota });
  const call = (method: string, priority: 'batch' | 'interactive') =>
    secutix.call('setupService', method, { seasonId: 1n }, { priority });
  await clock.run(
    Promise.allSettled([
      call('listSeasons', 'batch'),
      call('listVatCodes', 'batch'),
      call('listPriceLevels', 'interactive'),
    ]),
  );
  expect(methodsOf(emulator)).toEqual(['listSeasons', 'listPriceLevels', 'listVatCodes']);
});
