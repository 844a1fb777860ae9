import { expect, test } from '@jest/globals';
import type { Season } from '../../src/museum/index.ts';
import { visit } from './visit.ts';

const { ask } = visit();

test('the catalogue has seasons, products and multilingual names', () => {
  expect(ask('catalogService.getCatalog')).toMatchObject({
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
                translations: expect.arrayContaining([{ locale: 'fr', value: 'Ombre et lumière' }]),
              },
            }),
          ]),
        },
      ],
    },
  });
});

test('in detail it has dates and prices in thousandths', () => {
  const [light] = productsOf('catalogService.getCatalogDetailed', { productCode: 'LIGHT' });
  expect(light?.event?.performances[1]).toMatchObject({
    id: 9_007_199_254_750_002n,
    start: '2026-07-02T10:00:00.000+00:00',
    prices: expect.arrayContaining([expect.objectContaining({ amount: 22_500n })]),
  });
});

test('without detail it has neither', () => {
  const products = productsOf('catalogService.getCatalog', {});
  expect(products).toHaveLength(6);
  for (const product of products) {
    expect(product).not.toHaveProperty('event');
    expect(product).not.toHaveProperty('prices');
  }
});

test.each([
  [{}, ['2026']],
  [{ scope: 'EXTENDED' }, ['2026', '2027']],
  [{ scope: 'EXTENDED', seasonCode: '2027' }, ['2027']],
  [{ seasonCode: '1999' }, []],
])('asked for with %j it has the seasons %j', (parameters, codes) => {
  const seasons = seasonsOf('catalogService.getCatalogDetailed', parameters);
  expect(seasons.map(({ code }) => code)).toEqual(codes);
});

test('it belongs to a point of sale', () => {
  expect(ask('catalogService.getPOSConfig')).toMatchObject({
    posConfigData: { posId: 10_228_505_161_000n, currencyCode: 'CHF', mainLanguage: 'fr' },
  });
});

test('it tells when it was last changed', () => {
  expect(ask('catalogService.getLastSetupUpdate')).toMatchObject({
    lastSetupUpdate: expect.stringMatching(/^2026-01-05T/),
  });
});

function seasonsOf(operation: string, parameters: object): readonly Season[] {
  const answer = ask(operation, { ...parameters });
  return (answer as unknown as { catalogData: { seasons: Season[] } }).catalogData.seasons;
}

function productsOf(operation: string, parameters: object): Season['products'] {
  return seasonsOf(operation, parameters).flatMap(({ products }) => products);
}
