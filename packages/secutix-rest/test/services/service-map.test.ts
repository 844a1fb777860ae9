import { expect, test } from '@jest/globals';
import { findService, methodKind, methodsOf, services } from '@vendorkit/secutix-shared';
import type {
  CatalogParameters,
  CatalogResult,
  CatalogService,
} from '../../src/services/catalog-service.ts';
import type { OrderParameters } from '../../src/services/external-order-facade.ts';
import type { ServiceMap } from '../../src/services/service-map.ts';

/**
 * The typed methods, by service. The compiler insists that each list is complete and has nothing
 * more than the interfaces; the tests compare the lists with what is publicly known.
 */
const typed: {
  readonly [Name in keyof ServiceMap]: Record<keyof ServiceMap[Name], 'read' | 'write'>;
} = {
  catalogService: {
    getCatalog: 'read',
    getCatalogDetailed: 'read',
    getPOSConfig: 'read',
    getLastSetupUpdate: 'read',
    isCatalogServiceAlive: 'read',
  },
  availabilityService: {
    getAvailableThemeAndLanguage: 'read',
    getEventAvailability: 'read',
    getProductAvailability: 'read',
    getPerformanceAvailability: 'read',
    getSeatsAvailability: 'read',
    getUpdatedAvailabilities: 'read',
    isAvailabilityServiceAlive: 'read',
  },
  externalOrderFacade: { createOrUpdateOrder: 'write', isExternalOrderFacadeAlive: 'read' },
  externalOrderService: {
    closeOrder: 'write',
    getOrderDetails: 'read',
    getFileDetails: 'read',
    getFileDetailsFromOrderSecretId: 'read',
    uploadFileAttachment: 'write',
    getFileAttachment: 'read',
    deleteFileAttachment: 'write',
    updateExternalReferences: 'write',
    getExternalReference: 'read',
    updateFileStatus: 'write',
    isExternalOrderServiceAlive: 'read',
  },
  externalOrderHistoryService: {
    countFilesByCriteria: 'read',
    listTicketsByCriteria: 'read',
    isExternalOrderHistoryServiceAlive: 'read',
  },
  externalPaymentService: {
    cancelPayment: 'write',
    checkPayment: 'write',
    isExternalPaymentServiceAlive: 'read',
  },
  setupService: {
    listSeasons: 'read',
    listVatCodes: 'read',
    listAudienceSubCategories: 'read',
    listPriceLevels: 'read',
    listActivities: 'read',
    searchProductsByCriteria: 'read',
    createOrUpdateProduct: 'write',
    getProductDetails: 'read',
    deleteNonValidatedProduct: 'write',
    isSetupServiceAlive: 'read',
  },
  contactInformationPublicService: {
    getContactData: 'read',
    createCulturalContact: 'write',
    searchContact: 'read',
    isContactInformationPublicServiceAlive: 'read',
  },
  contactAuthenticationPublicService: { isContactAuthenticationPublicServiceAlive: 'read' },
  externalAccessControlService: {
    exportList: 'write',
    getAccessControlCatalog: 'read',
    getControlledTicket: 'read',
    importControlledTicket: 'write',
    burnTicket: 'write',
    getTimeZone: 'read',
    isExternalAccessControlServiceAlive: 'read',
  },
  dataExportService: {
    executeExport: 'write',
    getAvailableExports: 'read',
    flagItems: 'write',
    unFlagItems: 'write',
    getFlaggingStatus: 'read',
    retrieveGeneratedFileContent: 'read',
    isDataExportServiceAlive: 'read',
  },
  shipmentPublicService: {
    getAvailableShipmentModes: 'read',
    isShipmentPublicServiceAlive: 'read',
  },
};

test('every service with a REST name and a module is typed, and no other', () => {
  const reachable = services.flatMap((service) =>
    service.restName === null || service.module === null ? [] : [service.restName],
  );
  expect(Object.keys(typed).toSorted()).toEqual(reachable.toSorted());
});

test.each(Object.entries(typed))('%s has exactly the methods that are known', (name, methods) => {
  const service = findService(name);
  expect(service && [...methodsOf(service)].toSorted()).toEqual(Object.keys(methods).toSorted());
});

test.each(Object.entries(typed))(
  'the methods of %s read and write as their docs say',
  (name, methods) => {
    for (const [method, kind] of Object.entries(methods)) {
      expect(`${method} ${methodKind(name, method)}`).toBe(`${method} ${kind}`);
    }
  },
);

test('parameters are typed, optional and open; ids take bigint, number and text', () => {
  const none: CatalogParameters = {};
  const open: CatalogParameters = { seasonCode: '2026', somethingNew: { nested: true } };
  const ids: OrderParameters = { pointOfSalesId: 9_007_199_254_740_993n, orderId: '5', fileId: 5 };
  // @ts-expect-error A season's code is a text.
  const wrong: CatalogParameters = { seasonCode: 2026 };
  expect([none, open, ids, wrong]).toHaveLength(4);
});

test('results are typed and keep what is not known; ids and amounts are bigint', () => {
  expect(firstAmount({ statusCode: 'success', somethingNew: 1 })).toEqual([undefined, 1]);
});

test('a method takes parameters and options, both optional', () => {
  type Call = Parameters<CatalogService['getCatalog']>;
  const nothing: Call = [];
  const both: Call = [{ seasonCode: '2026' }, { version: '1.33' }];
  expect([nothing, both]).toHaveLength(2);
});

/** The compiler accepts this only if every step is typed. */
function firstAmount(result: CatalogResult): [bigint | undefined, unknown] {
  const product = result.catalogData?.seasons?.[0]?.products?.[0];
  return [product?.event?.performances?.[0]?.prices?.[0]?.amount, result['somethingNew']];
}
