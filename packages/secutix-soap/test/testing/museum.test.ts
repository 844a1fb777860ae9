import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VirtualClock } from '@vendorkit/core/testing';
import { startSecutixSoapEmulator, type SecutixSoapEmulator } from '../../src/testing/index.ts';
import { ask, call, faultOf, type Deviations } from './hand-written-client.ts';

let clock: VirtualClock;
let emulator: SecutixSoapEmulator;

beforeEach(async () => {
  clock = new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
  emulator = await startSecutixSoapEmulator({ clock, quota: [] });
});
afterEach(() => emulator.close());

const createOrUpdate = 'ExternalOrderFacade.createOrUpdateOrder';
const night = '9007199254760001';
const light = '9007199254740993';
const full = '306159078';
const firstOrder = '9007199254740993';

/** An order of tickets for the night at the museum. */
function nightOrder(
  quantity: number,
  { orderId = '', performanceId = night, contact = '333', pos = '10228505161000' } = {},
): string {
  return [
    `<pointOfSalesId>${pos}</pointOfSalesId>`,
    orderId === '' ? '' : `<orderId>${orderId}</orderId>`,
    '<orderType>SALE</orderType>',
    `<purchasersInfo><contactReference>${contact}</contactReference></purchasersInfo>`,
    '<singleEntryAttributionOperations><operationAttributions>',
    `<audienceSubCategoryId>${full}</audienceSubCategoryId><quantity>${quantity}</quantity>`,
    `<performanceId>${performanceId}</performanceId>`,
    '</operationAttributions></singleEntryAttributionOperations>',
  ].join('');
}

const success = { statusCode: 'success', statusDetail: null, requestId: null };

describe('the catalogue', () => {
  test('has seasons, products and multilingual names', async () => {
    expect(await ask(emulator, 'CatalogService.getCatalog')).toMatchObject({
      ...success,
      catalogData: {
        seasons: {
          code: '2026',
          products: expect.arrayContaining([
            expect.objectContaining({
              id: light,
              code: 'LIGHT',
              productFamilyType: 'SINGLE_ENTRY',
              externalName: {
                translations: expect.arrayContaining([{ locale: 'fr', value: 'Ombre et lumière' }]),
              },
            }),
          ]),
        },
      },
    });
  });

  test('in detail has dates and prices in thousandths', async () => {
    const parameters = '<productCode>LIGHT</productCode>';
    const answer = await ask(emulator, 'CatalogService.getCatalogDetailed', parameters);
    expect(answer).toMatchObject({
      catalogData: {
        seasons: {
          products: {
            event: {
              performances: expect.arrayContaining([
                expect.objectContaining({
                  id: '9007199254750002',
                  start: '2026-07-02T10:00:00.000+00:00',
                  duration: '90',
                  prices: expect.arrayContaining([expect.objectContaining({ amount: '22500' })]),
                }),
              ]),
            },
          },
        },
      },
    });
  });

  test('in detail names its result otherwise than without', async () => {
    const detailed = await call(emulator, 'CatalogService.getCatalogDetailed');
    expect(detailed.text).toContain('<CatalogResultDetailed>');
    const { text } = await call(emulator, 'CatalogService.getCatalog');
    expect(text).toContain('<CatalogResult>');
    expect(text).not.toContain('performances');
  });

  test.each([
    ['', '2026'],
    ['<scope>EXTENDED</scope>', ['2026', '2027']],
    ['<seasonCode>2027</seasonCode><scope>EXTENDED</scope>', '2027'],
  ])('asked for with %j has the seasons %j', async (parameters, codes) => {
    const answer = await ask(emulator, 'CatalogService.getCatalogDetailed', parameters);
    const { seasons } = (answer as { catalogData: { seasons: { code: string } } }).catalogData;
    const found = Array.isArray(seasons) ? seasons.map(({ code }) => code) : seasons.code;
    expect(found).toEqual(codes);
  });

  test('belongs to a point of sale', async () => {
    expect(await ask(emulator, 'CatalogService.getPOSConfig')).toMatchObject({
      posConfigData: {
        posId: '10228505161000',
        currencyCode: 'CHF',
        languageList: ['fr', 'de', 'en'],
      },
    });
  });
});

