import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { SecutixSoap, type EventMap } from '../src/index.ts';
import {
  catalogPath,
  client,
  clientOf,
  closeAll,
  closeLater,
  failure,
  rightOptions,
  schemaOf,
  startVendor,
  success,
  wsdlOf,
  xml,
} from './harness.ts';

afterEach(closeAll);

test('a service is called by its name', async () => {
  const vendor = await startVendor({
    answer: (request) => success(request, '<product><id>9007199254740993</id></product>'),
  });
  const catalog = await clientOf(vendor).service('CatalogService');
  const call = catalog.call('getCatalog', { seasonCode: '2026' });
  expect(await call).toEqual({
    statusCode: 'success',
    product: [{ id: 9_007_199_254_740_993n }],
  });
  const { response } = await call.withResponse();
  expect(response).toMatchObject({
    status: 200,
    attempts: 1,
    durations: { network: expect.any(Number) },
  });
});

test('a hundred calls at once keep their answers apart', async () => {
  const vendor = await startVendor({
    answer: (request) => {
      const season = request.parameters[0]?.[1];
      return { ...success(request, `<product><id>${season}</id></product>`), delayMs: 20 };
    },
  });
  const soap = clientOf(vendor);
  const calls = Array.from({ length: 100 }, async (_, index) => {
    const catalog = await soap.service('CatalogService');
    return catalog.call('getCatalog', { seasonCode: String(index) });
  });
  const results = await Promise.all(calls);
  expect(results.map(({ product }) => product)).toEqual(
    results.map((_, index) => [{ id: BigInt(index) }]),
  );
  expect(vendor.downloads).toHaveLength(1);
});

test('answers and WSDLs may be compressed', async () => {
  const packed = (body: string) => ({
    status: 200,
    headers: { 'content-type': 'text/xml', 'content-encoding': 'gzip' },
    body: gzipSync(body),
  });
  const vendor = await startVendor({
    wsdl: () => packed(wsdlOf({ address: 'x' })),
    answer: (request) => packed(String(success(request).body)),
  });
  const catalog = await clientOf(vendor).service('CatalogService');
  expect(await catalog.isAlive()).toBe(true);
});

test.each(['latin1', 'utf16le'] as const)('a WSDL may be written in %s', async (encoding) => {
  const name = encoding === 'latin1' ? 'ISO-8859-1' : 'UTF-16';
  const text = wsdlOf({
    address: 'x',
    types: schemaOf().replace('</xs:schema>', '<!-- é --></xs:schema>'),
  }).replace('UTF-8', name);
  const mark = encoding === 'utf16le' ? '\ufeff' : '';
  const told = await startVendor({
    wsdl: () => ({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: Buffer.from(mark + text, encoding),
    }),
  });
  expect(await (await clientOf(told).service('CatalogService')).isAlive()).toBe(true);
});

test('what the header says of a WSDL’s encoding counts more than what the document says', async () => {
  const text = wsdlOf({ address: 'x' })
    .replace('UTF-8', 'ISO-8859-1')
    .replaceAll('seasonCode', 'saisonÉté');
  const vendor = await startVendor({
    wsdl: () => ({
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body: text,
    }),
  });
  const catalog = await clientOf(vendor).service('CatalogService');
  await catalog.call('getCatalog', { saisonÉté: 'x' });
  expect(vendor.calls[0]?.parameters).toEqual([['saisonÉté', 'x']]);
});

