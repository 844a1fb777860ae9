import { lowerCamel } from './name.ts';
import type { ServiceInfo } from './service-info.ts';

/*
 * Names, modules, packages and versions are copied from the vendor's public pages and from public
 * clients. Whether a method reads or writes is our reading: the vendor's sentence that all methods are
 * idempotent "unless otherwise specified" (SecuTix REST 5) is not relied on, since its own pages say
 * that `createOrUpdateOrder` without an `orderId` makes a new order each time. `get…`, `list…`,
 * `search…` and `count…` read. The rest writes, with these among the writes on purpose:
 *
 * - `checkPayment` is given payments to check and returns payment details; that it records nothing is
 *   not said.
 * - `exportList` (access control) moves a cursor of which only one client may hold a copy.
 * - `executeExport` starts a job, and no text rules out that an export without `dateFrom` goes on
 *   where the last one ended: a repetition could skip rows that nobody received.
 *
 * `retrieveGeneratedFileContent` counts as a read: the file exists before, and the name says no more.
 */

type Known = Partial<ServiceInfo> & Pick<ServiceInfo, 'name' | 'module' | 'sources'>;

function known(service: Known): ServiceInfo {
  return {
    restName: lowerCamel(service.name),
    restNameBasis: 'documented',
    soapPackage: null,
    versions: [],
    soapOnlyVersions: [],
    activeVersion: null,
    reads: [],
    writes: [],
    longRunning: [],
    ...service,
  };
}

/** A service of which nothing but the name was seen, in a public client. */
function nameOnly(name: string): ServiceInfo {
  return known({ name, restNameBasis: 'inferred', module: null, sources: ['client'] });
}

const realtime = 'com.secutix.service.realtime';

/** Every service that was seen anywhere in public, the oldest version first. */
export const serviceList: readonly ServiceInfo[] = [
  known({
    name: 'CatalogService',
    module: 'tnseb',
    soapPackage: `${realtime}.catalog`,
    versions: ['1.16', '1.17', '1.18', '1.26', '1.33'],
    soapOnlyVersions: ['1.16', '1.17'],
    sources: ['documented', 'client'],
    reads: ['getCatalog', 'getCatalogDetailed', 'getPOSConfig', 'getLastSetupUpdate'],
    longRunning: ['getCatalog', 'getCatalogDetailed'],
  }),
  known({
    name: 'AvailabilityService',
    module: 'tnseb',
    soapPackage: `${realtime}.availability`,
    versions: ['1.19', '1.26', '1.32', '1.33'],
    soapOnlyVersions: ['1.19'],
    sources: ['documented', 'client'],
    reads: [
      'getAvailableThemeAndLanguage',
      'getEventAvailability',
      'getProductAvailability',
      'getPerformanceAvailability',
      'getSeatsAvailability',
      'getUpdatedAvailabilities',
    ],
  }),
  known({
    name: 'ExternalOrderFacade',
    module: 'tnseb',
    soapPackage: `${realtime}.externalorder`,
    versions: ['1.26', '1.33'],
    sources: ['documented', 'client'],
    writes: ['createOrUpdateOrder'],
  }),
  known({
    name: 'ExternalOrderService',
    module: 'tnseb',
    soapPackage: `${realtime}.externalorder`,
    versions: ['1.19', '1.23', '1.27', '1.33'],
    soapOnlyVersions: ['1.19', '1.23', '1.27'],
    sources: ['documented', 'client'],
    reads: [
      'getOrderDetails',
      'getFileDetails',
      'getFileDetailsFromOrderSecretId',
      'getFileAttachment',
      'getExternalReference',
    ],
    writes: [
      'closeOrder',
      'uploadFileAttachment',
      'deleteFileAttachment',
      'updateExternalReferences',
      'updateFileStatus',
    ],
  }),
  known({
    name: 'ExternalOrderHistoryService',
    module: 'tnseb',
    soapPackage: `${realtime}.history`,
    versions: ['1.30', '1.33', '1.34'],
    activeVersion: '1.34',
    sources: ['documented', 'client'],
    reads: ['countFilesByCriteria', 'listTicketsByCriteria'],
  }),
  known({
    name: 'ExternalPaymentService',
    module: 'tnseb',
    soapPackage: `${realtime}.externalpayment`,
    versions: ['1.11', '1.25', '1.33'],
    soapOnlyVersions: ['1.11', '1.25'],
    sources: ['documented'],
    writes: ['cancelPayment', 'checkPayment'],
  }),
  known({
    name: 'SetupService',
    module: 'tnseb',
    versions: ['1.32', '1.33'],
    sources: ['documented', 'client'],
    reads: [
      'listSeasons',
      'listVatCodes',
      'listAudienceSubCategories',
      'listPriceLevels',
      'listActivities',
      'searchProductsByCriteria',
      'getProductDetails',
    ],
    writes: ['createOrUpdateProduct', 'deleteNonValidatedProduct'],
  }),
  known({
    name: 'ContactInformationPublicService',
    module: 'tnco',
    soapPackage: 'com.secutix.service.contact',
    versions: ['2.8', '2.13', '2.14', '2.20', '2.21', '2.22'],
    sources: ['documented', 'client'],
    reads: ['getContactData', 'searchContact'],
    writes: ['createCulturalContact'],
  }),
  known({
    name: 'ContactAuthenticationPublicService',
    module: 'tnco',
    soapPackage: 'com.secutix.service.contact',
    versions: ['2.8', '2.21'],
    sources: ['documented'],
  }),
  known({
    name: 'ExternalCampaignService',
    restName: null,
    restNameBasis: 'inferred',
    module: 'tnco',
    soapPackage: 'com.secutix.service.campaign',
    versions: ['1.0'],
    sources: ['client'],
    reads: ['getCampaignTargetDetails'],
    writes: ['createOrUpdateTarget'],
  }),
  known({
    name: 'ExternalAccessControlService',
    module: 'tnci',
    soapPackage: 'com.secutix.facade.control',
    versions: ['1.0', '1.2', '1.3', '1.4', '1.5', '1.6'],
    sources: ['documented', 'client'],
    reads: ['getAccessControlCatalog', 'getControlledTicket', 'getTimeZone'],
    writes: ['exportList', 'importControlledTicket', 'burnTicket'],
  }),
  known({
    name: 'DataExportService',
    module: 'tnai',
    soapPackage: 'com.secutix.service.export',
    versions: ['1.0'],
    sources: ['documented', 'client'],
    reads: ['getAvailableExports', 'getFlaggingStatus', 'retrieveGeneratedFileContent'],
    writes: ['executeExport', 'flagItems', 'unFlagItems'],
    longRunning: ['executeExport'],
  }),
  known({
    name: 'ShipmentPublicService',
    module: 'tnpsb',
    soapPackage: 'com.secutix.facade.shipment',
    versions: ['1.16', '1.17', '1.18'],
    activeVersion: '1.18',
    sources: ['documented'],
    reads: ['getAvailableShipmentModes'],
  }),
  nameOnly('ContactInteractionPublicService'),
  nameOnly('ContactLoginService'),
  nameOnly('ContactSocialLoginService'),
  nameOnly('ProductionPublicService'),
  nameOnly('QuestionnaireService'),
];
