import type { Maybe, WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters, Unknowns } from './method.ts';

/**
 * `AvailabilityService` (module `tnseb`, version 1.33): what can still be sold. The vendor advises to
 * ask once a minute at most, with `getUpdatedAvailabilities`.
 */
export interface AvailabilityService {
  /** The themes and languages of guided visits. Reads. Documented. */
  getAvailableThemeAndLanguage: Method<ThemeAndLanguageParameters, WebMethodResult>;
  /** What is left of performances. Reads. Documented. */
  getEventAvailability: Method<EventAvailabilityParameters, WebMethodResult>;
  /** What is left of products. Reads. Known by name only. */
  getProductAvailability: Method<MethodParameters, WebMethodResult>;
  /** What is left of a performance. Reads. Known by name only. */
  getPerformanceAvailability: Method<MethodParameters, WebMethodResult>;
  /** Which seats are free. Reads. Known by name only. */
  getSeatsAvailability: Method<MethodParameters, WebMethodResult>;
  /** Which products' availability has changed since a moment. Reads. Documented. */
  getUpdatedAvailabilities: Method<UpdatedAvailabilitiesParameters, UpdatedAvailabilitiesResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isAvailabilityServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `getAvailableThemeAndLanguage`, from the vendor's page. */
export interface ThemeAndLanguageParameters extends MethodParameters {
  readonly passId?: LongInput;
  readonly timeslotIds?: readonly LongInput[];
}

/** Parameters of `getEventAvailability`, from the vendor's page. */
export interface EventAvailabilityParameters extends MethodParameters {
  /** The `posId` of `getPOSConfig`. */
  readonly pointOfSalesId?: LongInput;
  readonly eventIds?: readonly LongInput[];
  readonly performanceIds?: readonly LongInput[];
  readonly seatCategoryIds?: readonly LongInput[];
  readonly contingentIds?: readonly LongInput[];
  readonly composedProductId?: LongInput;
  readonly advantageId?: LongInput;
}

/** Parameters of `getUpdatedAvailabilities`, from the vendor's page and a public client. */
export interface UpdatedAvailabilitiesParameters extends MethodParameters {
  /** The `posId` of `getPOSConfig`. */
  readonly pointOfSalesId?: LongInput;
  readonly productIds?: readonly LongInput[];
  /** A date and time, for instance `2026-07-01T10:00:00.000Z`. */
  readonly referenceDate?: string;
}

/** The products that have changed. The fields were seen in a public client. */
export interface UpdatedAvailabilitiesResult extends WebMethodResult {
  availabilityUpdateData?: Maybe<Array<{ productId?: bigint; lastUpdate?: string } & Unknowns>>;
}
