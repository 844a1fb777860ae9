import { describe, expect, test } from '@jest/globals';
import { MalformedRequest } from '../../src/museum/index.ts';
import { night, nightOrder, visit } from './visit.ts';

const createOrUpdate = 'externalOrderFacade.createOrUpdateOrder';
const orderId = 9_007_199_254_740_993n;

describe('an order', () => {
  test('is made, shown, referred to and closed', () => {
    const { ask } = visit();
    expect(ask(createOrUpdate, nightOrder(2))).toMatchObject({
      statusCode: 'success',
      expectedException: false,
      orderUpdateData: {
        orderId,
        orderState: 'PENDING',
        operationDataUpdates: [{ quantity: 2, unitPrice: 30_000n, totalAmount: 60_000n }],
        movementDataUpdates: [{}, {}],
      },
    });
    ask('externalOrderService.updateExternalReferences', {
      id: orderId,
      externalReferenceKind: 'ORDER',
      externalReference: { key: 'night', value: 'A-17' },
    });
    expect(ask('externalOrderService.getExternalReference', { id: orderId })).toMatchObject({
      externalReferences: { id: orderId, externalReferences: [{ key: 'night', value: 'A-17' }] },
    });
    ask('externalOrderService.closeOrder', { orderId });
    expect(ask('externalOrderService.getOrderDetails', { orderId })).toMatchObject({
      orderDetailsData: { orderState: 'COMPLETE', saleAmount: 60_000n, contactReference: '333' },
    });
  });

  test('stands in a file, which its secret leads to', () => {
    const { ask, museum } = visit();
    ask(createOrUpdate, nightOrder(1));
    const [order] = museum.state.orders;
    const { fileId, orderSecretId } = order ?? {};
    const found = { fileDetailsData: { fileId }, orderDetailsDatas: [{ orderId }] };
    const fromSecret = 'externalOrderService.getFileDetailsFromOrderSecretId';
    expect(ask(fromSecret, { orderSecretId })).toMatchObject(found);
    expect(ask('externalOrderService.getFileDetails', { fileId })).toMatchObject(found);
    expect(ask('externalOrderService.getFileDetails', { fileId: 1n })).toMatchObject({
      statusCode: 'error.order.unknown',
    });
  });

  test('of nothing at all is malformed', () => {
    expect(() => visit().ask(createOrUpdate, nightOrder(0))).toThrow(MalformedRequest);
  });

  test('without an orderId is new each time, the same reference or not', () => {
    const { ask, museum } = visit();
    const order = nightOrder(1, { externalReference: { key: 'night', value: 'A-17' } });
    ask(createOrUpdate, order);
    ask(createOrUpdate, order);
    expect(museum.state.orders.map((made) => made.orderId)).toEqual([
      orderId,
      9_007_199_255_740_993n,
    ]);
  });

  test('with an orderId is changed, and gives back what it held', () => {
    const { ask, museum } = visit();
    ask(createOrUpdate, nightOrder(12));
    ask(createOrUpdate, nightOrder(5, { orderId }));
    expect(museum.state.orders).toHaveLength(1);
    expect(ask(createOrUpdate, nightOrder(7)).statusCode).toBe('success');
    expect(ask(createOrUpdate, nightOrder(1)).statusCode).toBe('error.order.availability');
  });

  test('keeps what it held when a change of it is refused', () => {
    const { ask } = visit();
    ask(createOrUpdate, nightOrder(12));
    expect(ask(createOrUpdate, nightOrder(13, { orderId })).statusCode).toBe(
      'error.order.availability',
    );
    expect(ask(createOrUpdate, nightOrder(1)).statusCode).toBe('error.order.availability');
  });

  test('of something sold out is refused as one must expect, and takes nothing', () => {
    const { ask, museum } = visit();
    expect(ask(createOrUpdate, nightOrder(13))).toMatchObject({
      statusCode: 'error.order.availability',
      expectedException: true,
      statusMessage: 'Sold out.',
    });
    expect(museum.state.orders).toEqual([]);
    expect(ask(createOrUpdate, nightOrder(12)).statusCode).toBe('success');
  });

  test('that was closed cannot be changed', () => {
    const { ask } = visit();
    ask(createOrUpdate, nightOrder(1));
    ask('externalOrderService.closeOrder', { orderId });
    expect(ask(createOrUpdate, nightOrder(2, { orderId })).statusCode).toBe('error.order.unknown');
  });
});

const lineOf = (performanceId: bigint, audienceSubCategoryId: bigint) => [
  { operationAttributions: [{ performanceId, audienceSubCategoryId, quantity: 1 }] },
];

test.each([
  ['error.contact.unknown', 'person', { purchasersInfo: { contactReference: '1' } }],
  ['error.pointOfSales.unknown', 'point of sale', { pointOfSalesId: 10_228_505_161_001n }],
  [
    'error.order.item',
    'date',
    { singleEntryAttributionOperations: lineOf(night + 1n, 306_159_078n) },
  ],
  ['error.order.item', 'price', { singleEntryAttributionOperations: lineOf(night, 1n) }],
  ['error.order.unknown', 'order', { orderId: orderId - 1n }],
])('%s is the refusal of an order with a wrong %s', (statusCode, _what, wrong) => {
  const { ask, museum } = visit();
  expect(ask(createOrUpdate, nightOrder(1, wrong)).statusCode).toBe(statusCode);
  expect(museum.state.orders).toEqual([]);
});

test.each([
  ['de-CH,de;q=0.9', 'Museumsnacht'],
  ['ja, en;q=0.5, de;q=0.4', 'Night at the museum'],
  ['*', 'La nuit des musées'],
  ['', 'La nuit des musées'],
])('products are named for Accept-Language %j', (language, product) => {
  expect(visit().ask(createOrUpdate, nightOrder(1), language)).toMatchObject({
    orderUpdateData: { operationDataUpdates: [{ product }] },
  });
});