describe('the setup', () => {
  test('lists seasons without what the vendor leaves empty', async () => {
    const { text } = await call(emulator, 'SetupService.listSeasons');
    expect(text).toContain('<SeasonsResult>');
    expect(text).toContain('<id>9007199254740997</id>');
    expect(text).not.toContain('<priceLevels>');
  });

  test('tells the levels of a season', async () => {
    const levels = 'SetupService.listPriceLevels';
    const season = (id: string) => `<seasonId>${id}</seasonId>`;
    expect(await ask(emulator, levels, season('9007199254740997'))).toMatchObject({
      priceLevels: { id: '4611686018427387905' },
    });
    // One less, as a floating-point number would have it.
    expect(await ask(emulator, levels, season('9007199254740996'))).toEqual(success);
  });

  test('finds products page by page', async () => {
    const page = (first: number) =>
      ask(
        emulator,
        'SetupService.searchProductsByCriteria',
        `<searchProductsCriteria><productFamilyTypes>SINGLE_ENTRY</productFamilyTypes></searchProductsCriteria>
         <minIndex>${first}</minIndex><nbMaxResults>2</nbMaxResults>`,
      );
    expect(await page(0)).toMatchObject({ products: [{ code: 'COLLECTION' }, { code: 'LIGHT' }] });
    expect(await page(2)).toMatchObject({ products: [{ code: 'NIGHT' }, { code: 'COLLECTION' }] });
    expect(await page(4)).toEqual(success);
  });
});

describe('small questions', () => {
  const criteria = `<productIds>9007199254740995</productIds><productIds>${2n ** 63n - 1n}</productIds>`;

  test.each([
    ['CatalogService.getLastSetupUpdate', '', { lastSetupUpdate: expect.stringContaining('T') }],
    ['SetupService.listVatCodes', '', { vatCodes: [{ currentRate: '2600' }, { id: '2102' }] }],
    [
      'SetupService.listAudienceSubCategories',
      '<seasonId>9007199254740997</seasonId>',
      {
        audienceSubCategories: [{ code: 'FULL', crossSeatCategory: 'false' }, {}, {}],
      },
    ],
    ['ExternalAccessControlService.getTimeZone', '', { timeZone: 'Europe/Zurich' }],
    ['DataExportService.getAvailableExports', '', { exports: { exportKey: 'VISITORS' } }],
    [
      'AvailabilityService.getProductAvailability',
      criteria,
      {
        productAvailabilityData: [
          { quantity: '12' },
          { productId: '9223372036854775807', quantity: '400' },
        ],
      },
    ],
    [
      'AvailabilityService.getEventAvailability',
      `<performanceIds>${night}</performanceIds>`,
      {
        eventAvailabilityData: { availabilityLevel: 'GOOD' },
      },
    ],
  ])('%s is answered', async (operation, parameters, answer) => {
    expect(await ask(emulator, operation, parameters)).toMatchObject({ ...success, ...answer });
  });
});

describe('the contacts', () => {
  const getContactData = 'ContactInformationPublicService.getContactData';

  test('are 160, and each has an id above 2^53', async () => {
    expect(emulator.state.contacts).toBe(160);
    const answer = await ask(emulator, getContactData, '<contactNumber>333</contactNumber>');
    expect(answer).toMatchObject({
      ...success,
      contactNumber: '333',
      individualContact: { contactId: '9007199254741057', birthDate: '1982-06-15' },
      communicationMeans: { kind: 'EMAIL' },
      contactCriteria: { value: 'true' },
      balanceAmount: expect.stringMatching(/^-?\d+$/),
    });
  });

  test('show the parts that were asked for', async () => {
    const details = '<contactNumber>333</contactNumber><details>ADDRESSES</details>';
    const answer = await ask(emulator, getContactData, details);
    expect(answer).toMatchObject({ addresses: { countryCode: 'CH' } });
    expect(answer).not.toHaveProperty('individualContact');
  });

  test.each(['', '<contactNumber>1</contactNumber>', '<contactNumber/>'])(
    'are refused when asked for by %j',
    async (parameters) => {
      expect(await ask(emulator, getContactData, parameters)).toMatchObject({
        statusCode: 'error.contact.unknown',
        statusDetail: expect.any(String),
        requestId: null,
      });
    },
  );

  test('can be searched, and made', async () => {
    const lovelace = '<firstName>Ada</firstName><lastName>Lovelace</lastName>';
    const made = await ask(
      emulator,
      'ContactInformationPublicService.createCulturalContact',
      `<contactDataList>${lovelace}</contactDataList>`,
    );
    expect(made).toMatchObject({ contacts: { contactNumber: '100161' } });
    expect(
      await ask(
        emulator,
        'ContactInformationPublicService.searchContact',
        '<lastName>lovelace</lastName>',
      ),
    ).toMatchObject({ contacts: { firstName: 'Ada', contactNumber: '100161' }, total: '1' });
    expect(emulator.state.contacts).toBe(161);
  });
});

