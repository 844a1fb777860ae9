import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startServer } from '@vendorkit/core/testing';
import type { EventMap, SecutixSoapOptions } from '../src/index.ts';
import {
  catalogPath,
  clientOf,
  closeAll,
  closeLater,
  failure,
  namespaceOf,
  schemaOf,
  startVendor,
  success,
  wsdlOf,
  xml,
  type WsdlShape,
} from './harness.ts';

afterEach(closeAll);

/** A vendor with one WSDL, and the warnings of a client of it. */
async function described(shape: WsdlShape, options: Partial<SecutixSoapOptions> = {}) {
  const vendor = await startVendor({ wsdl: () => xml(wsdlOf(shape)) });
  const warnings: EventMap['warning'][] = [];
  const hooks = { warning: (event: EventMap['warning']) => warnings.push(event) };
  return { vendor, warnings, soap: clientOf(vendor, { hooks, ...options }) };
}

const namesOf = (warnings: readonly EventMap['warning'][]) =>
  warnings.map(({ warning }) => warning);

describe('a WSDL', () => {
  test('is loaded once for a hundred who ask at once, and again by nobody', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor);
    const services = await Promise.all(
      Array.from({ length: 100 }, () => soap.service('CatalogService', { version: '1.33' })),
    );
    await Promise.all(services.map((service) => service.call('getCatalog')));
    await soap.service('catalogService');
    expect(vendor.downloads.map(({ path }) => path)).toEqual([catalogPath()]);
    expect(vendor.calls).toHaveLength(100);
    await soap.service('CatalogService', { version: '1.26' });
    await clientOf(vendor).service('CatalogService');
    expect(vendor.downloads).toHaveLength(3);
  });

  test('is asked for as the vendor wants it, and without the password', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor, {
      locale: 'fr',
      wsdlHeaders: { authorization: 'Basic eDp5', 'X-Key': 'k' },
    });
    const catalog = await soap.service('CatalogService');
    const [download] = vendor.requests;
    expect(download).toMatchObject({ method: 'GET', path: catalogPath(), text: '' });
    expect(String(download?.query)).toBe('wsdl=');
    expect(download?.headers).toMatchObject({
      'accept-encoding': 'gzip,deflate',
      'accept-language': 'fr',
      authorization: 'Basic eDp5',
      'x-key': 'k',
    });
    await catalog.call('getCatalog');
    expect(vendor.requests[1]?.headers).not.toHaveProperty('authorization');
    expect(vendor.requests[1]?.headers).not.toHaveProperty('x-key');
  });

  test('tells names and namespaces: no rule does', async () => {
    const shape = { service: 'Odd_Service', version: '9.9' };
    const { vendor, soap } = await described(shape);
    const service = await soap.service(`${vendor.url}/odd?wsdl`);
    expect([service.name, service.version]).toEqual(['Odd_Service', '9.9']);
    expect(service.methods).toEqual([
      'getCatalog',
      'getCatalogDetailed',
      'createOrUpdateOrder',
      'isOdd_ServiceAlive',
    ]);
    await service.call('getCatalog');
    expect(vendor.calls[0]).toMatchObject({
      method: 'getCatalog',
      namespace: namespaceOf('Odd_Service', '9.9'),
    });
    expect(vendor.calls[0]?.http.path).toBe('/soap/Odd_Service');
    expect(await service.isAlive()).toBe(true);
  });

  test('of the only service is used whatever it calls the service', async () => {
    const { soap } = await described({ service: 'CatalogServiceImplService' });
    const catalog = await soap.service('CatalogService');
    expect(catalog.name).toBe('CatalogService');
    expect(await catalog.isAlive()).toBe(true);
  });

  test('of another version than the address is worth a warning', async () => {
    const { soap, warnings, vendor } = await described({ version: '1.32' });
    const catalog = await soap.service('CatalogService', { version: '1.33' });
    expect(namesOf(warnings)).toEqual(['wsdl-address-elsewhere', 'wsdl-version-differs']);
    expect(warnings[1]?.message).toMatch(/1\.33.*1\.32/);
    expect(catalog.version).toBe('1.33');
    await catalog.call('getCatalog');
    expect(vendor.calls[0]?.namespace).toBe(namespaceOf('CatalogService', '1.32'));
    await soap.service(`${vendor.url}${catalogPath('1.31')}?wsdl`);
    expect(namesOf(warnings).filter((name) => name === 'wsdl-version-differs')).toHaveLength(2);
  });

  test('without a version, or with the right one, is worth none', async () => {
    const { soap, warnings, vendor } = await described({ address: 'REPLACE_WITH_ACTUAL_URL' });
    await soap.service('CatalogService', { version: '1.33' });
    await soap.service(`${vendor.url}/anything?wsdl`);
    expect(warnings).toEqual([]);
  });

  test('does not lead calls, and the password, to another host', async () => {
    const elsewhere = closeLater(await startServer({ handle: () => ({ status: 200 }) }));
    const { soap, warnings, vendor } = await described({ address: `${elsewhere.url}/a/b?c=d` });
    const catalog = await soap.service('CatalogService');
    await catalog.call('getCatalog');
    expect(vendor.requests[1]?.path).toBe('/a/b');
    expect(String(vendor.requests[1]?.query)).toBe('c=d');
    expect(elsewhere.requests).toHaveLength(0);
    expect(namesOf(warnings)).toEqual(['wsdl-address-elsewhere']);
  });

  test('leads calls to the address that it tells, below the base URL', async () => {
    const vendor = await startVendor({
      wsdl: ({ headers }) =>
        xml(wsdlOf({ address: `http://${headers['host']}/gateway/other/path` })),
    });
    const soap = clientOf({ url: `${vendor.url}/gateway` });
    const catalog = await soap.service('CatalogService');
    await catalog.call('getCatalog');
    expect(vendor.requests.map(({ path }) => path)).toEqual([
      `/gateway${catalogPath()}`,
      '/gateway/other/path',
    ]);
  });
});

