import { afterEach, describe, expect, test } from '@jest/globals';
import type { SecutixSoap, SoapService } from '../src/index.ts';
import {
  clientOf,
  closeAll,
  failure,
  resultOf,
  startVendor,
  success,
  virtualClock,
  wsdlOf,
  xml,
  type Vendor,
} from './harness.ts';

afterEach(closeAll);

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resume) => setTimeout(resume, 2));
};

/** An answer that takes some hundred milliseconds to read. */
const manyProducts = '<product><id>1</id><price>12.5</price></product>'.repeat(200_000);

/** The places where a call can be, and how to get it there. */
const phases: Record<
  string,
  {
    vendor: () => Promise<Vendor>;
    /** Gets there: the promise that is to be ended, and whether it is there already. */
    go: (
      soap: SecutixSoap,
      vendor: Vendor,
      options: { signal?: AbortSignal },
    ) => Promise<{ work: Promise<unknown>; isThere: () => boolean }>;
    outcome: string;
  }
> = {
  'the download of the WSDL': {
    vendor: () => startVendor({ wsdl: () => new Promise(() => {}) }),
    go: async (soap, vendor, options) => ({
      work: soap.service('CatalogService', options),
      isThere: () => vendor.requests.length === 1,
    }),
    outcome: 'unknown',
  },
  'the download of what it imports': {
    vendor: () =>
      startVendor({
        wsdl: ({ query }) =>
          query.has('xsd')
            ? new Promise(() => {})
            : xml(
                wsdlOf({
                  types:
                    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="?xsd=1"/></xs:schema>',
                }),
              ),
      }),
    go: async (soap, vendor, options) => ({
      work: soap.service('CatalogService', options),
      isThere: () => vendor.requests.length === 2,
    }),
    outcome: 'unknown',
  },
  'the wait for the answer': {
    vendor: () => startVendor({ answer: () => new Promise(() => {}) }),
    go: async (soap, vendor, options) => ({
      work: (await soap.service('CatalogService')).call('getCatalog', {}, options),
      isThere: () => vendor.calls.length === 1,
    }),
    outcome: 'unknown',
  },
  'the reading of the answer': {
    vendor: () => startVendor({ answer: (request) => success(request, manyProducts) }),
    go: async (soap, vendor, options) => {
      const catalog = await soap.service('CatalogService');
      // Once before, so that nothing is compiled while the test measures.
      await catalog.call('getCatalog');
      const { bytes } = soap.quota.peek().usage;
      return {
        work: catalog.call('getCatalog', {}, options),
        isThere: () => vendor.calls.length === 2 && soap.quota.peek().usage.bytes > bytes,
      };
    },
    outcome: 'answered',
  },
  'the wait for the next poll': {
    vendor: () =>
      startVendor({
        answer: (request) =>
          resultOf(request, '<statusCode>in_progress</statusCode><requestId>1</requestId>'),
      }),
    go: async (soap, vendor, options) => ({
      work: (await soap.service('CatalogService')).call('getCatalog', {}, options),
      isThere: () => vendor.calls.length === 1,
    }),
    outcome: 'answered',
  },
  'the download that an operation waits for': {
    vendor: () => {
      let downloads = 0;
      return startVendor({
        wsdl: () =>
          (downloads += 1) === 1 ? xml(wsdlOf({ address: 'x' })) : new Promise(() => {}),
        answer: (request) =>
          resultOf(request, '<statusCode>in_progress</statusCode><requestId>1</requestId>'),
      });
    },
    go: async (soap, vendor, options) => {
      const other = clientOf(vendor);
      const catalog = await other.service('CatalogService');
      const operation = soap.resume(JSON.parse(JSON.stringify(await catalog.start('getCatalog'))));
      return { work: operation.result(options), isThere: () => vendor.downloads.length === 2 };
    },
    outcome: 'unknown',
  },
};

describe.each(Object.entries(phases))('in %s', (_name, { vendor: start, go, outcome }) => {
  test('an abort ends it within 50 ms', async () => {
    const vendor = await start();
    const soap = clientOf(vendor);
    const controller = new AbortController();
    const { work, isThere } = await go(soap, vendor, { signal: controller.signal });
    const error = failure(work);
    await until(isThere);
    await new Promise((resume) => setTimeout(resume, 5));
    const reason = new Error('Enough.');
    const abortedAt = performance.now();
    controller.abort(reason);
    expect(await error).toMatchObject({ code: 'ABORTED', outcome, retryable: false });
    expect(performance.now() - abortedAt).toBeLessThan(50);
    expect((await error).cause).toBe(reason);
  });

  test('close() ends it with CLOSED, and waits for it', async () => {
    const vendor = await start();
    const soap = clientOf(vendor);
    const { work, isThere } = await go(soap, vendor, {});
    const error = failure(work);
    await until(isThere);
    await new Promise((resume) => setTimeout(resume, 5));
    let isEnded = false;
    void error.then(() => (isEnded = true));
    await soap.close();
    await Promise.resolve();
    expect(isEnded).toBe(true);
    expect(await error).toMatchObject({ code: 'CLOSED', outcome });
    expect(await failure(soap.service('CatalogService'))).toMatchObject({ code: 'CLOSED' });
  });
});

