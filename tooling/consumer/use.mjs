// A user's program in ESM: a real call against the emulator that comes with the package.
import assert from 'node:assert/strict';
import { SecutixRest, VendorError } from '@vendorkit/secutix-rest';
import { startSecutixRestEmulator } from '@vendorkit/secutix-rest/testing';
import { SecutixSoap } from '@vendorkit/secutix-soap';
import { startSecutixSoapEmulator } from '@vendorkit/secutix-soap/testing';

const emulator = await startSecutixRestEmulator();
const secutix = new SecutixRest(emulator.options);
const pos = await secutix.service('catalogService').getPOSConfig();
assert.equal(pos.statusCode, 'success');
await assert.rejects(secutix.call('catalogService', 'noSuchMethod'), (error) =>
  VendorError.is(error),
);
await secutix.close();
await emulator.close();

const soapEmulator = await startSecutixSoapEmulator();
const soap = new SecutixSoap(soapEmulator.options);
const catalog = await soap.service('CatalogService');
const { posConfigData } = await catalog.call('getPOSConfig');
assert.equal(typeof posConfigData.posId, 'bigint');
assert.equal(posConfigData.posId, pos.posConfigData.posId);
await soap.close();
await soapEmulator.close();
