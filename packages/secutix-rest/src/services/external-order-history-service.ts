import type { Maybe, WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters, Unknowns } from './method.ts';

/** `ExternalOrderHistoryService` (module `tnseb`, versions 1.33 and 1.34): what was sold. */
export interface ExternalOrderHistoryService {
  /** How many files match. Reads. Documented. */
  countFilesByCriteria: Method<CountFilesParameters, WebMethodResult>;
  /** The tickets that match, 5,000 by default. Reads. Documented; the dates are mandatory. */
  listTicketsByCriteria: Method<ListTicketsParameters, ListTicketsResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isExternalOrderHistoryServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `countFilesByCriteria`, from the vendor's page, which has more of them. */
export interface CountFilesParameters extends MethodParameters {
  readonly pointOfSalesId?: LongInput;
  readonly startDate?: string;
  readonly endDate?: string;
  /** For instance `ABANDONNED`, the vendor's spelling. */
  readonly states?: readonly string[];
  readonly productId?: LongInput;
  readonly performanceId?: LongInput;
}

/** Parameters of `listTicketsByCriteria`, from the vendor's page and a public client. */
export interface ListTicketsParameters extends MethodParameters {
  readonly ticketFilterCriteria?: {
    readonly pointOfSalesId?: LongInput;
    readonly productId?: LongInput;
    readonly startDate?: string;
    readonly endDate?: string;
    readonly [name: string]: unknown;
  };
  readonly paginationParameter?: {
    readonly startPosition?: number;
    readonly maxResult?: number;
    readonly [name: string]: unknown;
  };
}

/** Tickets. The fields were seen in a public client. */
export interface ListTicketsResult extends WebMethodResult {
  /** Whether there are more. */
  truncated?: Maybe<boolean>;
  ticketSummaries?: Maybe<TicketSummary[]>;
}

/** A ticket. */
export interface TicketSummary extends Unknowns {
  /** For instance `VALID` or `CANCELLED`. */
  ticketState?: string;
  performanceId?: Maybe<bigint>;
  seatCategoryId?: Maybe<bigint>;
  audienceSubCategoryId?: Maybe<bigint>;
  priceLevelId?: Maybe<bigint>;
  /** In thousandths of the currency. */
  price?: bigint;
}