describe('what a WSDL imports', () => {
  const importing = (location: string) =>
    wsdlOf({
      types: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="${namespaceOf()}" schemaLocation="${location}"/></xs:schema>`,
    });

  test('is loaded from the same origin, through the quota of the service', async () => {
    const vendor = await startVendor({
      wsdl: ({ query }) => xml(query.has('xsd') ? schemaOf() : importing(`?xsd=1`)),
    });
    const quota = [{ key: 'service', limit: 9, windowMs: 60_000 }] as const;
    const soap = clientOf(vendor, { quota });
    const catalog = await soap.service('CatalogService');
    expect(vendor.downloads.map(({ query }) => String(query))).toEqual(['wsdl=', 'xsd=1']);
    expect(await catalog.call('getCatalog')).toEqual({ statusCode: 'success', product: [] });
    expect(soap.quota.peek().rules).toMatchObject([{ value: 'catalogService', remaining: 6 }]);
  });

  test('is not loaded from another origin', async () => {
    const other = closeLater(await startServer({ handle: () => xml(schemaOf()) }));
    const vendor = await startVendor({ wsdl: () => xml(importing(`${other.url}/x.xsd`)) });
    const error = await failure(clientOf(vendor).service('CatalogService'));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', operation: 'CatalogService.wsdl' });
    expect(other.requests).toHaveLength(0);
  });
});

describe('a WSDL in a file', () => {
  async function file(shape: WsdlShape): Promise<string> {
    const path = join(await mkdtemp(join(tmpdir(), 'soap-')), 'catalog.wsdl');
    await writeFile(path, wsdlOf(shape));
    return path;
  }

  test('needs no request', async () => {
    const path = await file({ address: 'https://mosa.ws.secutix.com/tnseb/catalog' });
    const vendor = await startVendor();
    const catalog = await clientOf(vendor, { wsdl: { file: path } }).service('CatalogService');
    expect(vendor.requests).toHaveLength(0);
    expect(catalog.version).toBe('1.33');
    await catalog.call('getCatalog');
    expect(vendor.requests[0]).toMatchObject({ method: 'POST', path: '/tnseb/catalog' });
  });

  test('may leave the address to the options', async () => {
    const wsdl = { file: await file({ address: 'REPLACE_WITH_ACTUAL_URL' }) };
    const vendor = await startVendor();
    const soap = clientOf(vendor);
    const catalog = await soap.service('CatalogService', { version: '1.33', wsdl });
    await catalog.call('getCatalog');
    expect(vendor.requests[0]?.path).toBe(catalogPath());
    const error = await failure(soap.service('VoucherService', { wsdl }));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'options.module' });
  });

  test('that is missing is a wrong option', async () => {
    const vendor = await startVendor();
    const wsdl = { file: '/nowhere/catalog.wsdl' };
    const error = await failure(clientOf(vendor, { wsdl }).service('CatalogService'));
    expect(error).toMatchObject({ code: 'CONFIGURATION', vendor: 'secutix' });
  });
});

describe('a call is checked before any network', () => {
  test.each<[string, string, object]>([
    ['method', 'getCatalogue', {}],
    ['method', 'toString', {}],
    ['parameters.season', 'getCatalog', { season: '2026' }],
    ['parameters.productIds', 'getCatalog', { productIds: 5n }],
    ['parameters.productIds[1]', 'getCatalog', { productIds: [1n, 2 ** 53] }],
    ['parameters.seasonCode', 'getCatalog', { seasonCode: 2026 }],
    ['parameters.from', 'getCatalog', { from: new Date(NaN) }],
  ])('%s of %s', async (field, method, parameters) => {
    const vendor = await startVendor();
    const catalog = await clientOf(vendor).service('CatalogService');
    const call = catalog.call(method, parameters as Record<string, unknown>);
    expect(await failure(call)).toMatchObject({
      code: 'INVALID_REQUEST',
      field,
      outcome: 'not-sent',
      attempts: 0,
      vendor: 'secutix',
    });
    expect(vendor.calls).toHaveLength(0);
  });

  test('a method that the WSDL has, but that cannot be called', async () => {
    const rpc = wsdlOf().replace(
      '<soap:operation soapAction=""/>',
      '<soap:operation soapAction="" style="rpc"/>',
    );
    const vendor = await startVendor({ wsdl: () => xml(rpc) });
    const catalog = await clientOf(vendor).service('CatalogService');
    const error = await failure(catalog.call('getCatalog'));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'method' });
    expect(error.message).toMatch(/`getCatalog` .*RPC/i);
  });

  test.each<[unknown, string]>([
    ['nope', '`CatalogService` has no method `nope`. It has: getCatalog, '],
    ['a\n`b`\u202e\0c', 'no method `a b c`. '],
    ['€'.repeat(101), `no method \`${'€'.repeat(100)}...\`. `],
    [undefined, 'no method whose name is no string. '],
  ])('a method that there is not is named: %j', async (method, message) => {
    const catalog = await clientOf(await startVendor()).service('CatalogService');
    for (const call of [catalog.call(method as string), catalog.start(method as string)]) {
      const error = await failure(call);
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'method' });
      expect(error.message).toContain(message);
    }
  });

  test('its options, too', async () => {
    const vendor = await startVendor();
    const catalog = await clientOf(vendor).service('CatalogService');
    const headers = { SOAPAction: 'x' };
    expect(await failure(catalog.call('getCatalog', {}, { headers }))).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'options.headers.SOAPAction',
    });
    await expect(
      failure(clientOf(vendor).service('CatalogService', { headers })),
    ).resolves.toMatchObject({
      field: 'options.headers.SOAPAction',
    });
    expect(await failure(catalog.isAlive({ deadline: 0 }))).toMatchObject({
      field: 'options.deadline',
    });
    const start = catalog.start('getCatalog', {}, { locale: '?' });
    expect(await failure(start)).toMatchObject({ field: 'options.locale' });
  });
});

