// The same in CommonJS.
const assert = require('node:assert/strict');
const { S1Seven } = require('@vendorkit/s1seven');
const { startS1SevenEmulator } = require('@vendorkit/s1seven/testing');
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

  const s1Emulator = await startS1SevenEmulator();
  const s1 = new S1Seven(s1Emulator.options);
  const company = await s1.companies.get(s1Emulator.options.companyId);
  assert.equal(company.id, s1Emulator.options.companyId);
  const stream = await s1.subscribe({ resource: 'certificates', action: '+' }, () => {}, {
    clientId: `company_${company.id}_consumer`,
  });
  await stream.close();
  await assert.rejects(s1.companies.get('none'), (error) => VendorError.is(error));
  await s1.close();
  await s1Emulator.close();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
