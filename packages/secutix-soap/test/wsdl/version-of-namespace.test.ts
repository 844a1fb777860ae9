import { expect, test } from '@jest/globals';
import { versionOfNamespace } from '../../src/wsdl/version-of-namespace.ts';

test.each([
  ['http://v1_33.CatalogService.service.secutix.com/', '1.33'],
  ['http://v2_22.ContactInformationPublicService.service.secutix.com', '2.22'],
  ['https://v1_0.X.service.secutix.com', '1.0'],
  ['http://service.secutix.com/', undefined],
  ['http://v1.CatalogService.service.secutix.com/', undefined],
  ['http://v01_33.CatalogService/', undefined],
  ['http://x.v1_33.CatalogService/', undefined],
  ['urn:v1_33.x', undefined],
  ['', undefined],
])('the version of %p is %p', (namespace, version) => {
  expect(versionOfNamespace(namespace)).toBe(version);
});
