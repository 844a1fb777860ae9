import type { Maybe, Translated, WebMethodResult } from '@vendorkit/secutix-shared';
import type { Method, MethodParameters, Unknowns } from './method.ts';

/**
 * `CatalogService` (module `tnseb`, version 1.33): what an institution sells. The vendor advises to
 * fetch a catalogue once a day, and warns of several megabytes.
 */
export interface CatalogService {
  /**
   * The catalogue of the point of sale. Reads; may take long. Documented.
   */
  getCatalog: Method<CatalogParameters, CatalogResult>;
  /**
   * The catalogue with all its details. Reads; may take long. Documented. The vendor allows one call
   * in ten minutes.
   */
  getCatalogDetailed: Method<CatalogDetailedParameters, CatalogResult>;
  /**
   * The point of sale that the partner sells through. Reads. Documented.
   *
   * Its `posId` is the `pointOfSalesId` of other methods.
   */
  getPOSConfig: Method<MethodParameters, PosConfigResult>;
  /** When the catalogue was last changed. Reads. Documented by name. */
  getLastSetupUpdate: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isCatalogServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `getCatalog`, from the vendor's page. */
export interface CatalogParameters extends MethodParameters {
  /** Only this season, for instance `2026`. */
  readonly seasonCode?: string;
  /** Only this product. */
  readonly productCode?: string;
}

/** Parameters of `getCatalogDetailed`, from the vendor's page. */
export interface CatalogDetailedParameters extends CatalogParameters {
  /** `EXTENDED` includes what is no longer on sale. Seen in a public client. */
  readonly scope?: string;
}

/** A catalogue. The fields were seen in public clients. */
export interface CatalogResult extends WebMethodResult {
  catalogData?: Maybe<{ seasons?: Maybe<CatalogSeason[]> } & Unknowns>;
}

/** A season of a catalogue. The same product may stand in two overlapping seasons. */
export interface CatalogSeason extends Unknowns {
  id?: bigint;
  code?: string;
  externalName?: Maybe<Translated>;
  products?: Maybe<CatalogProduct[]>;
}

/** A product of a catalogue. */
export interface CatalogProduct extends Unknowns {
  id?: bigint;
  code?: string;
  /** For instance `SINGLE_ENTRY`, `PASS` or `GOODS`. */
  productFamilyType?: string;
  /** For instance `RUNNING` or `CANCELED`. */
  state?: string;
  vatCodeId?: Maybe<bigint>;
  externalName?: Maybe<Translated>;
  event?: Maybe<{ performances?: Maybe<CatalogPerformance[]> } & Unknowns>;
}

/** A dated admission. */
export interface CatalogPerformance extends Unknowns {
  id?: bigint;
  state?: string;
  /** A date and time with offset, as the vendor writes it. */
  start?: string;
  /** In minutes. */
  duration?: Maybe<number>;
  seatCategories?: Maybe<Array<{ id?: bigint; code?: string } & Unknowns>>;
  prices?: Maybe<CatalogPrice[]>;
}

/** What one kind of visitor pays. */
export interface CatalogPrice extends Unknowns {
  seatCatId?: Maybe<bigint>;
  audSubCatId?: bigint;
  priceLevelId?: Maybe<bigint>;
  /** In thousandths of the currency. */
  amount?: bigint;
}

/** The configuration of a point of sale. The fields were seen in public clients. */
export interface PosConfigResult extends WebMethodResult {
  posConfigData?: Maybe<
    {
      posId?: bigint;
      currencyCode?: string;
      /** An IANA time zone, for instance `Europe/Zurich`. */
      organizationTimeZone?: string;
      paymentMethods?: Maybe<unknown[]>;
      languageList?: Maybe<unknown[]>;
      mainLanguage?: Maybe<string>;
    } & Unknowns
  >;
}
