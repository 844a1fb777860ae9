// A user's program in ESM: a real call against the emulator that comes with the package.
import assert from 'node:assert/strict';
import { S1Seven } from '@vendorkit/s1seven';
import { startS1SevenEmulator } from '@vendorkit/s1seven/testing';
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

const s1Emulator = await startS1SevenEmulator();
const s1 = new S1Seven(s1Emulator.options);
const certificate = {
  RefSchemaUrl: 'https://schemas.s1seven.com/en10168-schemas/v0.4.1/schema.json',
  Certificate: {},
};
const notarized = new Promise((resolve) => {
  s1.subscribe({ resource: 'certificates', action: 'notarize_one' }, resolve, {
    clientId: `company_${s1Emulator.options.companyId}_consumer`,
  }).then(() => s1.certificates.notarize(certificate, { identity: s1Emulator.identityId }));
});
assert.equal((await notarized).action, 'notarize_one');
const headers = { signature: S1Seven.webhooks.sign('{}', { secret: 'any' }) };
assert.deepEqual(S1Seven.webhooks.verify('{}', headers, { secret: 'any' }).body, {});
await s1.close();
await s1Emulator.close();
