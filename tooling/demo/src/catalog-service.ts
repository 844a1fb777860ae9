// The types of CatalogService, written from its WSDL by `secutix-soap types`.
// Changes made here are lost when they are written again.
// Namespace: http://v1_33.CatalogService.service.secutix.com

export interface CatalogService {
  getCatalog: { parameters: GetCatalogParameters; result: CatalogResult };
  getCatalogDetailed: { parameters: GetCatalogDetailedParameters; result: CatalogResultDetailed };
  getPOSConfig: { parameters: Record<string, never>; result: POSConfigResult };
  /** Assumed: the name of the result element. */
  getLastSetupUpdate: { parameters: Record<string, never>; result: LastSetupUpdateResult };
  isCatalogServiceAlive: { parameters: Record<string, never>; result: AnyWebMethodResult };
}

/** What `getCatalog` takes. */
export interface GetCatalogParameters {
  /** What the vendor calls a request in progress. The client fills it in. */
  requestId?: bigint | number | string | null | undefined;
  seasonCode?: string | undefined;
  productCode?: string | undefined;
}

/** What `getCatalogDetailed` takes. */
export interface GetCatalogDetailedParameters {
  /** What the vendor calls a request in progress. The client fills it in. */
  requestId?: bigint | number | string | null | undefined;
  seasonCode?: string | undefined;
  productCode?: string | undefined;
  scope?: string | undefined;
}

/** `WebMethodResult`, or a type derived from it. */
export type AnyWebMethodResult =
  | (CatalogResult & { $type: 'CatalogResult' })
  | (CatalogResultDetailed & { $type: 'CatalogResultDetailed' })
  | (LastSetupUpdateResult & { $type: 'LastSetupUpdateResult' })
  | (POSConfigResult & { $type: 'POSConfigResult' })
  | (WebMethodResult & { $type?: 'WebMethodResult' | undefined });

export interface AudienceCategory {
  id: bigint;
  code?: string | undefined;
  audienceSubCategories: AudienceSubCategory[];
}

export interface AudienceSubCategory {
  id: bigint;
  code?: string | undefined;
  externalName?: MultilingualValue | undefined;
  audienceCategoryKind?: string | undefined;
  requiredAudienceSubCategoryIds: bigint[];
  crossSeatCategory?: boolean | undefined;
}

export interface CatalogData {
  seasons: Season[];
}

export interface CatalogResult extends WebMethodResult {
  requestState?: string | undefined;
  catalogData?: CatalogData | undefined;
}

export interface CatalogResultDetailed extends WebMethodResult {
  requestState?: string | undefined;
  catalogData?: CatalogData | undefined;
}

export interface Event {
  performances: Performance[];
}

/** Assumed: no public text shows these elements. */
export interface LastSetupUpdateResult extends WebMethodResult {
  lastSetupUpdate?: Date | string | undefined;
}

export interface MultilingualValue {
  translations: Translation[];
}

export interface POSConfigData {
  posId: bigint;
  currencyCode?: string | undefined;
  organizationTimeZone?: string | undefined;
  paymentMethods: PaymentMethod[];
  languageList: string[];
  mainLanguage?: string | undefined;
}

export interface POSConfigResult extends WebMethodResult {
  posConfigData?: POSConfigData | undefined;
}

/** Assumed: no public text shows these elements. */
export interface PaymentMethod {
  id: bigint;
  code?: string | undefined;
  externalName?: MultilingualValue | undefined;
}

export interface Performance {
  id: bigint;
  state?: string | undefined;
  start?: Date | string | undefined;
  duration?: number | undefined;
  seatCategories: SeatCategory[];
  prices: Price[];
}

export interface Price {
  seatCatId?: bigint | null | undefined;
  audSubCatId?: bigint | undefined;
  priceLevelId?: bigint | undefined;
  amount: bigint;
}

export interface PriceLevel {
  id: bigint;
  code?: string | undefined;
  mainCategory?: string | undefined;
}

export interface Product {
  id: bigint;
  code?: string | undefined;
  productFamilyType?: ProductFamilyType | undefined;
  state?: string | undefined;
  vatCodeId?: bigint | null | undefined;
  externalName?: MultilingualValue | undefined;
  event?: Event | undefined;
  prices: Price[];
}

export type ProductFamilyType = 'SINGLE_ENTRY' | 'PASS' | 'SERVICE' | 'GOODS' | (string & {});

export interface Season {
  id: bigint;
  code?: string | undefined;
  state?: string | undefined;
  start?: Date | string | undefined;
  end?: Date | string | undefined;
  externalName?: MultilingualValue | undefined;
  audienceCategories: AudienceCategory[];
  priceLevels: PriceLevel[];
  products: Product[];
}

export interface SeatCategory {
  id: bigint;
  code?: string | undefined;
  externalName?: MultilingualValue | undefined;
}

export interface Translation {
  locale: string;
  value: string;
}

export interface WebMethodResult {
  statusCode: string;
  statusDetail?: string | null | undefined;
  requestId?: bigint | null | undefined;
}
