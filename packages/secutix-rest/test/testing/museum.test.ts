import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseJson } from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import { isLongField } from '@vendorkit/secutix-shared';
import { startSecutixRestEmulator, type SecutixRestEmulator } from '../../src/testing/index.ts';
import { call, type Deviations } from './hand-written-client.ts';

let clock: VirtualClock;
let emulator: SecutixRestEmulator;

beforeEach(async () => {
  clock = new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
  emulator = await startSecutixRestEmulator({ clock, quota: [] });
});
afterEach(() => emulator.close());

/** An answer with its integers exact. The body is a text, so that a test writes exact ones too. */
async function ask(operation: string, body = '{}', deviations: Deviations = {}): Promise<unknown> {
  const { status, text } = await call(emulator, operation, {}, { ...deviations, body });
  expect(status).toBe(200);
  return parseJson(text, { isLong: isLongField });
}

const createOrUpdate = 'externalOrderFacade.createOrUpdateOrder';
const night = '9007199254760001';
const full = '306159078';

/** An order of tickets for the night at the museum, in the text of its request. */
function nightOrder(quantity: number, more = ''): string {
  return `{"pointOfSalesId":10228505161000,"orderType":"SALE","purchasersInfo":{"contactReference":"333"},
    "singleEntryAttributionOperations":[{"operationAttributions":[
      {"performanceId":${night},"audienceSubCategoryId":${full},"quantity":${quantity}}]}]${more}}`;
}

/** Two of the dated products, from the one with this index on. */
async function productPage(first: number): Promise<unknown> {
  const criteria = '"searchProductsCriteria":{"productFamilyTypes":["SINGLE_ENTRY"]}';
  const body = `{${criteria},"minIndex":${first},"nbMaxResults":2}`;
  return ask('setupService.searchProductsByCriteria', body);
}

describe('the catalogue', () => {
  test('has seasons, products and multilingual names', async () => {
    expect(await ask('catalogService.getCatalog')).toMatchObject({
      statusCode: 'success',
      catalogData: {
        seasons: [
          {
            code: '2026',
            products: expect.arrayContaining([
              expect.objectContaining({
                id: 9_007_199_254_740_993n,
                code: 'LIGHT',
                externalName: {
                  translations: expect.arrayContaining([
                    { locale: 'fr', value: 'Ombre et lumière' },
                  ]),
                },
              }),
            ]),
          },
        ],
      },
    });
  });

  test('in detail has dates and prices in thousandths', async () => {
    const parameters = '{"productCode":"LIGHT"}';
    expect(await ask('catalogService.getCatalogDetailed', parameters)).toMatchObject({
      catalogData: {
        seasons: [
          {
            products: [
              {
                event: {
                  performances: expect.arrayContaining([
                    expect.objectContaining({
                      id: 9_007_199_254_750_002n,
                      start: '2026-07-02T10:00:00.000+00:00',
                      prices: expect.arrayContaining([
                        expect.objectContaining({ amount: 22_500n }),
                      ]),
                    }),
                  ]),
                },
              },
            ],
          },
        ],
      },
    });
  });

  test('without detail has neither', async () => {
    const { text } = await call(emulator, 'catalogService.getCatalog', { productCode: 'LIGHT' });
    expect(text).not.toContain('performances');
    expect(text).not.toContain('"amount"');
  });

  test.each([
    ['{}', ['2026']],
    ['{"scope":"EXTENDED"}', ['2026', '2027']],
    ['{"scope":"EXTENDED","seasonCode":"2027"}', ['2027']],
    ['{"seasonCode":"1999"}', []],
  ])('asked for with %s has the seasons %j', async (parameters, codes) => {
    const answer = await ask('catalogService.getCatalogDetailed', parameters);
    const { seasons } = (answer as { catalogData: { seasons: Array<{ code: string }> } })
      .catalogData;
    expect(seasons.map(({ code }) => code)).toEqual(codes);
  });

  test('belongs to a point of sale', async () => {
    expect(await ask('catalogService.getPOSConfig')).toMatchObject({
      posConfigData: { posId: 10_228_505_161_000n, currencyCode: 'CHF', mainLanguage: 'fr' },
    });
  });
});

