import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parseJson } from '@vendorkit/core';
import { VirtualClock } from '@vendorkit/core/testing';
import { isLongField } from '@vendorkit/secutix-shared';
import { startSecutixRestEmulator, type SecutixRestEmulator } from '../../src/testing/index.ts';
import { call, type Deviations } from './hand-written-client.ts';

let emulator: SecutixRestEmulator;

beforeEach(async () => {
  const clock = new VirtualClock(new Date('2026-03-01T12:00:00.500Z'));
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
function nightOrder(quantity: number): string {
  return `{"pointOfSalesId":10228505161000,"orderType":"SALE","purchasersInfo":{"contactReference":"333"},
    "singleEntryAttributionOperations":[{"operationAttributions":[
      {"performanceId":${night},"audienceSubCategoryId":${full},"quantity":${quantity}}]}]}`;
}

test('a contact is found by its number, as a text or as a number', async () => {
  const getContactData = 'contactInformationPublicService.getContactData';
  const found = { individualContact: { contactId: 9_007_199_254_741_057n } };
  expect(await ask(getContactData, '{"contactNumber":"333"}')).toMatchObject(found);
  expect(await ask(getContactData, '{"contactNumber":333}')).toMatchObject(found);
});

test('an id that lost a digit is another id', async () => {
  const list = 'setupService.listPriceLevels';
  expect(await ask(list, '{"seasonId":9007199254740997}')).toMatchObject({
    priceLevels: [{ id: 4_611_686_018_427_387_905n }],
  });
  expect(await ask(list, '{"seasonId":9007199254740996}')).toMatchObject({ priceLevels: [] });
});

test.each(['externalCampaignService', 'ExternalCampaignService'])(
  'what has no REST form, such as %s, is not at any address',
  async (service) => {
    const path = `/tnco/backend-apis/${service}/v1_0/createOrUpdateTarget`;
    expect((await call(emulator, '', {}, { path })).status).toBe(404);
  },
);

test('orders are made, shown, referred to and closed', async () => {
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

test('orders of nothing at all are malformed', async () => {
  const { status } = await call(emulator, createOrUpdate, {}, { body: nightOrder(0) });
  expect(status).toBe(400);
});

test.each([
  ['de-CH,de;q=0.9', 'Museumsnacht'],
  ['ja, en;q=0.5, de;q=0.4', 'Night at the museum'],
  ['*', 'La nuit des musées'],
  [null, 'La nuit des musées'],
])('orders name their products for Accept-Language %j', async (language, product) => {
  const headers = { 'accept-language': language };
  expect(await ask(createOrUpdate, nightOrder(1), { headers })).toMatchObject({
    orderUpdateData: { operationDataUpdates: [{ product }] },
  });
});
