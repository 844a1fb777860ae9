import type { AvailabilityService } from './availability-service.ts';
import type { CatalogService } from './catalog-service.ts';
import type { ContactAuthenticationPublicService } from './contact-authentication-public-service.ts';
import type { ContactInformationPublicService } from './contact-information-public-service.ts';
import type { DataExportService } from './data-export-service.ts';
import type { ExternalAccessControlService } from './external-access-control-service.ts';
import type { ExternalOrderFacade } from './external-order-facade.ts';
import type { ExternalOrderHistoryService } from './external-order-history-service.ts';
import type { ExternalOrderService } from './external-order-service.ts';
import type { ExternalPaymentService } from './external-payment-service.ts';
import type { SetupService } from './setup-service.ts';
import type { ShipmentPublicService } from './shipment-public-service.ts';

/**
 * The services whose REST name and module are publicly known, by the name they have in addresses.
 * Every other service is reached with `call` and the option `module`.
 */
export interface ServiceMap {
  catalogService: CatalogService;
  availabilityService: AvailabilityService;
  externalOrderFacade: ExternalOrderFacade;
  externalOrderService: ExternalOrderService;
  externalOrderHistoryService: ExternalOrderHistoryService;
  externalPaymentService: ExternalPaymentService;
  setupService: SetupService;
  contactInformationPublicService: ContactInformationPublicService;
  contactAuthenticationPublicService: ContactAuthenticationPublicService;
  externalAccessControlService: ExternalAccessControlService;
  dataExportService: DataExportService;
  shipmentPublicService: ShipmentPublicService;
}

/** The name of a service that has typed methods. */
export type ServiceName = keyof ServiceMap;