describe('of those who wait for one WSDL', () => {
  test('one who leaves does not take it from the others', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const vendor = await startVendor({
      wsdl: async () => {
        await released;
        return xml(wsdlOf({ address: 'x' }));
      },
    });
    const soap = clientOf(vendor);
    const first = new AbortController();
    const second = new AbortController();
    const load = (signal?: AbortSignal) => soap.service('CatalogService', { signal });
    const starter = failure(load(first.signal));
    const joiner = failure(load(second.signal));
    const others: Promise<SoapService>[] = [load(), load(), load()];
    await until(() => vendor.downloads.length === 1);
    second.abort();
    expect(await joiner).toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
    first.abort();
    expect(await starter).toMatchObject({ code: 'ABORTED' });
    // One of the others begins anew; the rest wait for that one.
    await until(() => vendor.downloads.length === 2);
    release();
    for (const service of await Promise.all(others)) expect(service.name).toBe('CatalogService');
    expect(vendor.downloads).toHaveLength(2);
  });

  test('each has a deadline of its own', async () => {
    const clock = virtualClock();
    const vendor = await startVendor({ clock });
    vendor.faults.next('n');
    const soap = clientOf(vendor, { clock, timeout: 60_000, retry: { attempts: 1 } });
    const long = soap.service('CatalogService', { deadline: 120_000 });
    const short = failure(soap.service('CatalogService', { deadline: 5_000 }));
    const settled = failure(long);
    expect(await clock.run(short)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(clock.monotonicNow()).toBe(5_000);
    expect(await clock.run(settled)).toMatchObject({ code: 'TIMEOUT' });
    expect(clock.pendingTimers).toBe(0);
  });

  test('one whose deadline is too short for the quota does not fail the others', async () => {
    const clock = virtualClock();
    const vendor = await startVendor({ clock });
    const quota = [{ key: 'institution', limit: 1, windowMs: 60_000 }] as const;
    const soap = clientOf(vendor, { clock, quota });
    await clock.run(soap.service('CatalogService', { version: '1.26' }));
    const short = failure(soap.service('CatalogService', { deadline: 5_000 }));
    const long = soap.service('CatalogService');
    expect(await clock.run(short)).toMatchObject({
      code: 'QUOTA_WAIT_EXCEEDED',
      outcome: 'not-sent',
      retryAt: expect.any(Date),
    });
    expect((await clock.run(long)).version).toBe('1.33');
  });

  test('a failure fails all, and is not kept', async () => {
    const vendor = await startVendor();
    vendor.faults.answer({ status: 404 });
    const soap = clientOf(vendor);
    const errors = await Promise.all(
      Array.from({ length: 5 }, () => failure(soap.service('CatalogService'))),
    );
    expect(errors.map(({ code }) => code)).toEqual(Array(5).fill('NOT_FOUND'));
    expect(vendor.downloads).toHaveLength(1);
    expect((await soap.service('CatalogService')).name).toBe('CatalogService');
  });
});

test('a signal that is aborted before sends nothing', async () => {
  const vendor = await startVendor();
  const soap = clientOf(vendor);
  const signal = AbortSignal.abort();
  expect(await failure(soap.service('CatalogService', { signal }))).toMatchObject({
    code: 'ABORTED',
    outcome: 'not-sent',
  });
  const catalog = await soap.service('CatalogService');
  expect(await failure(catalog.call('getCatalog', {}, { signal }))).toMatchObject({
    code: 'ABORTED',
    outcome: 'not-sent',
    attempts: 0,
  });
  expect(vendor.requests).toHaveLength(1);
});

test('a long answer does not hold the event loop', async () => {
  const vendor = await startVendor({ answer: (request) => success(request, manyProducts) });
  const catalog = await clientOf(vendor).service('CatalogService');
  const call = catalog.call('getCatalog');
  await until(() => vendor.calls.length === 1);
  await new Promise((resume) => setTimeout(resume, 100));
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const result = (await call) as { product?: unknown };
  clearInterval(timer);
  expect(result.product).toHaveLength(200_000);
  expect(longest).toBeLessThan(150);
});
