import type { Maybe, WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters, Unknowns } from './method.ts';

/** `ExternalOrderFacade` (module `tnseb`, version 1.33): making orders. */
export interface ExternalOrderFacade {
  /**
   * Makes an order, or changes the one that `orderId` names. **Writes**: without `orderId` each call
   * makes a new order, so it is not repeated when its outcome is unknown. Documented.
   */
  createOrUpdateOrder: Method<OrderParameters, OrderUpdateResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isExternalOrderFacadeAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `createOrUpdateOrder`, from the vendor's page. */
export interface OrderParameters extends MethodParameters {
  /** The `posId` of `getPOSConfig`. */
  readonly pointOfSalesId?: LongInput;
  /** The order to change; a new one is made if absent. */
  readonly orderId?: LongInput;
  readonly fileId?: LongInput;
  /** For instance `SALE`. */
  readonly orderType?: string;
  /** Who buys: for instance `{ contactReference: '333' }`. */
  readonly purchasersInfo?: unknown;
  /** Things without a date. */
  readonly simpleProductOperations?: readonly SimpleProductOperation[];
  /** Dated admissions. */
  readonly singleEntryAttributionOperations?: readonly SingleEntryAttributionOperation[];
  readonly externalReference?: unknown;
  readonly origin?: unknown;
}

/** So many of a product without a date. Seen in public clients. */
export interface SimpleProductOperation {
  readonly audienceSubCategoryId?: LongInput;
  readonly quantity?: number;
  readonly itemId?: LongInput;
  readonly [name: string]: unknown;
}

/** So many admissions to a performance. Seen in public clients. */
export interface SingleEntryAttributionOperation {
  readonly operationAttributions?: ReadonlyArray<{
    readonly audienceSubCategoryId?: LongInput;
    readonly quantity?: number;
    readonly performanceId?: LongInput;
    readonly seatCategoryId?: LongInput;
    readonly [name: string]: unknown;
  }>;
  /** The vendor's spelling. */
  readonly preferedAreas?: readonly LongInput[];
  readonly [name: string]: unknown;
}

/** The order as it is now. The fields were seen in the vendor's page and in public clients. */
export interface OrderUpdateResult extends WebMethodResult {
  /** Whether a refusal is one that a shop must expect, such as a sold-out performance. */
  expectedException?: Maybe<boolean>;
  statusMessage?: Maybe<string>;
  orderUpdateData?: Maybe<
    {
      orderId?: bigint;
      orderSecretId?: Maybe<string>;
      orderState?: string;
      operationDataUpdates?: Maybe<OrderOperation[]>;
      movementDataUpdates?: Maybe<Array<{ movementId?: bigint; operationId?: bigint } & Unknowns>>;
    } & Unknowns
  >;
}

/** A line of an order. */
export interface OrderOperation extends Unknowns {
  operationId?: bigint;
  fileId?: Maybe<bigint>;
  productId?: bigint;
  /** The product's name, in the language of the call. */
  product?: string;
  quantity?: number;
  /** In thousandths of the currency. */
  unitPrice?: bigint;
  /** In thousandths of the currency. */
  totalAmount?: bigint;
}