describe('the version and the module of a call', () => {
  const options = [{ version: '1.33' }, { module: 'tnseb' }, { version: '1.33', module: 'tnseb' }];
  const others = [
    ['version', { version: '1.26' }],
    ['module', { module: 'tnco' }],
  ] as const;

  test('are those of the service that was loaded', async () => {
    const vendor = await startVendor();
    const soap = clientOf(vendor);
    const catalog = await soap.service('CatalogService');
    for (const right of options) await catalog.call('getCatalog', {}, right);
    await catalog.isAlive({ version: '1.33', module: 'tnseb' });
    const sameByAddress = await soap.service(`${vendor.url}${catalogPath()}?wsdl`);
    await sameByAddress.start('getCatalog', {}, { version: '1.33', module: 'tnseb' });
    expect(vendor.calls).toHaveLength(5);
  });

  test.each(others)('are refused with another %s', async (what, wrong) => {
    const vendor = await startVendor();
    const catalog = await clientOf(vendor).service('CatalogService');
    for (const call of [
      catalog.call('getCatalog', {}, wrong),
      catalog.start('getCatalog', {}, wrong),
      catalog.isAlive(wrong),
    ]) {
      const error = await failure(call);
      expect(error).toMatchObject({
        code: 'INVALID_REQUEST',
        field: `options.${what}`,
        attempts: 0,
      });
      expect(error.message).toContain('ask for another one with `soap.service()`');
    }
    expect(vendor.calls).toHaveLength(0);
  });

  test.each(others)('are refused if the %s is not known', async (what, wrong) => {
    const text = wsdlOf().replaceAll(namespaceOf(), 'urn:catalog');
    const vendor = await startVendor({ wsdl: () => xml(text) });
    const catalog = await clientOf(vendor).service(`${vendor.url}/catalog?wsdl`);
    const error = await failure(catalog.call('getCatalog', {}, wrong));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: `options.${what}` });
    expect(error.message).toContain(`The ${what} of \`CatalogService\` is not known`);
  });
});

