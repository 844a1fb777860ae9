import type { Maybe, Translated, WebMethodResult } from '@vendorkit/secutix-shared';
import type { CatalogProduct } from './catalog-service.ts';
import type { LongInput, Method, MethodParameters, Unknowns } from './method.ts';

/** `SetupService` (module `tnseb`, version 1.33): an institution's configuration. */
export interface SetupService {
  /**
   * The seasons. Reads. Documented. The arrays `priceLevels` and `audienceCategories` of its answer
   * were seen empty; their own methods fill them.
   */
  listSeasons: Method<MethodParameters, ListSeasonsResult>;
  /** The taxes. Reads. Documented. */
  listVatCodes: Method<MethodParameters, ListVatCodesResult>;
  /** The kinds of visitors of a season. Reads. Documented. */
  listAudienceSubCategories: Method<SeasonParameters, ListAudienceSubCategoriesResult>;
  /** The levels of prices of a season. Reads. Documented. */
  listPriceLevels: Method<SeasonParameters, ListPriceLevelsResult>;
  /** The activities. Reads. Known by name only. */
  listActivities: Method<MethodParameters, WebMethodResult>;
  /** The products that match. Reads. Documented; may take a minute. */
  searchProductsByCriteria: Method<SearchProductsParameters, SearchProductsResult>;
  /** Makes or changes a product. **Writes.** Known by name only. */
  createOrUpdateProduct: Method<MethodParameters, WebMethodResult>;
  /** A product in full. Reads. Known by name only. */
  getProductDetails: Method<MethodParameters, WebMethodResult>;
  /** Deletes a product that was never validated. **Writes.** Known by name only. */
  deleteNonValidatedProduct: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isSetupServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of the methods that speak of one season, from the vendor's pages. */
export interface SeasonParameters extends MethodParameters {
  readonly seasonId?: LongInput;
}

/** Parameters of `searchProductsByCriteria`, from the vendor's page and a public client. */
export interface SearchProductsParameters extends MethodParameters {
  readonly searchProductsCriteria?: {
    readonly seasonIds?: readonly LongInput[];
    readonly productFamilyTypes?: readonly string[];
    readonly [name: string]: unknown;
  };
  /** `COMPLETTE`, the vendor's spelling, for all fields. */
  readonly granularity?: string;
  readonly minIndex?: number;
  /** A public client saw 100 at most. */
  readonly nbMaxResults?: number;
}

/** Seasons. The fields were seen in a public client. */
export interface ListSeasonsResult extends WebMethodResult {
  seasons?: Maybe<
    Array<
      {
        id?: bigint;
        code?: string;
        state?: string;
        start?: string;
        end?: string;
        externalName?: Maybe<Translated>;
      } & Unknowns
    >
  >;
}

/** Taxes. The fields were seen in a public client. */
export interface ListVatCodesResult extends WebMethodResult {
  /** A `currentRate` of 2100 is 2.1 %. */
  vatCodes?: Maybe<
    Array<{ id?: bigint; code?: string; currentRate?: number; country?: string } & Unknowns>
  >;
}

/** Kinds of visitors. The fields were seen in a public client. */
export interface ListAudienceSubCategoriesResult extends WebMethodResult {
  audienceSubCategories?: Maybe<
    Array<
      {
        id?: bigint;
        code?: string;
        externalName?: Maybe<Translated>;
        audienceCategoryKind?: string;
      } & Unknowns
    >
  >;
}

/** Levels of prices. The fields were seen in a public client. */
export interface ListPriceLevelsResult extends WebMethodResult {
  priceLevels?: Maybe<Array<{ id?: bigint; code?: string; mainCategory?: string } & Unknowns>>;
}

/** Products. The fields were seen in a public client. */
export interface SearchProductsResult extends WebMethodResult {
  products?: Maybe<CatalogProduct[]>;
}
