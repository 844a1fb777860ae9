import { afterEach, describe, expect, test } from '@jest/globals';
import type { Operation, SecutixSoap, WebMethodResult } from '../src/index.ts';
import {
  clientOf,
  closeAll,
  failure,
  resultOf,
  startVendor,
  success,
  thrown,
  virtualClock,
  type ReadRequest,
} from './harness.ts';

afterEach(closeAll);

const inProgress = (request: ReadRequest, id = '12') =>
  resultOf(request, `<statusCode>in_progress</statusCode><requestId>${id}</requestId>`);

const products =
  '<product><id>9007199254740993</id><price>12.50</price><from>2026-03-01T12:00:00Z</from><photo>AAD/</photo></product>';

/** A vendor that needs so many polls. */
async function slowVendor(polls: number) {
  let left = polls;
  return startVendor({
    answer: (request) => {
      if (request.requestId === undefined || (left -= 1) > 0) return inProgress(request);
      return success(request, products);
    },
  });
}

const kept = (operation: Operation<unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(operation)) as Record<string, unknown>;

async function start(soap: SecutixSoap) {
  const catalog = await soap.service('CatalogService');
  return catalog.start('getCatalog', { seasonCode: '<&"> é', productIds: [5n] }, { locale: 'fr' });
}

describe('an operation', () => {
  test('is submitted, waited for, and asked after with its requestId', async () => {
    const vendor = await slowVendor(2);
    const operation = await start(clientOf(vendor, { pollInterval: 5 }));
    expect([operation.status, operation.requestId]).toEqual(['in-progress', 12n]);
    expect(await operation.result()).toMatchObject({ statusCode: 'success' });
    expect(operation.status).toBe('done');
    expect(vendor.calls.map(({ requestId }) => requestId)).toEqual([undefined, '12', '12']);
  });

  test('goes on in another client, with the same request, and is not submitted again', async () => {
    const vendor = await slowVendor(1);
    const first = clientOf(vendor, { pollInterval: 60_000 });
    const json = kept(await start(first));
    await first.close();
    const second = clientOf(vendor);
    const operation = second.resume(json);
    expect([operation.status, operation.requestId]).toEqual(['in-progress', 12n]);
    expect(vendor.downloads).toHaveLength(1);
    const result = await operation.result();
    expect(result).toMatchObject({ product: [{ id: 9_007_199_254_740_993n, price: '12.50' }] });
    expect(vendor.downloads).toHaveLength(2);
    const [submitted, polled] = vendor.calls;
    expect(polled?.parameters).toEqual([['requestId', '12'], ...(submitted?.parameters ?? [])]);
    expect(polled?.http.headers['accept-language']).toBe('fr');
    expect(polled?.namespace).toBe(submitted?.namespace);
    expect(polled?.password).toBe(submitted?.password);
  });

  test('that is done is kept with its result, exactly', async () => {
    const vendor = await startVendor({ answer: (request) => success(request, products) });
    const operation = await start(clientOf(vendor));
    const again = clientOf(vendor).resume(kept(operation));
    expect(again.status).toBe('done');
    expect(await again.result()).toStrictEqual(await operation.result());
    expect(await again.result()).toMatchObject({
      product: [
        {
          id: 9_007_199_254_740_993n,
          from: new Date('2026-03-01T12:00:00Z'),
          photo: Buffer.from([0, 0, 255]),
        },
      ],
    });
    // Neither the WSDL nor the vendor was asked.
    expect(vendor.requests).toHaveLength(2);
    expect(kept(again)).toEqual(kept(operation));
  });

  test('keeps no credentials', async () => {
    const vendor = await slowVendor(1);
    const operation = await start(clientOf(vendor));
    const json = JSON.stringify(operation);
    expect(json).not.toMatch(/INSTIT_ZOE|assword/);
    expect(json).toContain('seasonCode');
  });

  test('of a read without a requestId asks again as before', async () => {
    let asked = 0;
    const vendor = await startVendor({
      answer: (request) =>
        (asked += 1) < 3
          ? resultOf(request, '<statusCode>in_progress</statusCode>')
          : success(request),
    });
    const operation = await start(clientOf(vendor, { pollInterval: 5 }));
    const again = clientOf(vendor, { pollInterval: 5 }).resume(kept(operation));
    expect(await again.result()).toMatchObject({ statusCode: 'success' });
    const texts = vendor.calls.map(({ parameters }) => parameters);
    expect(texts[2]).toEqual(texts[0]);
  });

  test('of a service that is known by its address goes on, too', async () => {
    const vendor = await slowVendor(1);
    const path = '/tnxx/external-remoting/com.example.v1_0.VoucherService.webservice';
    const service = await clientOf(vendor).service(`${vendor.url}${path}?wsdl`);
    const operation = clientOf(vendor).resume(kept(await service.start('getCatalog')));
    expect(await operation.result()).toMatchObject({ statusCode: 'success' });
    expect(vendor.calls[1]?.http.path).toBe(path);
  });

  test('that cannot load its WSDL says so, and can be asked again', async () => {
    const vendor = await slowVendor(1);
    const json = kept(await start(clientOf(vendor)));
    const operation = clientOf(vendor, { retry: { attempts: 1 }, pollInterval: 5 }).resume(json);
    vendor.faults.answer({ status: 503 });
    expect(await failure(operation.result())).toMatchObject({
      code: 'SERVER_ERROR',
      requestId: 12n,
      outcome: 'answered',
    });
    expect(operation.status).toBe('in-progress');
    expect(await operation.result()).toMatchObject({ statusCode: 'success' });
  });

  test('that the vendor refuses has failed', async () => {
    const vendor = await startVendor({
      answer: (request) =>
        request.requestId === undefined
          ? inProgress(request)
          : resultOf(request, '<statusCode>error.x</statusCode>'),
    });
    const operation = await start(clientOf(vendor, { pollInterval: 5 }));
    expect(await failure(operation.result())).toMatchObject({ code: 'OPERATION_FAILED' });
    expect(operation.status).toBe('failed');
  });

  test('is asked every 30 seconds', async () => {
    const clock = virtualClock();
    const vendor = await slowVendor(3);
    const operation = await clock.run(start(clientOf(vendor, { clock })));
    const before = clock.now();
    const result: WebMethodResult = await clock.run(operation.result());
    expect(result.statusCode).toBe('success');
    expect(clock.now() - before).toBe(90_000);
    expect(clock.pendingTimers).toBe(0);
  });
});