describe('orders', () => {
  test('are made, shown, referred to and closed', async () => {
    expect(await ask(emulator, createOrUpdate, nightOrder(2))).toMatchObject({
      ...success,
      expectedException: 'false',
      statusMessage: null,
      orderUpdateData: {
        orderId: firstOrder,
        orderState: 'PENDING',
        operationDataUpdates: { quantity: '2', unitPrice: '30000', totalAmount: '60000' },
        movementDataUpdates: [{}, {}],
      },
    });
    const service = 'ExternalOrderService';
    const id = `<id>${firstOrder}</id><externalReferenceKind>ORDER</externalReferenceKind>`;
    const reference = '<externalReference><key>night</key><value>A-17</value></externalReference>';
    await ask(emulator, `${service}.updateExternalReferences`, `${id}${reference}`);
    expect(await ask(emulator, `${service}.getExternalReference`, id)).toMatchObject({
      externalReferences: {
        id: firstOrder,
        externalReferences: { key: 'night', value: 'A-17' },
      },
    });
    const orderId = `<orderId>${firstOrder}</orderId>`;
    await ask(
      emulator,
      `${service}.closeOrder`,
      `${orderId}<generateBarCodes>true</generateBarCodes>`,
    );
    expect(await ask(emulator, `${service}.getOrderDetails`, orderId)).toMatchObject({
      orderDetailsData: { orderState: 'COMPLETE', saleAmount: '60000', contactReference: '333' },
    });
    expect(emulator.state.orders).toMatchObject([{ orderState: 'COMPLETE' }]);
  });

  test('stand in files, which an order’s secret leads to', async () => {
    await ask(emulator, createOrUpdate, nightOrder(1));
    const [order] = emulator.state.orders;
    const found = {
      fileDetailsData: { fileId: String(order?.fileId) },
      orderDetailsDatas: { orderId: firstOrder },
    };
    const bySecret = `<orderSecretId>${order?.orderSecretId}</orderSecretId>`;
    const fromSecret = 'ExternalOrderService.getFileDetailsFromOrderSecretId';
    expect(await ask(emulator, fromSecret, bySecret)).toMatchObject(found);
    const getFileDetails = 'ExternalOrderService.getFileDetails';
    const byId = `<fileId>${order?.fileId}</fileId>`;
    expect(await ask(emulator, getFileDetails, byId)).toMatchObject(found);
    expect(await ask(emulator, getFileDetails, '<fileId>1</fileId>')).toMatchObject({
      statusCode: 'error.order.unknown',
    });
  });

  test('of nothing at all are malformed', async () => {
    const { status, text } = await call(emulator, createOrUpdate, nightOrder(0));
    expect(status).toBe(500);
    expect(faultOf(text)).toMatchObject({ faultcode: 'S:Client', detail: '' });
  });

  test('with an orderId are changed, and give back what they held', async () => {
    await ask(emulator, createOrUpdate, nightOrder(12));
    await ask(emulator, createOrUpdate, nightOrder(5, { orderId: firstOrder }));
    expect(emulator.state.orders).toHaveLength(1);
    expect(await ask(emulator, createOrUpdate, nightOrder(8))).toMatchObject({
      statusCode: 'error.order.availability',
      expectedException: 'true',
      statusMessage: 'Sold out.',
    });
    expect(await ask(emulator, createOrUpdate, nightOrder(7))).toMatchObject(success);
  });

  test.each([
    ['error.contact.unknown', { contact: '1' }],
    ['error.pointOfSales.unknown', { pos: '10228505161001' }],
    ['error.order.item', { performanceId: '9007199254760002' }],
    ['error.order.unknown', { orderId: '9007199254740992' }],
  ])('are refused with %s', async (statusCode, change) => {
    expect(await ask(emulator, createOrUpdate, nightOrder(1, change))).toMatchObject({
      statusCode,
    });
    expect(emulator.state.orders).toEqual([]);
  });

  test.each([
    ['de-CH,de;q=0.9', 'Museumsnacht'],
    ['ja, en;q=0.5, de;q=0.4', 'Night at the museum'],
    [null, 'La nuit des musées'],
  ])('name their products for Accept-Language %j', async (language, product) => {
    const deviations: Deviations = { headers: { 'accept-language': language } };
    expect(await ask(emulator, createOrUpdate, nightOrder(1), deviations)).toMatchObject({
      orderUpdateData: { operationDataUpdates: { product } },
    });
  });

  test('become tickets when they are closed', async () => {
    const dates =
      '<startDate>2026-03-01T00:00:00Z</startDate><endDate>2026-03-02T00:00:00+01:00</endDate>';
    const list = async (criteria: string) =>
      ask(
        emulator,
        'ExternalOrderHistoryService.listTicketsByCriteria',
        `<ticketFilterCriteria>${criteria}</ticketFilterCriteria>
         <paginationParameter><maxResult>2</maxResult></paginationParameter>`,
      );
    await ask(emulator, createOrUpdate, nightOrder(3));
    expect(await list(dates)).toEqual({ ...success, truncated: 'false' });
    const orderId = `<orderId>${firstOrder}</orderId>`;
    await ask(emulator, 'ExternalOrderService.closeOrder', orderId);
    expect(await list(dates)).toMatchObject({
      truncated: 'true',
      ticketSummaries: [{ ticketState: 'VALID', price: '30000' }, { performanceId: night }],
    });
    expect(await list('')).toMatchObject({ statusCode: 'error.parameter.missing' });
    expect(
      await ask(emulator, 'ExternalOrderHistoryService.countFilesByCriteria', dates),
    ).toMatchObject({ count: '1' });
  });
});

