import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { services } from '@vendorkit/secutix-shared';
import { createClientAsync, WSSecurity, type Client } from 'soap';
import { canaries } from '../../../../tooling/canary/secrets.ts';
import { startSecutixSoapEmulator, type SecutixSoapEmulator } from '../../src/testing/index.ts';
import { pathOf } from './hand-written-client.ts';

// An independent client, set up as the vendor's customers set it up.

let emulator: SecutixSoapEmulator;

beforeEach(async () => {
  emulator = await startSecutixSoapEmulator({ password: canaries.password, quota: [] });
});
afterEach(() => emulator.close());

async function connect(path: string): Promise<Client> {
  const client = await createClientAsync(`${emulator.url}${path}?wsdl`, {
    disableCache: true,
    customDeserializer: { long: (text: string) => BigInt(text) },
  });
  const { username, password } = emulator.options;
  const form = { hasTimeStamp: false, hasTokenCreated: false };
  client.setSecurity(new WSSecurity(username, password, form));
  client.addHttpHeader('Accept-Encoding', 'gzip,deflate');
  return client;
}

async function call(service: string, method: string, parameters: object): Promise<unknown> {
  const client = await connect(pathOf(service));
  const [answer] = (await client[`${method}Async`](parameters)) as [Record<string, unknown>];
  return answer;
}

describe('node-soap', () => {
  test.each(
    services.flatMap(({ name, module, soapPackage, versions }) =>
      versions.map((version) => [
        `${name} ${version}`,
        `/${module}/external-remoting/${soapPackage ?? 'com.secutix.anything'}.v${version.replace('.', '_')}.${name}.webservice`,
        name,
      ]),
    ),
  )('reads the WSDL of %s, and calls it', async (_, path, name) => {
    const client = await connect(path);
    const [answer] = (await client[`is${name}AliveAsync`]({})) as [unknown];
    expect(answer).toMatchObject({ WebMethodResult: { statusCode: 'success' } });
  });

  test('gets the catalogue', async () => {
    const answer = await call('CatalogService', 'getCatalog', { seasonCode: '2026' });
    expect(answer).toMatchObject({
      CatalogResult: {
        statusCode: 'success',
        catalogData: {
          seasons: [
            {
              id: 9_007_199_254_740_997n,
              start: new Date('2026-01-01T00:00:00Z'),
              products: expect.arrayContaining([
                expect.objectContaining({ id: 2n ** 63n - 1n, code: 'YEAR' }),
              ]),
            },
          ],
        },
      },
    });
  });

  test('gets a contact, from a WSDL that imports its schema', async () => {
    const parameters = { details: ['GENERAL', 'ADDRESSES'], contactNumber: '333' };
    const answer = await call('ContactInformationPublicService', 'getContactData', parameters);
    expect(answer).toMatchObject({
      ContactDataResult: {
        statusCode: 'success',
        individualContact: { contactId: 9_007_199_254_741_057n, firstName: 'Anna' },
        addresses: [{ town: 'Lausanne' }],
      },
    });
    expect(emulator.state.documentsGiven).toBe(2);
  });

  test('makes an order', async () => {
    const answer = await call('ExternalOrderFacade', 'createOrUpdateOrder', {
      requestId: null,
      pointOfSalesId: '10228505161000',
      orderType: 'SALE',
      purchasersInfo: { contactReference: '333' },
      singleEntryAttributionOperations: [
        {
          operationAttributions: [
            { performanceId: '9007199254760001', audienceSubCategoryId: 306_159_078, quantity: 2 },
          ],
        },
      ],
    });
    expect(answer).toMatchObject({
      OrderUpdateResult: {
        statusCode: 'success',
        expectedException: false,
        orderUpdateData: {
          orderId: 9_007_199_254_740_993n,
          operationDataUpdates: [{ quantity: 2, totalAmount: 60_000n }],
        },
      },
    });
    expect(emulator.state.orders).toMatchObject([{ contactReference: '333' }]);
  });

  test('is refused for the faults it is known for: a Date, a number past 2^53', async () => {
    const flagDate = new Date();
    await expect(call('DataExportService', 'flagItems', { flagDate })).rejects.toThrow(
      'The parameter `flagDate` is not of the type xs:dateTime.',
    );
    const pointOfSalesId = 1e21;
    await expect(
      call('ExternalOrderFacade', 'createOrUpdateOrder', { pointOfSalesId }),
    ).rejects.toThrow('The parameter `pointOfSalesId` is not of the type xs:long.');
  });

  test('may send the timestamp that it sends unless told otherwise', async () => {
    const client = await connect(pathOf('CatalogService'));
    const { username, password } = emulator.options;
    client.setSecurity(new WSSecurity(username, password));
    const [answer] = (await client['isCatalogServiceAliveAsync']({})) as [unknown];
    expect(answer).toMatchObject({ WebMethodResult: { statusCode: 'success' } });
  });
});
