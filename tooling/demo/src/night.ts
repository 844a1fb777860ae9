import { SecutixRest, VendorError } from '@vendorkit/secutix-rest';
import { fetchCatalogue } from './catalogue.ts';
import { fetchContacts } from './contacts.ts';
import { verifyIds } from './ids.ts';
import { orderOnce } from './order.ts';
import { chooseSoapVendor } from './soap-vendor.ts';
import { overSoap } from './soap.ts';
import { printReport, type Night } from './report.ts';
import { createScreen } from './screen.ts';
import { notarizeSteel } from './steel.ts';
import { startTally } from './tally.ts';
import { chooseVendor } from './vendor.ts';

// A museum synchronises its own system with its ticketing at night.
const screen = createScreen(process.stdout);
const tally = startTally();
const vendor = await chooseVendor(process.env, tally.hooks);
screen.title(`A museum's night, with ${vendor.name}`);

const night: Night = { vendor, tally, startedAt: performance.now() };
const secutix = new SecutixRest(vendor.options);
try {
  screen.title('1. The point of sale');
  const { posConfigData } = await secutix.service('catalogService').getPOSConfig();
  screen.line(`sells in ${posConfigData?.currencyCode ?? '?'}, id ${posConfigData?.posId ?? '?'}`);

  screen.title('2. The catalogue, through a restart');
  const products = await fetchCatalogue(vendor, screen);

  if (vendor.contactNumbers.length > 0) {
    screen.title(`3. ${vendor.contactNumbers.length} contacts, through the quota`);
    night.contacts = await fetchContacts(secutix, vendor, screen, tally);
  }
  if (vendor.emulator && posConfigData?.posId) {
    screen.title('4. The ids, found again by the vendor');
    night.ids = await verifyIds(secutix, products, posConfigData.posId, screen);

    screen.title('5. An order that must not be doubled');
    night.order = await orderOnce(secutix, vendor.emulator, {
      pointOfSalesId: posConfigData.posId,
      products,
      screen,
    });
  }
  const soapVendor = await chooseSoapVendor(
    process.env,
    vendor.emulator !== undefined,
    tally.hooks,
  );
  if (soapVendor) {
    screen.title('6. The same museum over SOAP');
    night.soap = await overSoap(soapVendor, products, screen);
  }
  if (vendor.emulator) {
    screen.title("7. The certificate of the new wing's steel, with S1SEVEN");
    night.steel = await notarizeSteel(tally.hooks, screen);
  }
  printReport(night, screen);
} catch (error) {
  if (!VendorError.is(error)) throw error;
  screen.title('The night ended early');
  console.error(error);
  process.exitCode = 1;
} finally {
  await secutix.close();
  await vendor.close();
}
