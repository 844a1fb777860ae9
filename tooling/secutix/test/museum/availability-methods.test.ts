import { expect, test } from '@jest/globals';
import { night, nightOrder, visit } from './visit.ts';

test('availability changes with orders, and says so', async () => {
  const { ask, clock } = visit();
  await clock.advance(60_000);
  ask('externalOrderFacade.createOrUpdateOrder', nightOrder(2));
  const parameters = {
    productIds: [9_007_199_254_740_995n, 9_007_199_254_740_993n],
    referenceDate: '2026-03-01T12:01:00Z',
  };
  expect(ask('availabilityService.getUpdatedAvailabilities', parameters)).toMatchObject({
    availabilityUpdateData: [
      { productId: 9_007_199_254_740_995n, lastUpdate: '2026-03-01T12:01:00.500+00:00' },
    ],
  });
  const performances = { performanceIds: [night] };
  expect(ask('availabilityService.getEventAvailability', performances)).toMatchObject({
    eventAvailabilityData: [{ performanceId: night, quantity: 10 }],
  });
  expect(ask('availabilityService.getPerformanceAvailability', performances)).toMatchObject({
    performanceAvailabilityData: [{ availabilityLevel: 'GOOD' }],
  });
});

test('a product has as many as all its dates together', () => {
  const productIds = [9_007_199_254_740_995n, 9_223_372_036_854_775_807n];
  expect(visit().ask('availabilityService.getProductAvailability', { productIds })).toMatchObject({
    productAvailabilityData: [{ quantity: 12 }, { productId: 2n ** 63n - 1n, quantity: 400 }],
  });
});
