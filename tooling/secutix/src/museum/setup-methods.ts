import { audienceSubCategories, priceLevels, seasons, vatCodes } from './catalogue.ts';
import type { MethodTable } from './method-result.ts';
import { countOf, listOf, longOf, longsOf, objectOf, type CallParameters } from './parameters.ts';

/** A page has at most so many products: seen in a public client. */
const largestPage = 100;

/** The methods of `setupService`. */
export const setupMethods: MethodTable = {
  'setupService.listSeasons': () => ({
    // The vendor leaves the declared arrays of a season empty here.
    seasons: seasons.map((season) => ({
      ...season,
      products: undefined,
      priceLevels: [],
      audienceCategories: [],
    })),
  }),
  'setupService.listVatCodes': () => ({ vatCodes }),
  'setupService.listAudienceSubCategories': (parameters) => ({
    audienceSubCategories: isSeason(parameters) ? audienceSubCategories : [],
  }),
  'setupService.listPriceLevels': (parameters) => ({
    priceLevels: isSeason(parameters) ? priceLevels : [],
  }),
  'setupService.searchProductsByCriteria': (parameters) => ({ products: search(parameters) }),
};

function isSeason(parameters: CallParameters): boolean {
  const id = longOf(parameters, 'seasonId');
  return seasons.some((season) => season.id === id);
}

function search(parameters: CallParameters): readonly unknown[] {
  const criteria = objectOf(parameters, 'searchProductsCriteria');
  const seasonIds = longsOf(criteria, 'seasonIds');
  const families = listOf(criteria, 'productFamilyTypes');
  const first = countOf(parameters, 'minIndex') ?? 0;
  const count = Math.min(countOf(parameters, 'nbMaxResults') ?? largestPage, largestPage);
  return seasons
    .filter((season) => seasonIds.length === 0 || seasonIds.includes(season.id))
    .flatMap((season) => season.products)
    .filter((product) => families.length === 0 || families.includes(product.productFamilyType))
    .slice(first, first + count);
}