describe('the setup', () => {
  test('lists seasons without what the vendor leaves empty', async () => {
    expect(await ask('setupService.listSeasons')).toMatchObject({
      seasons: [
        { id: 9_007_199_254_740_997n, priceLevels: [], audienceCategories: [] },
        { id: 9_007_199_254_740_999n },
      ],
    });
  });

  test('tells the levels and the visitors of a season', async () => {
    const season = '{"seasonId":9007199254740997}';
    expect(await ask('setupService.listPriceLevels', season)).toMatchObject({
      priceLevels: [{ id: 4_611_686_018_427_387_905n }],
    });
    expect(await ask('setupService.listAudienceSubCategories', season)).toMatchObject({
      audienceSubCategories: [{ code: 'FULL' }, { code: 'REDUCED' }, { code: 'FREE' }],
    });
    // One digit less, as a floating-point number would have it.
    expect(
      await ask('setupService.listPriceLevels', '{"seasonId":9007199254740996}'),
    ).toMatchObject({
      priceLevels: [],
    });
  });

  test('finds products page by page', async () => {
    expect(await productPage(0)).toMatchObject({
      products: [{ code: 'COLLECTION' }, { code: 'LIGHT' }],
    });
    expect(await productPage(2)).toMatchObject({
      products: [{ code: 'NIGHT' }, { code: 'COLLECTION' }],
    });
    expect(await productPage(4)).toMatchObject({ products: [] });
  });
});

describe('small questions', () => {
  test.each([
    ['catalogService.getLastSetupUpdate', '{}', { lastSetupUpdate: expect.stringContaining('T') }],
    ['setupService.listVatCodes', '{}', { vatCodes: [{ currentRate: 2600 }, { id: 2102n }] }],
    ['externalAccessControlService.getTimeZone', '{}', { timeZone: 'Europe/Zurich' }],
    ['dataExportService.getAvailableExports', '{}', { exports: [{ exportKey: 'VISITORS' }] }],
    [
      'availabilityService.getProductAvailability',
      '{"productIds":[9007199254740995,9223372036854775807]}',
      { productAvailabilityData: [{ quantity: 12 }, { productId: 2n ** 63n - 1n, quantity: 400 }] },
    ],
  ])('%s is answered', async (operation, body, answer) => {
    expect(await ask(operation, body)).toMatchObject({ statusCode: 'success', ...answer });
  });
});

describe('the contacts', () => {
  const getContactData = 'contactInformationPublicService.getContactData';

  test('are 160, and each has an id above 2^53', async () => {
    expect(emulator.state.contacts).toBe(160);
    expect(await ask(getContactData, '{"contactNumber":"333"}')).toMatchObject({
      contactNumber: '333',
      individualContact: { contactId: 9_007_199_254_741_057n, contactNumber: '333' },
      balanceAmount: expect.anything(),
    });
  });

  test('show the parts that were asked for', async () => {
    const answer = await ask(getContactData, '{"contactNumber":333,"details":["ADDRESSES"]}');
    expect(answer).toMatchObject({ addresses: [{ countryCode: 'CH' }] });
    expect(answer).not.toHaveProperty('individualContact');
  });

  test.each(['{}', '{"contactNumber":"1"}', '{"contactNumber":null}'])(
    'are refused when asked for by %s',
    async (parameters) => {
      expect(await ask(getContactData, parameters)).toMatchObject({
        statusCode: 'error.contact.unknown',
        statusDetail: expect.any(String),
      });
    },
  );

  test('can be searched, and made', async () => {
    const create = 'contactInformationPublicService.createCulturalContact';
    const search = 'contactInformationPublicService.searchContact';
    const made = await ask(
      create,
      '{"contactDataList":[{"firstName":"Ada","lastName":"Lovelace"}]}',
    );
    expect(made).toMatchObject({ contacts: [{ contactNumber: '100161' }] });
    expect(await ask(search, '{"lastName":"lovelace"}')).toMatchObject({
      contacts: [{ firstName: 'Ada', contactNumber: '100161' }],
      total: 1,
    });
    expect(emulator.state.contacts).toBe(161);
  });
});