describe('close', () => {
  test('can be said twice, and by `await using`', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor);
    const catalog = await soap.service('CatalogService');
    await Promise.all([soap.close(), soap.close()]);
    await soap[Symbol.asyncDispose]();
    for (const late of [
      catalog.call('getCatalog'),
      catalog.isAlive(),
      catalog.start('getCatalog'),
      soap.service('CatalogService'),
      soap.service('AvailabilityService'),
    ]) {
      expect(await failure(late)).toMatchObject({ code: 'CLOSED', outcome: 'not-sent' });
    }
    expect(vendor.requests).toHaveLength(1);
  });

  test('leaves neither a connection nor a timer behind', async () => {
    const handles = () =>
      process
        .getActiveResourcesInfo()
        .filter((name) => /^(?:TCP|TLS|Timeout|GetAddrInfo)/.test(name))
        .toSorted();
    const before = handles();
    const vendor = await startVendor();
    const soap = clientOf(vendor, { retry: { baseDelay: 600_000 } });
    const catalog = await soap.service('CatalogService');
    const monitor = soap.monitor(['CatalogService'], { interval: 60_000 });
    await new Promise((resolve) => monitor.once('up', resolve));
    vendor.faults.next('n');
    vendor.faults.answer({ status: 503 });
    const calls = [catalog.call('getCatalog'), catalog.call('getCatalog')];
    const settled = Promise.allSettled([...calls, soap.service('AvailabilityService')]);
    while (vendor.requests.length < 5) await new Promise((done) => setTimeout(done, 5));
    expect(handles().length).toBeGreaterThan(before.length + 3);
    await soap.close();
    await vendor.close();
    expect((await settled).map(({ status }) => status)).toContain('rejected');
    await new Promise((done) => setTimeout(done, 50));
    // What earlier tests left to end may have ended meanwhile.
    expect(before).toEqual(expect.arrayContaining(handles()));
    expect(handles().length).toBeLessThanOrEqual(before.length);
  });
});

test('hooks and the log tell what happened', async () => {
  const vendor = await startVendor();
  const ends: EventMap['callEnd'][] = [];
  const lines: string[] = [];
  const soap = client({
    ...rightOptions,
    environment: undefined,
    baseUrl: vendor.url,
    quota: [],
    hooks: { callEnd: (event) => ends.push(event) },
    logger: { warn: (message) => lines.push(message) },
  });
  const catalog = await soap.service('CatalogService');
  await catalog.call('getCatalog');
  vendor.faults.answer({ status: 404 });
  await failure(catalog.call('getCatalog'));
  expect(ends).toMatchObject([
    { vendor: 'secutix', operation: 'CatalogService.wsdl', attempts: 1, status: 200 },
    { operation: 'CatalogService.getCatalog', status: 200 },
    { operation: 'CatalogService.getCatalog', status: 404, error: { code: 'NOT_FOUND' } },
  ]);
  expect(lines).toEqual([expect.any(String)]);
});

test('a proxy passes WSDLs and calls on', async () => {
  const passed: string[] = [];
  const proxy = createServer((incoming, outgoing) => {
    passed.push(`${incoming.method} ${incoming.url}`);
    const { method, headers } = incoming;
    const onward = request(incoming.url ?? '', { method, headers }, (answer: IncomingMessage) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closeLater({
    close: async () => {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  });
  const vendor = await startVendor();
  const { port } = proxy.address() as AddressInfo;
  const soap = clientOf(vendor, { proxy: `http://127.0.0.1:${port}` });
  expect(await (await soap.service('CatalogService')).isAlive()).toBe(true);
  expect(passed).toEqual([
    `GET ${vendor.url}${catalogPath()}?wsdl`,
    `POST ${vendor.url}${catalogPath()}`,
  ]);
});

test('the largest answer holds for WSDLs, too', async () => {
  const vendor = await startVendor();
  const soap = clientOf(vendor, { maxResponseBytes: 1_000 });
  expect(await failure(soap.service('CatalogService'))).toMatchObject({
    code: 'INVALID_RESPONSE',
    operation: 'CatalogService.wsdl',
  });
  expect(xml(wsdlOf()).body?.length).toBeGreaterThan(1_000);
});

test('a client of the vendor’s own environments has the documented address', async () => {
  await using soap = new SecutixSoap({ ...rightOptions, proxy: 'http://127.0.0.1:9' });
  const error = await failure(soap.service('CatalogService', { deadline: 1_000 }));
  expect(error.message).toContain('mosa.demo-ws.secutix.com');
});