describe('availability', () => {
  test('changes with orders, and says so', async () => {
    const updates = (since: string) =>
      ask(
        emulator,
        'AvailabilityService.getUpdatedAvailabilities',
        `<productIds>9007199254740995</productIds><referenceDate>${since}</referenceDate>`,
      );
    await clock.advance(60_000);
    await ask(emulator, createOrUpdate, nightOrder(2));
    expect(await updates('2026-03-01T12:00:30Z')).toMatchObject({
      availabilityUpdateData: {
        productId: '9007199254740995',
        lastUpdate: '2026-03-01T12:01:00.500+00:00',
      },
    });
    expect(await updates('2026-03-01T12:02:00Z')).toEqual(success);
    expect(
      await ask(
        emulator,
        'AvailabilityService.getPerformanceAvailability',
        `<performanceIds>${night}</performanceIds>`,
      ),
    ).toMatchObject({ performanceAvailabilityData: { performanceId: night, quantity: '10' } });
  });
});

describe('exports', () => {
  test('have rows whose dates have no zone', async () => {
    const parameters = '<exportKey>VISITORS</exportKey><nbMaxResults>1</nbMaxResults>';
    expect(await ask(emulator, 'DataExportService.executeExport', parameters)).toMatchObject({
      rows: { id: '9007199254740993', visitDate: '2026-01-01 09:30:00' },
    });
  });

  test('can be flagged, and unflagged', async () => {
    const elements =
      '<elementsIds>1</elementsIds><elementsIds>2</elementsIds><itemKind>VISIT</itemKind>';
    const service = 'DataExportService';
    expect(await ask(emulator, `${service}.flagItems`, elements)).toEqual(success);
    await ask(emulator, `${service}.unFlagItems`, '<elementsIds>2</elementsIds>');
    expect(await ask(emulator, `${service}.getFlaggingStatus`, elements)).toMatchObject({
      flaggingStatus: [
        { id: '1', flagDate: '2026-03-01 12:00:00' },
        { id: '2', flagDate: null },
      ],
    });
  });
});

describe('campaigns, which REST does not have,', () => {
  test('are aimed at contacts', async () => {
    const target =
      '<code>NIGHT</code><contactNumbers>301</contactNumbers><contactNumbers>302</contactNumbers>';
    const made = await ask(emulator, 'ExternalCampaignService.createOrUpdateTarget', target);
    const { campaignTargetId } = made as { campaignTargetId: string };
    const details = 'ExternalCampaignService.getCampaignTargetDetails';
    const byId = `<campaignTargetId>${campaignTargetId}</campaignTargetId>`;
    expect(await ask(emulator, details, byId)).toMatchObject({
      campaignTarget: { code: 'NIGHT', internalName: null, contactNumbers: ['301', '302'] },
    });
  });
});
