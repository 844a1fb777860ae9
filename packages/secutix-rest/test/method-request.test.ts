import { afterEach, describe, expect, test } from '@jest/globals';
import { services } from '@vendorkit/secutix-shared';
import { startServer, type RunningServer } from '@vendorkit/core/testing';
import { clientOf, closeAll, closeLater, connect, emulate, failure, methodsOf } from './harness.ts';

afterEach(closeAll);

const contacts = 'contactInformationPublicService';

/** A server that says yes to everything. */
async function agree(): Promise<RunningServer> {
  const headers = { 'content-type': 'application/json' };
  const handle = () => ({ status: 200, headers, body: '{"statusCode":"success"}' });
  return closeLater(await startServer({ handle }));
}

describe('the address', () => {
  test('is that of the vendor’s own example', async () => {
    const server = await agree();
    await clientOf(server).call(contacts, 'getContactData', {}, { version: '2.22' });
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /tnco/backend-apis/contactInformationPublicService/v2_22/getContactData',
    ]);
  });

  test('has the prefix of the base URL', async () => {
    const server = await agree();
    const secutix = clientOf(server, { baseUrl: `${server.url}/gateway/secutix/` });
    await secutix.call('catalogService', 'getCatalog');
    expect(server.requests[0]?.path).toBe(
      '/gateway/secutix/tnseb/backend-apis/catalogService/v1_33/getCatalog',
    );
  });

  test.each(
    services.flatMap(({ restName, name, module, versions }) => {
      const version = versions.at(-1);
      return restName === null || module === null || version === undefined
        ? []
        : [{ restName, name, place: `/${module}/backend-apis/${restName}/v${version}` }];
    }),
  )('of $restName is $place, under both of its names', async ({ restName, name, place }) => {
    const server = await agree();
    const secutix = clientOf(server);
    await secutix.call(restName, 'anyMethod');
    await secutix.call(name, 'anyMethod');
    const path = `${place.replace('.', '_')}/anyMethod`;
    expect(server.requests.map((request) => request.path)).toEqual([path, path]);
  });

  test('takes the version and the module from the call, known service or not', async () => {
    const server = await agree();
    const secutix = clientOf(server);
    await secutix.call('catalogService', 'getCatalog', {}, { version: '10.0', module: 'tnxx' });
    await secutix.call('voucherService', 'list', {}, { version: '0.1', module: 'tnai' });
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/tnxx/backend-apis/catalogService/v10_0/getCatalog',
      '/tnai/backend-apis/voucherService/v0_1/list',
    ]);
  });

  test.each([
    ['voucherService', { version: '1.0' }, 'options.module'],
    ['voucherService', { module: 'tnco' }, 'options.version'],
    ['ContactLoginService', { version: '1.0' }, 'options.module'],
  ])('of %s needs more than %j: %s', async (service, options, field) => {
    const server = await agree();
    const error = await failure(clientOf(server).call(service, 'list', {}, options));
    expect(error).toMatchObject({ code: 'INVALID_REQUEST', field, outcome: 'not-sent' });
    expect(server.requests).toEqual([]);
  });

  test('that does not exist is NOT_FOUND, with a hint', async () => {
    const emulator = await emulate();
    const call = connect(emulator).call('catalogService', 'getCatalog', {}, { version: '9.9' });
    expect(await failure(call)).toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      attempts: 1,
      hint: expect.stringContaining('version'),
    });
  });
});

describe('the headers', () => {
  test('are those that the vendor asks for', async () => {
    const emulator = await emulate();
    await connect(emulator).call('catalogService', 'getCatalog');
    const { headers } = emulator.requests[0] ?? {};
    expect(headers).toMatchObject({
      'accept-encoding': 'gzip,deflate',
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: expect.stringMatching(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/),
    });
    expect(headers).not.toHaveProperty('accept-language');
  });

  test('have the language of the client, or of the service, or of the call', async () => {
    const emulator = await emulate();
    const secutix = connect(emulator, { locale: 'fr-CH' });
    const setup = secutix.service('setupService', { locale: 'de' });
    await secutix.call('setupService', 'listSeasons');
    await setup.listSeasons();
    await setup.listSeasons({}, { locale: 'en, fr;q=0.8, *;q=0.1' });
    await secutix.call('setupService', 'listSeasons', {}, { locale: undefined });
    expect(emulator.requests.map(({ headers }) => headers['accept-language'])).toEqual([
      'fr-CH',
      'de',
      'en, fr;q=0.8, *;q=0.1',
      'fr-CH',
    ]);
  });

  test('may be added to', async () => {
    const emulator = await emulate();
    const headers = { 'X-Correlation-Id': 'night-17' };
    await connect(emulator).call('catalogService', 'getCatalog', {}, { headers });
    expect(emulator.requests[0]?.headers['x-correlation-id']).toBe('night-17');
  });
});

describe('the body', () => {
  test('is flat, keeps the vendor’s spellings and leaves out what is undefined', async () => {
    const server = await agree();
    await clientOf(server).call('setupService', 'createOrUpdateProduct', {
      unitAmoung: 40_000n,
      state: 'ABANDONNED',
      preferedAreas: ['COMPLETTE'],
      absent: undefined,
      empty: null,
    });
    expect(server.requests[0]?.text).toBe(
      '{"unitAmoung":40000,"state":"ABANDONNED","preferedAreas":["COMPLETTE"],"empty":null}',
    );
  });

  test('is an empty object without parameters', async () => {
    const server = await agree();
    const secutix = clientOf(server);
    await secutix.call('catalogService', 'getCatalog');
    await secutix.call('catalogService', 'getCatalog', undefined, undefined);
    await secutix.call(
      'catalogService',
      'getCatalog',
      Object.create(null) as Record<string, unknown>,
    );
    expect(server.requests.map(({ text }) => text)).toEqual(['{}', '{}', '{}']);
  });
});

test('the answer keeps what nobody knew of, compressed or not, whatever Content-Encoding says', async () => {
  for (const contentEncoding of ['gzip', 'UTF-8', 'UTF-8, gzip'] as const) {
    const emulator = await emulate({
      contentEncoding,
      methods: { 'catalogService.getCatalog': () => ({ novelty: { weekday: 'SAMEDI' } }) },
    });
    expect(await connect(emulator).call('catalogService', 'getCatalog')).toEqual({
      statusCode: 'success',
      statusDetail: null,
      requestId: null,
      novelty: { weekday: 'SAMEDI' },
    });
  }
});

test('withResponse tells of the answer', async () => {
  const emulator = await emulate();
  const call = connect(emulator).call(contacts, 'getContactData', { contactNumber: '333' });
  const { data, response } = await call.withResponse();
  expect(data).toEqual(await call);
  expect(response).toMatchObject({ status: 200, attempts: 1, requestId: undefined });
  expect(response.headers['content-type']).toBe('application/json');
  expect(methodsOf(emulator)).toEqual(['getContactData']);
});
