import { aliveMethod, serviceKey, services } from '../services.ts';
import { pointOfSale } from './catalogue.ts';
import { availabilityMethods } from './availability-methods.ts';
import { campaignMethods } from './campaign-methods.ts';
import { catalogMethods } from './catalog-methods.ts';
import type { Contacts } from './contacts.ts';
import { dataExportMethods } from './data-export-methods.ts';
import type { MethodTable } from './method-result.ts';
import { orderHistoryMethods } from './order-history-methods.ts';
import type { Orders } from './orders.ts';
import { setupMethods } from './setup-methods.ts';
import type { Stock } from './stock.ts';

/** Everything that the museum can be asked for, by operation. */
export function museumMethods(museum: {
  readonly stock: Stock;
  readonly contacts: Contacts;
  readonly orders: Orders;
}): MethodTable {
  return {
    ...aliveMethods(),
    ...catalogMethods,
    ...setupMethods,
    ...availabilityMethods(museum.stock),
    ...museum.contacts.methods,
    ...museum.orders.methods,
    ...orderHistoryMethods(() => museum.orders.all),
    ...dataExportMethods(),
    ...campaignMethods(museum.contacts),
    'externalAccessControlService.getTimeZone': () => ({
      timeZone: pointOfSale.organizationTimeZone,
    }),
  };
}

/** Every service tells that it is reachable (SecuTix SOAP 5.6). */
function aliveMethods(): MethodTable {
  return Object.fromEntries(
    services.map((service) => [`${serviceKey(service.name)}.${aliveMethod(service)}`, () => ({})]),
  );
}
