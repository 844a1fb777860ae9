import { expect, test } from '@jest/globals';
import { visit } from './visit.ts';

const { ask } = visit();

test('seasons are listed without what the vendor leaves empty', () => {
  expect(ask('setupService.listSeasons')).toMatchObject({
    seasons: [
      { id: 9_007_199_254_740_997n, products: undefined, priceLevels: [], audienceCategories: [] },
      { id: 9_007_199_254_740_999n },
    ],
  });
});

test('a season has price levels and visitors, one that does not exist has none', () => {
  const season = { seasonId: 9_007_199_254_740_997n };
  expect(ask('setupService.listPriceLevels', season)).toMatchObject({
    priceLevels: [{ id: 4_611_686_018_427_387_905n }],
  });
  expect(ask('setupService.listAudienceSubCategories', season)).toMatchObject({
    audienceSubCategories: [{ code: 'FULL' }, { code: 'REDUCED' }, { code: 'FREE' }],
  });
  // One digit less, as a floating-point number would have it.
  const rounded = { seasonId: 9_007_199_254_740_996n };
  expect(ask('setupService.listPriceLevels', rounded)).toMatchObject({ priceLevels: [] });
});

test.each([
  [0, ['COLLECTION', 'LIGHT']],
  [2, ['NIGHT', 'COLLECTION']],
  [4, []],
])('the page of products from %i on is %j', (minIndex, codes) => {
  const searchProductsCriteria = { productFamilyTypes: ['SINGLE_ENTRY'] };
  const parameters = { searchProductsCriteria, minIndex, nbMaxResults: 2 };
  expect(ask('setupService.searchProductsByCriteria', parameters)).toMatchObject({
    products: codes.map((code) => ({ code })),
  });
});

test('taxes have a rate', () => {
  expect(ask('setupService.listVatCodes')).toMatchObject({
    vatCodes: [{ currentRate: 2600 }, { id: 2102n }],
  });
});
