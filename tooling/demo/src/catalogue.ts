import { SecutixRest } from '@vendorkit/secutix-rest';
import type { Screen } from './screen.ts';
import type { Vendor } from './vendor.ts';

/** The part of a product that the demo looks at. */
export interface Product {
  readonly id: bigint;
  readonly event?: {
    readonly performances: ReadonlyArray<{
      readonly id: bigint;
      readonly prices: ReadonlyArray<{ readonly audSubCatId: bigint; readonly amount: bigint }>;
    }>;
  };
}

/**
 * Fetches the catalogue, which takes longer than one call. The process "ends" in between: what is kept
 * is text, and another client goes on with it.
 */
export async function fetchCatalogue(vendor: Vendor, screen: Screen): Promise<readonly Product[]> {
  const before = new SecutixRest(vendor.options);
  const operation = await before.start('catalogService', 'getCatalogDetailed', {});
  const kept = JSON.stringify(operation);
  screen.line(`submitted; ${operation.status}, request ${operation.requestId ?? '(none)'}`);
  await before.close();
  screen.line(`the process ends; ${kept.length} characters are kept`);

  const after = new SecutixRest(vendor.options);
  try {
    const result = await after.resume(JSON.parse(kept)).result();
    const { seasons = [] } = (result['catalogData'] ?? {}) as {
      seasons?: ReadonlyArray<{ readonly products?: readonly Product[] }>;
    };
    const products = seasons.flatMap((season) => season.products ?? []);
    screen.line(`resumed and done; ${seasons.length} seasons, ${products.length} products`);
    return products;
  } finally {
    await after.close();
  }
}
