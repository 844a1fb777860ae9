import type { WebMethodResult } from '@vendorkit/secutix-shared';
import type { Method, MethodParameters } from './method.ts';

/** `ExternalAccessControlService` (module `tnci`, version 1.6): turnstiles and their lists. */
export interface ExternalAccessControlService {
  /**
   * A page of the white, grey or black list. Documented. It counts as a **write**: only one client
   * may hold the cursor of a product, and a page that was lost may not come again.
   *
   * The cursor `paginationEnd` of the answer is the next call's `paginationStart`. A page may hold
   * more entries than `nbMaxResults`.
   */
  exportList: Method<ExportListParameters, WebMethodResult>;
  /** What is sold, as a turnstile needs it. Reads. Documented. */
  getAccessControlCatalog: Method<AccessControlCatalogParameters, WebMethodResult>;
  /** A ticket and its state. Reads. Documented. */
  getControlledTicket: Method<BarCodeParameters, WebMethodResult>;
  /** Reports the passages that a turnstile saw. **Writes.** Documented. */
  importControlledTicket: Method<ImportControlledTicketParameters, WebMethodResult>;
  /** Marks a ticket as used. **Writes.** Documented. */
  burnTicket: Method<BarCodeParameters, WebMethodResult>;
  /** The institution's time zone. Reads. Documented. */
  getTimeZone: Method<MethodParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isExternalAccessControlServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `exportList`, from the vendor's page. */
export interface ExportListParameters extends MethodParameters {
  /** `GREY`, `BLACK` or `WHITE`. */
  readonly listType?: string;
  /** `ALL` or `THIRD_PARTY`. */
  readonly ticketType?: string;
  readonly seasonCode?: string;
  readonly productCodes?: readonly string[];
  readonly performanceCodes?: readonly string[];
  /** An opaque text: the last page's `paginationEnd`. */
  readonly paginationStart?: string;
  readonly nbMaxResults?: number;
}

/** Parameters of `getAccessControlCatalog`, from the vendor's page. */
export interface AccessControlCatalogParameters extends MethodParameters {
  readonly seasonCode?: string;
}

/** Parameters of the methods that speak of one ticket, from the vendor's page. */
export interface BarCodeParameters extends MethodParameters {
  readonly barCodeOrTaxNumber?: string;
}

/** Parameters of `importControlledTicket`, from the vendor's page. */
export interface ImportControlledTicketParameters extends MethodParameters {
  readonly controlledTickets?: ReadonlyArray<{
    readonly acIdentifier?: string;
    readonly barcode?: string;
    readonly controlDate?: string;
    readonly controlResult?: string;
    readonly failureReason?: string;
    readonly [name: string]: unknown;
  }>;
}
