import type { SecutixSoap } from '@vendorkit/secutix-soap';
import type { CatalogService } from './catalog-service.ts';
import type { Product } from './catalogue.ts';
import type { Screen } from './screen.ts';

/** How the catalogue over SOAP compares with the one over REST. */
export interface SoapReport {
  /** How many ids of products and performances came over SOAP. */
  readonly ids: number;
  /** How many of them came over REST, too. */
  readonly same: number;
}

/** Fetches the catalogue with the types that `secutix-soap types` wrote, and compares its ids. */
export async function fetchOverSoap(
  soap: SecutixSoap,
  products: readonly Product[],
  screen: Screen,
): Promise<SoapReport> {
  const catalog = await soap.service<CatalogService>('CatalogService', { version: '1.33' });
  screen.line(`${catalog.name} ${catalog.version ?? ''}: ${catalog.methods.join(', ')}`);
  const { data, response } = await catalog.call('getCatalogDetailed').withResponse();
  const soapProducts = data.catalogData?.seasons.flatMap((season) => season.products) ?? [];
  screen.line(
    `done after ${response.attempts} calls; ${soapProducts.length} products, typed by the WSDL`,
  );
  const overRest = new Set(idsOf(products));
  const overSoap = idsOf(soapProducts);
  return { ids: overSoap.length, same: overSoap.filter((id) => overRest.has(id)).length };
}

/** The ids of a product, whichever way it came. */
interface Identified {
  readonly id: bigint;
  readonly event?: { readonly performances: ReadonlyArray<{ readonly id: bigint }> } | undefined;
}

function idsOf(products: readonly Identified[]): bigint[] {
  const performances = products.flatMap(({ event }) => event?.performances ?? []);
  return [...products, ...performances].map(({ id }) => id);
}
