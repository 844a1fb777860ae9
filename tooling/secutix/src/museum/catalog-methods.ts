import {
  audienceSubCategories,
  pointOfSale,
  priceLevels,
  seasons,
  type Product,
  type Season,
} from './catalogue.ts';
import type { MethodTable } from './method-result.ts';
import { textOf, type CallParameters } from './parameters.ts';

/** When the museum's configuration was last changed. */
const lastSetupUpdate = '2026-01-05T08:15:00.125+00:00';

/** The methods of `catalogService`. */
export const catalogMethods: MethodTable = {
  'catalogService.getCatalog': (parameters) => catalogOf(parameters, summary),
  'catalogService.getCatalogDetailed': (parameters) => catalogOf(parameters, (season) => season),
  'catalogService.getPOSConfig': () => ({ posConfigData: pointOfSale }),
  'catalogService.getLastSetupUpdate': () => ({ lastSetupUpdate }),
};

function catalogOf(
  parameters: CallParameters,
  view: (season: Season) => object,
): Readonly<Record<string, unknown>> {
  const seasonCode = textOf(parameters, 'seasonCode');
  const productCode = textOf(parameters, 'productCode');
  const isExtended = textOf(parameters, 'scope') === 'EXTENDED';
  const selected = seasons
    .filter((season) => isExtended || season.state === 'RUNNING')
    .filter((season) => seasonCode === undefined || season.code === seasonCode)
    .map((season) => ({ ...season, products: season.products.filter(hasCode(productCode)) }));
  const audienceCategories = [{ id: 306_159_001n, code: 'ALL', audienceSubCategories }];
  return {
    catalogData: {
      seasons: selected.map((season) => ({ ...view(season), audienceCategories, priceLevels })),
    },
  };
}

function hasCode(code: string | undefined): (product: Product) => boolean {
  return (product) => code === undefined || product.code === code;
}

/** A season whose products are named, without dates and prices. */
function summary(season: Season): object {
  const products = season.products.map(({ event: _event, prices: _prices, ...product }) => product);
  return { ...season, products };
}
