import { describe, expect, test } from '@jest/globals';
import type { ServiceTarget } from '../src/options.ts';
import { resolveAddress } from '../src/service-address.ts';
import { catalogPath, thrown } from './harness.ts';

const site = { baseUrl: new URL('https://mosa.ws.secutix.com'), wsdl: 'remote' } as const;
const behind = { ...site, baseUrl: new URL('https://gateway.example/secutix/') };
const resolve = (name: unknown, target: ServiceTarget = {}) => resolveAddress(name, target, site);

describe('a service by its name', () => {
  test('in either form is at the address of the newest listed version', () => {
    const address = {
      service: 'CatalogService',
      version: '1.33',
      path: catalogPath(),
      wsdl: { path: catalogPath(), query: 'wsdl' },
    };
    expect(resolve('CatalogService')).toEqual(address);
    expect(resolve('catalogService')).toEqual(address);
  });

  test('has the version, the module and the package that are asked for', () => {
    expect(resolve('CatalogService', { version: '1.16' }).path).toBe(catalogPath('1.16'));
    const target = { version: '2.0', module: 'tnxx', package: 'com.example' };
    expect(resolve('catalogService', target).path).toBe(
      '/tnxx/external-remoting/com.example.v2_0.CatalogService.webservice',
    );
  });

  test('that REST does not have is found in either form, too', () => {
    const { path } = resolve('ExternalCampaignService');
    expect(path).toBe(
      '/tnco/external-remoting/com.secutix.service.campaign.v1_0.ExternalCampaignService.webservice',
    );
    expect(resolve('externalCampaignService').path).toBe(path);
  });

  test('that nobody knows needs to be told where it is', () => {
    const target = { module: 'tnco', package: 'com.secutix.service.voucher', version: '1.0' };
    expect(resolve('voucherService', target)).toEqual({
      service: 'VoucherService',
      version: '1.0',
      path: '/tnco/external-remoting/com.secutix.service.voucher.v1_0.VoucherService.webservice',
      wsdl: {
        path: '/tnco/external-remoting/com.secutix.service.voucher.v1_0.VoucherService.webservice',
        query: 'wsdl',
      },
    });
  });

  test.each<[string, string, ServiceTarget]>([
    ['options.module', 'VoucherService', {}],
    ['options.package', 'VoucherService', { module: 'tnco' }],
    ['options.version', 'VoucherService', { module: 'tnco', package: 'com.x' }],
    // The vendor's pages show neither package nor module of these.
    ['options.package', 'SetupService', {}],
    ['options.module', 'QuestionnaireService', {}],
  ])('%s of %s', async (field, name, target) => {
    const error = await thrown(() => resolve(name, target));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
  });

  test.each([['../x'], ['Catalog Service'], [''], [undefined], [5], ['a/b'], [{}]])(
    '%j is none',
    async (name) => {
      expect(await thrown(() => resolve(name))).toMatchObject({ field: 'service' });
    },
  );
});

describe('a service by its address', () => {
  const base = 'https://mosa.ws.secutix.com';

  test.each(['', '?wsdl', '?WSDL', '?singleWsdl'])('of the vendor’s form, with "%s"', (query) => {
    expect(resolve(`${base}${catalogPath('1.26')}${query}`)).toEqual({
      service: 'CatalogService',
      version: '1.26',
      path: catalogPath('1.26'),
      wsdl: { path: catalogPath('1.26'), query: query.slice(1) || 'wsdl' },
    });
  });

  test('of another form has the name that its WSDL tells', () => {
    expect(resolve(`${base}/services/Orders?wsdl=Orders.wsdl&x=a|b`)).toEqual({
      service: undefined,
      version: undefined,
      path: '/services/Orders',
      wsdl: { path: '/services/Orders', query: 'wsdl=Orders.wsdl&x=a%7Cb' },
    });
  });

  test('of a file at the vendor’s is not where the service is', () => {
    expect(resolve(`${base}/wsdl/Orders.wsdl`)).toMatchObject({
      path: undefined,
      wsdl: { path: '/wsdl/Orders.wsdl', query: '' },
    });
  });

  test('is below the base URL', async () => {
    const inside = resolveAddress('https://gateway.example/secutix/a/b?wsdl', {}, behind);
    expect(inside.wsdl).toEqual({ path: '/a/b', query: 'wsdl' });
    for (const elsewhere of [
      'https://gateway.example/other/a?wsdl',
      'https://gateway.example/secutix2/a?wsdl',
      'https://evil.example/secutix/a?wsdl',
      'http://gateway.example/secutix/a?wsdl',
      'https://gateway.example:8443/secutix/a?wsdl',
      'https://gateway.example@evil.example/secutix/a?wsdl',
      'https://user:word@gateway.example/secutix/a?wsdl',
      'https://gateway.example/secutix/../a?wsdl',
      'https://',
      'ftp://gateway.example/secutix/a',
    ]) {
      const error = await thrown(() => resolveAddress(elsewhere, {}, behind));
      expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'service' });
      expect(error.message).not.toContain('word');
    }
  });

  test('tells all that the options could tell', async () => {
    const error = await thrown(() => resolve(`${base}/a?wsdl`, { version: '1.0' }));
    expect(error).toMatchObject({ field: 'options.version' });
  });
});

describe('a WSDL', () => {
  test('in a file needs no module, and does not decide over the version', () => {
    const wsdl = { file: 'voucher.wsdl' };
    expect(resolve('VoucherService', { wsdl })).toEqual({
      service: 'VoucherService',
      version: undefined,
      path: undefined,
      wsdl,
    });
    const fromClient = resolveAddress('CatalogService', { version: '1.33' }, { ...site, wsdl });
    expect(fromClient).toMatchObject({ version: '1.33', path: catalogPath(), wsdl });
  });

  test('can be elsewhere at the vendor’s', async () => {
    const url = `https://mosa.ws.secutix.com${catalogPath('1.32')}?wsdl`;
    expect(resolve('CatalogService', { wsdl: { url } })).toEqual({
      service: 'CatalogService',
      version: '1.32',
      path: undefined,
      wsdl: { path: catalogPath('1.32'), query: 'wsdl' },
    });
    const error = await thrown(() =>
      resolve('CatalogService', { wsdl: { url: 'https://evil.example/x?wsdl' } }),
    );
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field: 'options.wsdl.url' });
  });
});
