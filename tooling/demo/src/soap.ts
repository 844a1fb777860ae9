import { SecutixSoap } from '@vendorkit/secutix-soap';
import type { Product } from './catalogue.ts';
import type { Screen } from './screen.ts';
import { fetchOverSoap, type SoapReport } from './soap-catalogue.ts';
import { watch } from './soap-monitor.ts';
import type { SoapVendor } from './soap-vendor.ts';

/** What a program does that uses the SOAP services: it reads, and it watches. */
export async function overSoap(
  vendor: SoapVendor,
  products: readonly Product[],
  screen: Screen,
): Promise<SoapReport> {
  try {
    await using soap = new SecutixSoap(vendor.options);
    const report = await fetchOverSoap(soap, products, screen);
    await watch(vendor, screen);
    return report;
  } finally {
    await vendor.close();
  }
}
