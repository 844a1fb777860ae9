// The same in CommonJS.
const assert = require('node:assert/strict');
const { SecutixRest, VendorError } = require('@vendorkit/secutix-rest');
const { startSecutixRestEmulator } = require('@vendorkit/secutix-rest/testing');
const { SecutixSoap } = require('@vendorkit/secutix-soap');
const { startSecutixSoapEmulator } = require('@vendorkit/secutix-soap/testing');

async function main() {
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
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
