import { services, type ServiceInfo } from '@vendorkit/secutix-shared';
import { pointOfSale } from '@vendorkit/secutix-shared/museum';
import { availabilityMethods } from './availability.ts';
import { catalogMethods } from './catalog.ts';
import type { Contacts } from './contacts.ts';
import { dataExportMethods } from './data-export.ts';
import type { MethodTable } from './method-result.ts';
import { orderHistoryMethods } from './order-history.ts';
import type { Orders } from './orders.ts';
import { setupMethods } from './setup.ts';
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
    'externalAccessControlService.getTimeZone': () => ({
      timeZone: pointOfSale.organizationTimeZone,
    }),
  };
}

/** Every service tells that it is reachable (SecuTix SOAP 5.6). */
function aliveMethods(): MethodTable {
  const named = services.filter(
    (service): service is ServiceInfo & { restName: string } => service.restName !== null,
  );
  return Object.fromEntries(
    named.map((service) => [`${service.restName}.is${service.name}Alive`, () => ({})]),
  );
}
