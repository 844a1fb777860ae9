import { assumedResult, operation, record, result, service, type SchemaTypes } from './notation.ts';

const season = { seasonId: 'long' };
const product = { productId: 'long' };

/** `SetupService`: the vendor's pages and a public client, which names no result element. */
export const setupService = service('SetupService', {
  listSeasons: operation({}, 'SeasonsResult', 'result'),
  listVatCodes: operation({}, 'VatCodesResult', 'result'),
  listAudienceSubCategories: operation(season, 'AudienceSubCategoriesResult', 'result'),
  listPriceLevels: operation(season, 'PriceLevelsResult', 'result'),
  listActivities: operation({}, 'ActivitiesResult', 'parameters', 'result'),
  searchProductsByCriteria: operation(
    {
      searchProductsCriteria: 'SearchProductsCriteria',
      granularity: 'string',
      minIndex: 'int',
      nbMaxResults: 'int',
    },
    'ProductsResult',
    'result',
  ),
  createOrUpdateProduct: operation({ product: 'Product' }, 'ProductResult', 'parameters', 'result'),
  getProductDetails: operation(product, 'ProductResult', 'parameters', 'result'),
  deleteNonValidatedProduct: operation(product, 'WebMethodResult', 'parameters', 'result'),
});

/** What only the setup speaks of. */
export const setupTypes: SchemaTypes = {
  SearchProductsCriteria: record({ seasonIds: 'long*', productFamilyTypes: 'string*' }),
  SeasonsResult: result({ seasons: 'Season*' }),
  VatCodesResult: result({ vatCodes: 'VatCode*' }),
  VatCode: record({ id: 'long!', code: 'string', currentRate: 'int', country: 'string' }),
  AudienceSubCategoriesResult: result({ audienceSubCategories: 'AudienceSubCategory*' }),
  PriceLevelsResult: result({ priceLevels: 'PriceLevel*' }),
  ProductsResult: result({ products: 'Product*' }),
  ProductResult: assumedResult({ product: 'Product' }),
  ActivitiesResult: assumedResult({ activities: 'string*' }),
};
