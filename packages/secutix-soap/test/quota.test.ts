import { afterEach, describe, expect, test } from '@jest/globals';
import { QuotaMeter } from '@vendorkit/core/testing';
import { canaries } from '../../../tooling/canary/secrets.ts';
import { SecutixRest } from '../../secutix-rest/src/index.ts';
import {
  clientOf,
  closeAll,
  closeLater,
  failure,
  startVendor,
  success,
  virtualClock,
  wsdlOf,
  xml,
} from './harness.ts';

afterEach(closeAll);

/** Options of a client with the vendor's own limits. */
const limited = { quota: undefined };

describe('the quota', () => {
  test('of a service is spent by calls and downloads alike, in whatever version', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor, limited);
    const catalog = await soap.service('CatalogService');
    await catalog.call('getCatalog');
    await soap.service('catalogService', { version: '1.26' });
    const { rules, usage } = soap.quota.peek();
    expect(rules).toMatchObject([
      { key: 'institution', value: 'mosa', limit: 180, remaining: 177 },
      { key: 'service', value: 'catalogService', limit: 60, remaining: 57 },
      { key: 'method', value: 'catalogService.getCatalogDetailed', limit: 1, remaining: 1 },
    ]);
    expect(usage.calls).toBe(3);
  });

  test('of 90 calls lasts a minute, and none is refused', async () => {
    const clock = virtualClock();
    const meter = new QuotaMeter({ kind: 'sliding', limit: 60, windowMs: 60_000, clock });
    const vendor = await startVendor({
      clock,
      wsdl: () => (meter.admit('').accepted ? xml(wsdlOf({ address: 'x' })) : { status: 509 }),
      answer: (request) => (meter.admit('').accepted ? success(request) : { status: 509 }),
    });
    const soap = clientOf(vendor, { ...limited, clock });
    const catalog = await clock.run(soap.service('CatalogService'));
    const calls = Array.from({ length: 90 }, () => catalog.call('getCatalog'));
    await clock.run(Promise.all(calls));
    expect(vendor.requests.map(({ status }) => status)).toEqual(Array(91).fill(200));
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(60_000);
    expect(clock.monotonicNow()).toBeLessThan(62_000);
  });

  test('that has no room before the deadline refuses at once', async () => {
    const vendor = await startVendor();
    const quota = [{ key: 'service', limit: 1, windowMs: 60_000 }] as const;
    const catalog = await clientOf(vendor, { quota }).service('CatalogService');
    expect(await failure(catalog.call('getCatalog', {}, { deadline: 5_000 }))).toMatchObject({
      code: 'QUOTA_WAIT_EXCEEDED',
      outcome: 'not-sent',
      retryAt: expect.any(Date),
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test('of getCatalogDetailed is one call in ten minutes, its polls apart', async () => {
    const clock = virtualClock();
    const vendor = await startVendor({ clock });
    const catalog = await clock.run(
      clientOf(vendor, { ...limited, clock }).service('CatalogService'),
    );
    await clock.run(catalog.call('getCatalogDetailed'));
    await clock.run(catalog.call('getCatalogDetailed', { requestId: 5n }));
    expect(clock.monotonicNow()).toBeLessThan(1_000);
    await clock.run(catalog.call('getCatalogDetailed'));
    expect(clock.monotonicNow()).toBeGreaterThanOrEqual(600_000);
  });
});

describe('a process that uses both packages', () => {
  /** A vendor that speaks both ways, with one limit for both. */
  async function bothWays() {
    const clock = virtualClock();
    const meter = new QuotaMeter({ kind: 'sliding', limit: 60, windowMs: 60_000, clock });
    const full = { status: 509, headers: { 'content-type': 'text/html' }, body: '<html>' };
    const vendor = await startVendor({
      clock,
      wsdl: () => (meter.admit('').accepted ? xml(wsdlOf({ address: 'x' })) : full),
      answer: (request) => (meter.admit('').accepted ? success(request) : full),
    });
    const soap = clientOf(vendor, { ...limited, clock });
    const rest = closeLater(
      new SecutixRest({
        institution: 'mosa',
        baseUrl: vendor.url,
        operator: 'MOSA_B2C',
        partner: 'Partner 1',
        secret: canaries.secret,
        clock,
      }),
    );
    return { clock, vendor, soap, rest };
  }

  test('shares the budget of a service without being told', async () => {
    const { clock, vendor, soap, rest } = await bothWays();
    // The REST calls are answered by the emulator's own queue, since they are no envelopes.
    vendor.faults.answer(
      { status: 200, body: '{"statusCode":"success"}' },
      { times: 1_000, when: ({ path }) => path.includes('/backend-apis/') },
    );
    const catalog = await clock.run(soap.service('CatalogService'));
    const calls = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? catalog.call('getCatalog') : rest.call('catalogService', 'getCatalog'),
    );
    await clock.run(Promise.all(calls));
    const remaining = { key: 'service', value: 'catalogService', remaining: 19 };
    expect(soap.quota.peek().rules[1]).toMatchObject(remaining);
    expect(rest.quota.peek().rules[1]).toMatchObject(remaining);
    expect(soap.quota.peek().usage.calls).toBe(41);
    expect(rest.quota.peek().usage.calls).toBe(41);

    // The 61st call waits for the window, whichever package makes it.
    const startedAt = clock.monotonicNow();
    const rush = Array.from({ length: 20 }, () => rest.call('catalogService', 'getCatalog'));
    await clock.run(Promise.all([...rush, catalog.call('getCatalog')]));
    expect(clock.monotonicNow() - startedAt).toBeGreaterThanOrEqual(59_000);
  });

  test('pauses both ways when the vendor refuses one', async () => {
    const { clock, vendor, soap, rest } = await bothWays();
    const catalog = await clock.run(soap.service('CatalogService'));
    vendor.faults.answer({ status: 509, headers: { 'retry-after': '30' } });
    const refused = catalog.call('getCatalog');
    vendor.faults.answer(
      { status: 200, body: '{"statusCode":"success"}' },
      { when: ({ path }) => path.includes('/backend-apis/') },
    );
    await clock.run(Promise.all([refused, refused.then(() => undefined)]));
    const at = clock.monotonicNow();
    expect(at).toBeGreaterThanOrEqual(30_000);
    await clock.run(rest.call('catalogService', 'getCatalog'));
    expect(vendor.requests.map(({ status }) => status)).toEqual([200, 509, 200, 200]);
  });
});
