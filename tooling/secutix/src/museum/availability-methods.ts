import type { MethodTable } from './method-result.ts';
import { longsOf, textOf, type CallParameters } from './parameters.ts';
import type { Item, Stock } from './stock.ts';

/** The methods of `availabilityService`. The fields of their answers are assumed, but for the last. */
export function availabilityMethods(stock: Stock): MethodTable {
  return {
    'availabilityService.getEventAvailability': (parameters) => ({
      eventAvailabilityData: performancesOf(stock, parameters).map(availabilityOf),
    }),
    'availabilityService.getPerformanceAvailability': (parameters) => ({
      performanceAvailabilityData: performancesOf(stock, parameters).map(availabilityOf),
    }),
    'availabilityService.getProductAvailability': (parameters) => ({
      productAvailabilityData: longsOf(parameters, 'productIds').map((productId) => ({
        productId,
        quantity: total(stock.itemsOf(productId)),
      })),
    }),
    'availabilityService.getUpdatedAvailabilities': (parameters) => ({
      availabilityUpdateData: updatesOf(stock, parameters),
    }),
  };
}

function performancesOf(stock: Stock, parameters: CallParameters): Item[] {
  return longsOf(parameters, 'performanceIds')
    .map((id) => stock.find(id))
    .filter((item) => item !== undefined)
    .filter((item) => item.product.event !== undefined);
}

function availabilityOf(item: Item): object {
  const level = item.left === 0 ? 'NONE' : 'GOOD';
  return { performanceId: item.id, availabilityLevel: level, quantity: item.left };
}

function total(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.left, 0);
}

function updatesOf(stock: Stock, parameters: CallParameters): object[] {
  const sinceMs = Date.parse(textOf(parameters, 'referenceDate') ?? '1970-01-01');
  return longsOf(parameters, 'productIds').flatMap((productId) => {
    const latestMs = Math.max(...stock.itemsOf(productId).map((item) => item.changedAtMs));
    if (!Number.isFinite(latestMs) || latestMs < sinceMs) return [];
    return [{ productId, lastUpdate: new Date(latestMs).toISOString().replace('Z', '+00:00') }];
  });
}
