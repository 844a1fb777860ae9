import { accessControlService, accessControlTypes } from './access-control.ts';
import { availabilityService, availabilityTypes } from './availability.ts';
import { campaignService, campaignTypes } from './campaigns.ts';
import { catalogService, catalogTypes } from './catalog.ts';
import {
  contactAuthenticationService,
  contactInformationService,
  contactTypes,
} from './contacts.ts';
import { dataExportService, dataExportTypes } from './data-export.ts';
import type { SchemaType, SchemaTypes, ServiceSchema } from './notation.ts';
import { orderHistoryService, orderHistoryTypes } from './order-history.ts';
import { orderFacade, orderService, orderTypes } from './orders.ts';
import { paymentService, paymentTypes } from './payments.ts';
import { setupService, setupTypes } from './setup.ts';
import { sharedTypes } from './shared-types.ts';
import { shipmentService, shipmentTypes } from './shipments.ts';

/** Every service of which more than the name is known. */
export const serviceSchemas: readonly ServiceSchema[] = [
  catalogService,
  availabilityService,
  orderFacade,
  orderService,
  orderHistoryService,
  paymentService,
  setupService,
  contactInformationService,
  contactAuthenticationService,
  campaignService,
  accessControlService,
  dataExportService,
  shipmentService,
];

/** The types of all services. No two have the same name. */
export const typeTables: readonly SchemaTypes[] = [
  sharedTypes,
  catalogTypes,
  setupTypes,
  availabilityTypes,
  orderTypes,
  orderHistoryTypes,
  paymentTypes,
  contactTypes,
  campaignTypes,
  accessControlTypes,
  dataExportTypes,
  shipmentTypes,
];

const types = new Map(typeTables.flatMap((table) => Object.entries(table)));

/** The type of that name; `undefined` for a builtin. */
export function typeNamed(name: string): SchemaType | undefined {
  return types.get(name);
}