test('the options of a service hold for its calls, unless a call has its own', async () => {
  const vendor = await startVendor();
  const soap = clientOf(vendor, { locale: 'de' });
  const catalog = await soap.service('CatalogService', { locale: 'fr', headers: { 'x-a': 'b' } });
  await catalog.call('getCatalog');
  await catalog.call('getCatalog', {}, { locale: 'it-CH', headers: undefined });
  await catalog.isAlive();
  await (await soap.service('CatalogService')).call('getCatalog');
  expect(vendor.calls.map(({ http }) => http.headers['accept-language'])).toEqual([
    'fr',
    'it-CH',
    'fr',
    'de',
  ]);
  expect(vendor.calls.map(({ http }) => http.headers['x-a'])).toEqual(['b', 'b', 'b', undefined]);
});

test('a service without `is…Alive` says so', async () => {
  const text = wsdlOf().replaceAll('isCatalogServiceAlive', 'ping');
  const vendor = await startVendor({ wsdl: () => xml(text) });
  const catalog = await clientOf(vendor).service('CatalogService');
  expect(await failure(catalog.isAlive())).toMatchObject({
    code: 'INVALID_REQUEST',
    field: 'method',
  });
});

test('a typed service has typed calls', async () => {
  interface CatalogService {
    getCatalog: {
      parameters: { seasonCode?: string; productIds: readonly bigint[] };
      result: { statusCode: string; product: { id: bigint }[] };
    };
    getCatalogDetailed: {
      parameters: Record<string, never>;
      result: { statusCode: string };
    };
  }
  const vendor = await startVendor({
    answer: (request) => success(request, '<product><id>5</id></product>'),
  });
  const catalog = await clientOf(vendor).service<CatalogService>('CatalogService');
  const { product } = await catalog.call('getCatalog', { productIds: [1n] });
  const id: bigint | undefined = product[0]?.id;
  expect(id).toBe(5n);
  await catalog.call('getCatalogDetailed');
  const operation = await catalog.start('getCatalog', { productIds: [] }, { locale: 'fr' });
  expect((await operation.result()).product).toHaveLength(1);
  const wrong = async () => {
    // @ts-expect-error A parameter that is required.
    await catalog.call('getCatalog');
    // @ts-expect-error A parameter of another type.
    await catalog.call('getCatalog', { productIds: [1] });
    // @ts-expect-error A method that there is not.
    await catalog.call('getCatalogue');
    // @ts-expect-error A parameter that there is not.
    await catalog.call('getCatalogDetailed', { scope: 'x' });
  };
  expect(await failure(wrong())).toMatchObject({ code: 'INVALID_REQUEST' });
});
