import type { WebMethodResult } from '@vendorkit/secutix-shared';
import type { LongInput, Method, MethodParameters } from './method.ts';

/**
 * `ShipmentPublicService` (module `tnpsb`, versions 1.17 and 1.18): how tickets reach people. It can
 * change a shipment's mode too; the exact name of that method is not public.
 */
export interface ShipmentPublicService {
  /** The ways in which an order can be sent. Reads. Documented. */
  getAvailableShipmentModes: Method<ShipmentModesParameters, WebMethodResult>;
  /** Whether the service can be reached with these credentials. Reads. Documented. */
  isShipmentPublicServiceAlive: Method<MethodParameters, WebMethodResult>;
}

/** Parameters of `getAvailableShipmentModes`, from the vendor's page. */
export interface ShipmentModesParameters extends MethodParameters {
  readonly pointOfSalesId?: LongInput;
  readonly shipmentContents?: readonly unknown[];
  readonly destinationCountryCode?: string;
  readonly contactAddressId?: LongInput;
  readonly orderId?: LongInput;
  readonly productFamilyIds?: readonly LongInput[];
}