describe('orders', () => {
  test('are made, shown, referred to and closed', async () => {
    expect(await ask(createOrUpdate, nightOrder(2))).toMatchObject({
      statusCode: 'success',
      expectedException: false,
      orderUpdateData: {
        orderId: 9_007_199_254_740_993n,
        orderState: 'PENDING',
        operationDataUpdates: [{ quantity: 2, unitPrice: 30_000n, totalAmount: 60_000n }],
        movementDataUpdates: [{}, {}],
      },
    });
    const id = '9007199254740993';
    await ask(
      'externalOrderService.updateExternalReferences',
      `{"id":${id},"externalReferenceKind":"ORDER","externalReference":{"key":"night","value":"A-17"}}`,
    );
    expect(await ask('externalOrderService.getExternalReference', `{"id":${id}}`)).toMatchObject({
      externalReferences: { id: BigInt(id), externalReferences: [{ key: 'night', value: 'A-17' }] },
    });
    await ask('externalOrderService.closeOrder', `{"orderId":${id}}`);
    expect(await ask('externalOrderService.getOrderDetails', `{"orderId":${id}}`)).toMatchObject({
      orderDetailsData: { orderState: 'COMPLETE', saleAmount: 60_000n, contactReference: '333' },
    });
  });

  test('stand in files, which an order’s secret leads to', async () => {
    await ask(createOrUpdate, nightOrder(1));
    const [order] = emulator.state.orders;
    const found = {
      fileDetailsData: { fileId: order?.fileId },
      orderDetailsDatas: [{ orderId: order?.orderId }],
    };
    const bySecret = `{"orderSecretId":"${order?.orderSecretId}"}`;
    const fromSecret = 'externalOrderService.getFileDetailsFromOrderSecretId';
    expect(await ask(fromSecret, bySecret)).toMatchObject(found);
    const byId = `{"fileId":${order?.fileId}}`;
    expect(await ask('externalOrderService.getFileDetails', byId)).toMatchObject(found);
    expect(await ask('externalOrderService.getFileDetails', '{"fileId":1}')).toMatchObject({
      statusCode: 'error.order.unknown',
    });
  });

  test('of nothing at all are malformed', async () => {
    const { status } = await call(emulator, createOrUpdate, {}, { body: nightOrder(0) });
    expect(status).toBe(400);
  });

  test('without an orderId are new each time, the same reference or not', async () => {
    const order = nightOrder(1, ',"externalReference":{"key":"night","value":"A-17"}');
    await ask(createOrUpdate, order);
    await ask(createOrUpdate, order);
    expect(emulator.state.orders.map(({ orderId }) => orderId)).toEqual([
      9_007_199_254_740_993n,
      9_007_199_255_740_993n,
    ]);
  });

  test('with an orderId are changed, and give back what they held', async () => {
    await ask(createOrUpdate, nightOrder(12));
    await ask(createOrUpdate, nightOrder(5, ',"orderId":9007199254740993'));
    expect(emulator.state.orders).toHaveLength(1);
    expect(await ask(createOrUpdate, nightOrder(7))).toMatchObject({ statusCode: 'success' });
    expect(await ask(createOrUpdate, nightOrder(1))).toMatchObject({
      statusCode: 'error.order.availability',
    });
  });

  test('keep what they held when a change of them is refused', async () => {
    await ask(createOrUpdate, nightOrder(12));
    expect(await ask(createOrUpdate, nightOrder(13, ',"orderId":9007199254740993'))).toMatchObject({
      statusCode: 'error.order.availability',
    });
    expect(await ask(createOrUpdate, nightOrder(1))).toMatchObject({
      statusCode: 'error.order.availability',
    });
  });

  test('of something sold out are refused as one must expect, and take nothing', async () => {
    expect(await ask(createOrUpdate, nightOrder(13))).toMatchObject({
      statusCode: 'error.order.availability',
      expectedException: true,
      statusMessage: 'Sold out.',
    });
    expect(emulator.state.orders).toEqual([]);
    expect(await ask(createOrUpdate, nightOrder(12))).toMatchObject({ statusCode: 'success' });
  });

  test.each([
    ['error.contact.unknown', nightOrder(1).replace('"333"', '"1"')],
    ['error.pointOfSales.unknown', nightOrder(1).replace('10228505161000', '10228505161001')],
    ['error.order.item', nightOrder(1).replace(night, '9007199254760002')],
    ['error.order.item', nightOrder(1).replace(full, '1')],
    ['error.order.unknown', nightOrder(1, ',"orderId":9007199254740992')],
  ])('are refused with %s', async (statusCode, order) => {
    expect(await ask(createOrUpdate, order)).toMatchObject({ statusCode });
    expect(emulator.state.orders).toEqual([]);
  });

  test('that were closed cannot be changed', async () => {
    await ask(createOrUpdate, nightOrder(1));
    await ask('externalOrderService.closeOrder', '{"orderId":9007199254740993}');
    expect(await ask(createOrUpdate, nightOrder(2, ',"orderId":9007199254740993'))).toMatchObject({
      statusCode: 'error.order.unknown',
    });
  });

  test.each([
    ['de-CH,de;q=0.9', 'Museumsnacht'],
    ['ja, en;q=0.5, de;q=0.4', 'Night at the museum'],
    ['*', 'La nuit des musées'],
    [null, 'La nuit des musées'],
  ])('name their products for Accept-Language %j', async (language, product) => {
    const headers = { 'accept-language': language };
    expect(await ask(createOrUpdate, nightOrder(1), { headers })).toMatchObject({
      orderUpdateData: { operationDataUpdates: [{ product }] },
    });
  });

  test('become tickets when they are closed', async () => {
    const list = 'externalOrderHistoryService.listTicketsByCriteria';
    const dates = '"startDate":"2026-03-01T00:00:00Z","endDate":"2026-03-02T00:00:00Z"';
    const criteria = `{"ticketFilterCriteria":{${dates}},"paginationParameter":{"maxResult":2}}`;
    await ask(createOrUpdate, nightOrder(3));
    expect(await ask(list, criteria)).toMatchObject({ truncated: false, ticketSummaries: [] });
    await ask('externalOrderService.closeOrder', '{"orderId":9007199254740993}');
    expect(await ask(list, criteria)).toMatchObject({
      truncated: true,
      ticketSummaries: [{ ticketState: 'VALID', price: 30_000n }, { performanceId: BigInt(night) }],
    });
    expect(await ask(list)).toMatchObject({ statusCode: 'error.parameter.missing' });
    const count = 'externalOrderHistoryService.countFilesByCriteria';
    expect(await ask(count, `{${dates}}`)).toMatchObject({ count: 1 });
    expect(await ask(count, '{"endDate":"2026-02-01"}')).toMatchObject({ count: 0 });
  });
});

