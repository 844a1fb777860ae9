import type { WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters } from './method.ts';

/** `ExternalPaymentService` (module `tnseb`, version 1.33): payments of orders. */
export interface ExternalPaymentService {
  /** Cancels payments. **Writes.** Documented. */
  cancelPayment: Method<CancelPaymentParameters, WebMethodResult>;
  /**
   * Checks the payments of an order. Documented. It counts as a **write**, since no text says that it
   * records nothing.
   */
  checkPayment: Method<CheckPaymentParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isExternalPaymentServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `cancelPayment`, from the vendor's page. */
export interface CancelPaymentParameters extends MethodParameters {
  readonly paymentIds?: readonly LongInput[];
}

/** Parameters of `checkPayment`, from the vendor's page. */
export interface CheckPaymentParameters extends MethodParameters {
  readonly orderId?: LongInput;
  readonly payments?: ReadonlyArray<{
    /** In thousandths of the currency. */
    readonly amount?: LongInput;
    readonly paymentMethodId?: LongInput;
    readonly [name: string]: unknown;
  }>;
}