describe('what is no operation of this client is refused, and named', () => {
  test.each<[string, (json: Record<string, unknown>) => unknown]>([
    ['operation', () => 5],
    ['operation', () => null],
    ['operation.kind', (json) => ({ ...json, kind: 'secutix-rest.operation' })],
    ['operation.format', (json) => ({ ...json, format: 2 })],
    ['operation.institution', (json) => ({ ...json, institution: 'CUBE' })],
    ['operation.version', (json) => ({ ...json, version: 'x' })],
    ['operation.path', (json) => ({ ...json, path: 'https://evil.example/' })],
    ['operation.wsdl', (json) => ({ ...json, wsdl: 'remote' })],
    ['operation.method', (json) => ({ ...json, method: 5 })],
    ['operation.locale', (json) => ({ ...json, locale: 'a\nb' })],
    ['operation.requestId', (json) => ({ ...json, requestId: '1</requestId><x/>' })],
    ['operation.requestId', (json) => ({ ...json, requestId: 12 })],
    ['operation.parameters', (json) => ({ ...json, parameters: '<x/>' })],
    [
      'operation.parameters',
      (json) => ({
        ...json,
        parameters: { first: '<a/></S:Body>', before: '<a>', after: '</a>', requestId: null },
      }),
    ],
    [
      'operation.parameters',
      (json) => ({
        ...json,
        parameters: { first: '<a/>', before: '<a>', after: '</b>', requestId: null },
      }),
    ],
    ['operation.result', (json) => ({ ...json, result: 5 })],
    ['operation.result', (json) => ({ ...json, result: { value: { $bigint: 'x' } } })],
  ])('%s', async (field, change) => {
    const vendor = await slowVendor(1);
    const soap = clientOf(vendor);
    const json = kept(await start(soap));
    const error = await thrown(() => soap.resume(change(json)));
    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.field).toMatch(new RegExp(`^${field}(?:$|\\.)`));
    expect(vendor.calls).toHaveLength(1);
  });

  test('a path does not leave the base URL, whatever it says', async () => {
    const vendor = await slowVendor(1);
    const json = kept(await start(clientOf(vendor)));
    const soap = clientOf({ url: `${vendor.url}/gateway` });
    for (const path of ['/../../evil', '/%2e%2e/evil', '//evil.example/x', '/\\evil.example']) {
      const operation = soap.resume({ ...json, wsdl: { path, query: 'a\r\nb: c#?' } });
      expect((await failure(operation.result())).code).toMatch(/^(?:INVALID_REQUEST|NOT_FOUND)$/);
    }
    const asked = vendor.requests.slice(2);
    expect(asked.length).toBeGreaterThan(0);
    for (const { path, headers } of asked) {
      expect(path).toMatch(/^\/gateway\//);
      expect(headers).not.toHaveProperty('b');
    }
  });
});