describe('availability', () => {
  test('changes with orders, and says so', async () => {
    const updates = (since: string) =>
      ask(
        'availabilityService.getUpdatedAvailabilities',
        `{"productIds":[9007199254740995,9007199254740993],"referenceDate":"${since}"}`,
      );
    await clock.advance(60_000);
    await ask(createOrUpdate, nightOrder(2));
    expect(await updates('2026-03-01T12:01:00Z')).toMatchObject({
      availabilityUpdateData: [
        { productId: 9_007_199_254_740_995n, lastUpdate: '2026-03-01T12:01:00.500+00:00' },
      ],
    });
    expect(
      await ask('availabilityService.getEventAvailability', `{"performanceIds":[${night}]}`),
    ).toMatchObject({ eventAvailabilityData: [{ performanceId: BigInt(night), quantity: 10 }] });
  });
});

describe('exports', () => {
  test('have rows with dates without a zone', async () => {
    const body = '{"exportKey":"VISITORS","nbMaxResults":5000}';
    const answer = await ask('dataExportService.executeExport', body);
    const { rows } = answer as { rows: Array<{ visitDate: string }> };
    expect(rows).toHaveLength(60);
    expect(rows[0]?.visitDate).toBe('2026-01-01 09:30:00');
  });

  test('remember which rows were taken', async () => {
    const elements = '{"elementsIds":[9007199254740993],"flagDate":"2026-03-01 00:00:00"}';
    await ask('dataExportService.flagItems', elements);
    expect(await ask('dataExportService.getFlaggingStatus', elements)).toMatchObject({
      flaggingStatus: [{ id: 9_007_199_254_740_993n, flagDate: '2026-03-01 00:00:00' }],
    });
    await ask('dataExportService.unFlagItems', elements);
    expect(await ask('dataExportService.getFlaggingStatus', elements)).toMatchObject({
      flaggingStatus: [{ flagDate: null }],
    });
  });

  test('that are not known are refused', async () => {
    expect(await ask('dataExportService.executeExport', '{"exportKey":"X"}')).toMatchObject({
      statusCode: 'error.export.unknown',
    });
  });
});
