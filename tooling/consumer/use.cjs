// The same in CommonJS.
const assert = require('node:assert/strict');
const { SecutixRest, VendorError } = require('@vendorkit/secutix-rest');
const { startSecutixRestEmulator } = require('@vendorkit/secutix-rest/testing');

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
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
