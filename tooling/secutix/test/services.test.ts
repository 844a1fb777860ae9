import { describe, expect, test } from '@jest/globals';
import {
  aliveMethod,
  aliveMethodOf,
  findService,
  methodKind,
  methodsOf,
  newestVersion,
  serviceKey,
  services,
} from '../src/services.ts';
import { compareVersions } from '../src/version.ts';

describe('the services', () => {
  test('are the 18 that were seen in public', () => {
    expect(services.map(({ name }) => name).toSorted()).toEqual([
      'AvailabilityService',
      'CatalogService',
      'ContactAuthenticationPublicService',
      'ContactInformationPublicService',
      'ContactInteractionPublicService',
      'ContactLoginService',
      'ContactSocialLoginService',
      'DataExportService',
      'ExternalAccessControlService',
      'ExternalCampaignService',
      'ExternalOrderFacade',
      'ExternalOrderHistoryService',
      'ExternalOrderService',
      'ExternalPaymentService',
      'ProductionPublicService',
      'QuestionnaireService',
      'SetupService',
      'ShipmentPublicService',
    ]);
  });

  test.each([
    ['catalogService', 'tnseb', '1.33'],
    ['availabilityService', 'tnseb', '1.33'],
    ['externalOrderFacade', 'tnseb', '1.33'],
    ['externalOrderService', 'tnseb', '1.33'],
    ['externalOrderHistoryService', 'tnseb', '1.34'],
    ['externalPaymentService', 'tnseb', '1.33'],
    ['setupService', 'tnseb', '1.33'],
    ['contactInformationPublicService', 'tnco', '2.22'],
    ['contactAuthenticationPublicService', 'tnco', '2.21'],
    ['externalAccessControlService', 'tnci', '1.6'],
    ['dataExportService', 'tnai', '1.0'],
    ['shipmentPublicService', 'tnpsb', '1.18'],
  ])('%s is in the module %s, its newest version is %s', (restName, module, version) => {
    const service = findService(restName);
    expect(service?.module).toBe(module);
    expect(service && newestVersion(service)).toBe(version);
  });

  test('have a REST name and a SOAP package only where one was seen', () => {
    const campaign = findService('ExternalCampaignService');
    expect(campaign).toMatchObject({ restName: null, soapPackage: 'com.secutix.service.campaign' });
    expect(findService('SetupService')?.soapPackage).toBeNull();
    expect(findService('questionnaireService')).toMatchObject({
      module: null,
      restNameBasis: 'inferred',
      versions: [],
    });
  });

  test('are found by both of their names, and by no other', () => {
    expect(findService('CatalogService')).toBe(findService('catalogService'));
    expect(findService('catalogservice')).toBeUndefined();
    expect(findService('constructor')).toBeUndefined();
  });

  test.each(services.map(({ name, restName }) => [name, restName ?? name] as const))(
    '%s has one key, under both of its names',
    (name, restName) => {
      const key = serviceKey(name);
      expect(serviceKey(restName)).toBe(key);
      expect(serviceKey(key)).toBe(key);
      expect(key).toMatch(/^[a-z]/);
    },
  );

  test('all have keys of their own', () => {
    expect(new Set(services.map(({ name }) => serviceKey(name))).size).toBe(services.length);
  });

  test.each(services.map((service) => [service.name, service] as const))(
    '%s lists versions upwards and methods once',
    (_, service) => {
      expect(service.versions.toSorted(compareVersions)).toEqual(service.versions);
      expect(service.versions).toEqual(expect.arrayContaining([...service.soapOnlyVersions]));
      expect(new Set(methodsOf(service)).size).toBe(methodsOf(service).length);
      expect(methodsOf(service)).toEqual(expect.arrayContaining([...service.longRunning]));
    },
  );
});

describe('a method', () => {
  test('that every service has tells that it is reachable', () => {
    const names = services.map(aliveMethod);
    expect(names).toContain('isCatalogServiceAlive');
    expect(names).toContain('isExternalOrderFacadeAlive');
  });

  test.each([
    ['catalogService', 'isCatalogServiceAlive'],
    ['ExternalOrderFacade', 'isExternalOrderFacadeAlive'],
    ['ExternalCampaignService', 'isExternalCampaignServiceAlive'],
    ['voucherService', 'isVoucherServiceAlive'],
    ['VoucherService', 'isVoucherServiceAlive'],
  ])('of %s that tells it is %s', (service, method) => {
    expect(aliveMethodOf(service)).toBe(method);
  });

  test.each([
    ['catalogService', 'getCatalog'],
    ['CatalogService', 'getCatalog'],
    ['catalogService', 'isCatalogServiceAlive'],
    ['setupService', 'searchProductsByCriteria'],
    ['externalOrderHistoryService', 'countFilesByCriteria'],
    ['dataExportService', 'retrieveGeneratedFileContent'],
  ])('%s.%s reads', (service, method) => {
    expect(methodKind(service, method)).toBe('read');
  });

  test.each([
    ['externalOrderFacade', 'createOrUpdateOrder'],
    ['externalPaymentService', 'checkPayment'],
    ['externalAccessControlService', 'exportList'],
    ['dataExportService', 'executeExport'],
  ])('%s.%s writes, or may', (service, method) => {
    expect(methodKind(service, method)).toBe('write');
  });

  test.each([
    ['catalogService', 'getSomethingNew'],
    ['unknownService', 'getCatalog'],
    ['catalogService', 'isSetupServiceAlive'],
    ['catalogService', 'toString'],
  ])('%s.%s is not known and counts as a write', (service, method) => {
    expect(methodKind(service, method)).toBe('write');
  });
});
