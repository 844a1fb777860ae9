import {
  assumedRecord,
  assumedResult,
  enumeration,
  operation,
  record,
  result,
  service,
  type SchemaTypes,
} from './notation.ts';
import { requestId } from './shared-types.ts';

const selection = { ...requestId, seasonCode: 'string', productCode: 'string' };

/** `CatalogService`: the vendor's pages and public clients. */
export const catalogService = service('CatalogService', {
  getCatalog: operation(selection, 'CatalogResult'),
  getCatalogDetailed: operation({ ...selection, scope: 'string' }, 'CatalogResultDetailed'),
  getPOSConfig: operation({}, 'POSConfigResult'),
  getLastSetupUpdate: operation({}, 'LastSetupUpdateResult', 'result'),
});

/** What the catalogue and the setup speak of. */
export const catalogTypes: SchemaTypes = {
  CatalogResult: result({ requestState: 'string', catalogData: 'CatalogData' }),
  CatalogResultDetailed: result({ requestState: 'string', catalogData: 'CatalogData' }),
  CatalogData: record({ seasons: 'Season*' }),
  Season: record({
    id: 'long!',
    code: 'string',
    state: 'string',
    start: 'dateTime',
    end: 'dateTime',
    externalName: 'MultilingualValue',
    audienceCategories: 'AudienceCategory*',
    priceLevels: 'PriceLevel*',
    products: 'Product*',
  }),
  AudienceCategory: record({
    id: 'long!',
    code: 'string',
    audienceSubCategories: 'AudienceSubCategory*',
  }),
  AudienceSubCategory: record({
    id: 'long!',
    code: 'string',
    externalName: 'MultilingualValue',
    audienceCategoryKind: 'string',
    requiredAudienceSubCategoryIds: 'long*',
    crossSeatCategory: 'boolean',
  }),
  PriceLevel: record({ id: 'long!', code: 'string', mainCategory: 'string' }),
  Product: record({
    id: 'long!',
    code: 'string',
    productFamilyType: 'ProductFamilyType',
    state: 'string',
    vatCodeId: 'long~',
    externalName: 'MultilingualValue',
    event: 'Event',
    prices: 'Price*',
  }),
  ProductFamilyType: enumeration('SINGLE_ENTRY', 'PASS', 'SERVICE', 'GOODS'),
  Event: record({ performances: 'Performance*' }),
  Performance: record({
    id: 'long!',
    state: 'string',
    start: 'dateTime',
    duration: 'int',
    seatCategories: 'SeatCategory*',
    prices: 'Price*',
  }),
  SeatCategory: record({ id: 'long!', code: 'string', externalName: 'MultilingualValue' }),
  Price: record({
    seatCatId: 'long~',
    audSubCatId: 'long',
    priceLevelId: 'long',
    amount: 'long!',
  }),
  POSConfigResult: result({ posConfigData: 'POSConfigData' }),
  POSConfigData: record({
    posId: 'long!',
    currencyCode: 'string',
    organizationTimeZone: 'string',
    paymentMethods: 'PaymentMethod*',
    languageList: 'string*',
    mainLanguage: 'string',
  }),
  PaymentMethod: assumedRecord({
    id: 'long!',
    code: 'string',
    externalName: 'MultilingualValue',
  }),
  LastSetupUpdateResult: assumedResult({ lastSetupUpdate: 'dateTime' }),
};
